"""Which cameras see a place: those near enough are found by the index, the geometry decides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from application.surveillance.questions import SeeingCamera
from domain.places import Point
from domain.surveillance.camera import FARTHEST
from domain.surveillance.events import CameraHealth, CameraState
from domain.surveillance.seeing import Outlook, around, reach, sighting
from infrastructure.access.conditions import Truth
from infrastructure.access.seen import sql
from infrastructure.projections.surveillance.cameras import CAMERAS

REACHES = [1 << power for power in range(reach(FARTHEST).bit_length())]
SIDES = ("south", "north", "west", "east")
SHOWING = frozenset({CameraHealth.ONLINE, CameraHealth.DEGRADED})
_READ = ("id", "latitude", "longitude", "range", "bearing", "field_of_view", "health")


def seeing(connection: sa.Connection, place: Point, there: Truth, parameters: Mapping[str, Any]) -> list[SeeingCamera]:
    """Those online first, the nearest first."""
    rows = connection.execute(_near(there), {**parameters, **boxes(place)})
    found = [seen for row in rows if (seen := _seen(row, place)) is not None]
    return sorted(found, key=lambda each: (not each.online, each.distance, each.camera))


@lru_cache(1_000)
def _near(there: Truth) -> sa.CompoundSelect[Any]:
    """Cameras near enough, each reach from a stretch of the index of its own. One statement for all who stand alike."""
    return sa.union_all(*(_of_reach(metres, there) for metres in REACHES))


def _of_reach(metres: int, there: Truth) -> sa.Select[Any]:
    camera = CAMERAS.c
    south, north, west, east = (sa.bindparam(f"{side}_{metres}", type_=sa.Double) for side in SIDES)
    return sa.select(*(camera[name] for name in _READ)).where(
        camera.reach == metres,
        camera.latitude.between(south, north),
        camera.longitude.between(west, east),
        camera.state == CameraState.IN_SERVICE,
        sql(there),
    )


def boxes(place: Point) -> dict[str, float]:
    boxes = {metres: around(place, metres) for metres in REACHES}
    return {f"{side}_{metres}": getattr(box, side) for metres, box in boxes.items() for side in SIDES}


def _seen(row: Any, place: Point) -> SeeingCamera | None:
    seen = sighting(Outlook(Point(row.longitude, row.latitude), row.range, row.bearing, row.field_of_view), place)
    if seen is None:
        return None
    return SeeingCamera(camera=row.id, distance=seen.distance, reason=seen.reason, online=row.health in SHOWING)
