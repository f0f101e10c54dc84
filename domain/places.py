"""Where things are: WGS84 degrees, distances in metres."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from domain.rules import InvalidValue

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the Earth in metres (IUGG)."""

HALF_TURN = 180
"""Degrees."""


class PlaceOffTheMap(InvalidValue):
    """Longitude must lie within -180 and 180 degrees, latitude within -90 and 90.

    经度须在 -180 至 180 度之间，纬度须在 -90 至 90 度之间。
    """

    on = "place"


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84 longitude and latitude in degrees."""

    longitude: float
    latitude: float

    def __post_init__(self) -> None:
        if abs(self.longitude) > HALF_TURN or abs(self.latitude) > HALF_TURN / 2:
            raise PlaceOffTheMap


def distances(origins: Iterable[Point], to: Point) -> list[float]:
    """As `distance`, from many places to one."""
    latitude, longitude = radians(to.latitude), radians(to.longitude)
    narrowing, across = cos(latitude), 2 * EARTH_RADIUS
    found: list[float] = []
    for origin in origins:
        lat = radians(origin.latitude)
        north, east = sin((latitude - lat) / 2), sin((longitude - radians(origin.longitude)) / 2)
        found.append(across * asin(min(1.0, sqrt(north * north + narrowing * cos(lat) * east * east))))
    return found


def distance(a: Point, b: Point) -> float:
    """Great-circle distance in metres (haversine)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    chord = sin((lat_b - lat_a) / 2) ** 2
    chord += cos(lat_a) * cos(lat_b) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(chord)))
