"""Areas: what is bounded by rings of WGS84 degrees, and how far that can be told without geometry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, NewType, Protocol

from domain.places import HALF_TURN
from domain.rules import InvalidValue

Spot = tuple[float, float]
"""Longitude, latitude."""
Ring = tuple[Spot, ...]
"""Its last spot is its first."""
Shape = tuple[Ring, ...]
"""An outer ring, and the rings of its holes."""
Area = NewType("Area", tuple[Shape, ...])
"""Shapes that do not touch each other but in single spots: the coordinates of a GeoJSON MultiPolygon."""

FEWEST = 4
"""Spots of a ring: a triangle, closed."""


class AreaEmpty(InvalidValue):
    """An area has at least one ring.

    区域须至少包含一个环。
    """

    on = "area"


class RingTooShort(InvalidValue):
    """A ring has at least four spots, of which the last is the first.

    环须至少有四个点，且首尾相同。
    """

    on = "area"


class RingNotClosed(InvalidValue):
    """A ring ends where it begins: its last spot is its first.

    环须闭合：末点须与首点相同。
    """

    on = "area"


class AreaOffTheMap(InvalidValue):
    """Longitudes must lie within -180 and 180 degrees, latitudes within -90 and 90.

    经度须在 -180 至 180 度之间，纬度须在 -90 至 90 度之间。
    """

    on = "area"


class AreaCrossesItself(InvalidValue):
    """A ring crosses or touches itself, or a hole or another part of the area lies where it cannot.

    环自相交或自相接，或孔洞、其他部分的位置不成立。
    """

    on = "area"


class Box(NamedTuple):
    """Between which degrees something lies."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, other: Box) -> bool:
        return self.west <= other.east and other.west <= self.east and self.south <= other.north and other.south <= self.north


class Geometry(Protocol):
    """What takes a library: whether areas are sound, and whether two of them have ground in common."""

    def is_sound(self, area: Area) -> bool:
        """No ring crosses itself, holes lie within their shapes, shapes beside each other."""
        ...

    def overlap(self, one: Area, other: Area) -> bool:
        """Whether they share more than a strip so narrow that it comes of drawing one edge twice."""
        ...


def checked(area: Area, geometry: Geometry) -> Area:
    """The area, refused where it is none."""
    if not area or not all(area):
        raise AreaEmpty
    for ring in rings(area):
        _check(ring)
    if not geometry.is_sound(area):
        raise AreaCrossesItself
    return area


def _check(ring: Ring) -> None:
    if not all(abs(longitude) <= HALF_TURN and abs(latitude) <= HALF_TURN / 2 for longitude, latitude in ring):
        raise AreaOffTheMap
    if len(ring) < FEWEST:
        raise RingTooShort
    if ring[0] != ring[-1]:
        raise RingNotClosed


def rings(area: Area) -> Iterator[Ring]:
    return (ring for shape in area for ring in shape)


def box_of(area: Area) -> Box:
    longitudes, latitudes = zip(*(spot for ring in rings(area) for spot in ring), strict=True)
    return Box(min(longitudes), min(latitudes), max(longitudes), max(latitudes))
