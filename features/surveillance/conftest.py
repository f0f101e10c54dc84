"""The ids behind the names of cameras, and what several steps say of them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from application.commands import Command
from application.surveillance import cameras
from domain.ids import CameraId, DivisionCode, RegisteredCameraId
from domain.places import Point
from domain.surveillance.events import Builder, OwnerSector
from features.city import STATION

PLACE = Point(106.55, 29.56)


def registered(number: str, sector: str, id: RegisteredCameraId | None = None, **values: Any) -> Command:
    """A camera at the place that features speak of, with what a scenario leaves open filled in."""
    usual: dict[str, Any] = {"owner": "O-1", "builder": Builder.SOCIAL, "division": DivisionCode("500103"), "station": STATION}
    camera = RegisteredCameraId(uuid4()) if id is None else id
    return cameras.register(camera, CameraId(number), OwnerSector(sector), **(usual | {"place": PLACE, "range": 80} | values))
