"""The ids behind the numbers of cameras, and the commands that several steps give."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import cos, radians
from typing import Any
from uuid import uuid4

from pytest_bdd import given

from application.commands import Command
from application.jurisdiction import area_groups
from application.surveillance import cameras
from domain.ids import AreaGroupId, CameraId, DivisionCode, OrganisationId, RegisteredCameraId
from domain.places import Point
from domain.surveillance.events import Builder, OwnerSector
from features.city import STATION, City
from features.wording import step

PLACE = Point(106.55, 29.56)
METRE = 1 / 111_195.08
"""Degrees of latitude."""
EAST_NORTH = {"north": (0, 1), "south": (0, -1), "east": (1, 0), "west": (-1, 0)}
BEARINGS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}


def camera(city: City, number: str) -> RegisteredCameraId:
    return RegisteredCameraId(city.id("camera", number))


def registered(number: str, sector: str, id: RegisteredCameraId | None = None, **values: Any) -> Command:
    """A camera at the place that features speak of, with what a scenario leaves open filled in."""
    usual: dict[str, Any] = {"owner": "O-1", "builder": Builder.SOCIAL, "division": DivisionCode("500103"), "station": STATION}
    new = RegisteredCameraId(uuid4()) if id is None else id
    return cameras.register(new, CameraId(number), OwnerSector(sector), **(usual | {"place": PLACE, "range": 80} | values))


def beside(metres: float, direction: str) -> Point:
    """So far from the place that features speak of."""
    east, north = EAST_NORTH[direction]
    wide = METRE / cos(radians(PLACE.latitude))
    return Point(PLACE.longitude + east * metres * wide, PLACE.latitude + north * metres * METRE)


def noon(day: str) -> datetime:
    """In Shanghai."""
    return datetime.fromisoformat(f"{day}T04:00").replace(tzinfo=UTC)


@given(step('area group "{code}" has held "{organisation}" since "{day}"'))
def group(city: City, code: str, organisation: str, day: str) -> None:
    since, members = date.fromisoformat(day), (OrganisationId(organisation),)
    city.happened(area_groups.establish(AreaGroupId(city.id("group", code)), code, code, code, since, members))
