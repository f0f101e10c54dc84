"""Cameras as they are now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.surveillance.views import CameraView
from domain.events import Recorded
from domain.surveillance.events import CameraRegistered, CameraRetired, CameraState
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

CAMERAS = table_of(CameraView, "cameras", indexes=[("station",)])

on_camera = Handlers()


@on_camera(CameraRegistered)
def camera_registered(record: Recorded[CameraRegistered]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "gb28181_id": event.gb28181_id,
        "state": CameraState.IN_SERVICE,
        "sector": event.sector,
        "owner": event.owner,
        "builder": event.builder,
        "division": event.division,
        "station": event.station,
        "place": event.place,
        "address": event.address,
        "range": event.range,
        "bearing": event.bearing,
        "field_of_view": event.field_of_view,
        "networked": event.networked,
        "registered_at": record.effective_at,
    }
    return (Insert(CAMERAS, values),)


@on_camera(CameraRetired)
def camera_retired(record: Recorded[CameraRetired]) -> Iterable[Change]:
    return _camera(record, state=CameraState.RETIRED, retired_at=record.effective_at)


def _camera(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(CAMERAS, record.originator_id, values),)
