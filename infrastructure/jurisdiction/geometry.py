"""Geometry by shapely: whether areas are sound, and whether two of them have ground in common."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians

import shapely
from shapely import MultiPolygon, Polygon

from domain.areas import Area
from domain.places import EARTH_RADIUS

DEGREE = radians(1) * EARTH_RADIUS
"""Metres of a degree of latitude."""


class ShapelyGeometry:
    """Neighbours draw their common edge each for itself: what they share of less than `tolerance` metres in width is no overlap."""

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance

    def is_sound(self, area: Area) -> bool:
        return bool(shape_of(area).is_valid)

    def overlap(self, one: Area, other: Area) -> bool:
        common = shapely.intersection(shape_of(one), shape_of(other))
        if common.area == 0:
            return False
        return not shapely.buffer(_in_metres(common), -self._tolerance / 2).is_empty


@lru_cache(maxsize=4_096)
def shape_of(area: Area) -> MultiPolygon:
    """Remembered, for each area is compared with many."""
    return MultiPolygon([Polygon(outer, holes) for outer, *holes in area])


def _in_metres(shape: shapely.Geometry) -> shapely.Geometry:
    """Degrees as metres, near enough for what is as small as a city."""
    _, south, _, north = shape.bounds
    narrowing = cos(radians((south + north) / 2))
    return shapely.transform(shape, lambda spots: spots * (DEGREE * narrowing, DEGREE))
