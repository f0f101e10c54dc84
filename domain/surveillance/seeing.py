"""What a camera sees: a sector of a circle around it. Pure geometry, on a sphere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import atan2, cos, degrees, radians, sin

from domain.places import EARTH_RADIUS, HALF_TURN, Point, distance

CIRCLE = 2 * HALF_TURN
UNDERFOOT = 1.0
"""Metres: nearer than this there is no direction."""
SLACK = 1.0
"""Metres that a box is wider than it need be, for what is lost in rounding."""


class SeeingReason(StrEnum):
    """Why a camera is said to see a place."""

    IN_SECTOR = "IN_SECTOR"
    ALL_ROUND = "ALL_ROUND"
    DIRECTION_UNKNOWN = "DIRECTION_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where a camera stands, and the sector that it sees."""

    place: Point
    range: int
    bearing: float | None
    field_of_view: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """How far a place is from the camera that sees it, in metres, and why it is said to see it."""

    distance: float
    reason: SeeingReason


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees, all included."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, place: Point) -> bool:
        return self.south <= place.latitude <= self.north and self.west <= place.longitude <= self.east


def sighting(outlook: Outlook, place: Point) -> Sighting | None:
    """Within range and within the sector; a camera whose direction nobody knows may see whatever is within range."""
    metres = distance(outlook.place, place)
    if metres > outlook.range:
        return None
    if outlook.field_of_view >= CIRCLE:
        return Sighting(metres, SeeingReason.ALL_ROUND)
    if outlook.bearing is None:
        return Sighting(metres, SeeingReason.DIRECTION_UNKNOWN)
    aside = turned(outlook.bearing, bearing(outlook.place, place))
    inside = metres < UNDERFOOT or aside <= outlook.field_of_view / 2
    return Sighting(metres, SeeingReason.IN_SECTOR) if inside else None


def bearing(start: Point, end: Point) -> float:
    """Degrees from north in which the way along the great circle begins."""
    lat_a, lat_b, turn = radians(start.latitude), radians(end.latitude), radians(end.longitude - start.longitude)
    across = sin(turn) * cos(lat_b)
    ahead = cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(turn)
    return degrees(atan2(across, ahead)) % CIRCLE


def turned(one: float, other: float) -> float:
    """The smaller angle between two bearings, in degrees."""
    return abs((one - other + HALF_TURN) % CIRCLE - HALF_TURN)


def around(place: Point, metres: float) -> Box:
    """Holds every place that is no farther. Around a pole or across the date line it holds all longitudes."""
    angle = (metres + SLACK) / EARTH_RADIUS
    tall = degrees(angle)
    south, north = place.latitude - tall, place.latitude + tall
    farthest = max(abs(south), abs(north))
    wide = CIRCLE if farthest >= HALF_TURN / 2 else degrees(angle / cos(radians(farthest)))
    west, east = place.longitude - wide, place.longitude + wide
    if west < -HALF_TURN or east > HALF_TURN:
        west, east = -HALF_TURN, HALF_TURN
    return Box(south, north, west, east)


def reach(range: int) -> int:
    """The range as a power of two that is no less: so many metres around a place may a camera of that reach stand and see it."""
    return 1 << (range - 1).bit_length()
