"""Which cameras see a place: those near enough are found by the index, the geometry decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from application.surveillance.questions import SeeingCamera
from domain.places import Point
from domain.surveillance.camera import FARTHEST
from domain.surveillance.events import CameraHealth, CameraState
from domain.surveillance.seeing import Outlook, around, reach, sighting
from infrastructure.access.conditions import Condition
from infrastructure.projections.surveillance.cameras import CAMERAS

REACHES = [1 << power for power in range(reach(FARTHEST).bit_length())]
SHOWING = frozenset({CameraHealth.ONLINE, CameraHealth.DEGRADED})
_READ = ("id", "latitude", "longitude", "range", "bearing", "field_of_view", "health")


def seeing(connection: sa.Connection, place: Point, there: Sequence[Condition], parameters: Mapping[str, Any]) -> list[SeeingCamera]:
    """Those online first, the nearest first."""
    statement = sa.union_all(*(_near(place, metres, there) for metres in REACHES))
    found = [seen for row in connection.execute(statement, parameters) if (seen := _seen(row, place)) is not None]
    return sorted(found, key=lambda each: (not each.online, each.distance, each.camera))


def _near(place: Point, metres: int, there: Sequence[Condition]) -> sa.Select[Any]:
    """Cameras of one reach, from a stretch of the index of their own."""
    camera, box = CAMERAS.c, around(place, metres)
    return sa.select(*(camera[name] for name in _READ)).where(
        camera.reach == metres,
        camera.latitude.between(box.south, box.north),
        camera.longitude.between(box.west, box.east),
        camera.state == CameraState.IN_SERVICE,
        *there,
    )


def _seen(row: Any, place: Point) -> SeeingCamera | None:
    seen = sighting(Outlook(Point(row.longitude, row.latitude), row.range, row.bearing, row.field_of_view), place)
    if seen is None:
        return None
    return SeeingCamera(camera=row.id, distance=seen.distance, reason=seen.reason, online=row.health in SHOWING)
