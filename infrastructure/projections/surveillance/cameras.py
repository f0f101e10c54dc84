"""Cameras as they are now, and where to look for those that may see a place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.surveillance.views import CameraView
from domain.events import Recorded
from domain.surveillance.events import (
    CameraAccepted,
    CameraMoved,
    CameraNetworked,
    CameraRegistered,
    CameraResumed,
    CameraRetired,
    CameraState,
    CameraSuspended,
    FaultRepaired,
    FaultReported,
    HealthChanged,
)
from domain.surveillance.seeing import reach
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

CAMERAS = table_of(
    CameraView,
    "cameras",
    *(sa.Column(name, sa.Double, nullable=False) for name in ("latitude", "longitude")),
    sa.Column("reach", sa.BigInteger, nullable=False),
    indexes=[("station",), ("reach", "latitude", "longitude")],
)
"""Of each reach only those near a place need to be looked at: a few that see far do not make all the others look near."""

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
        "networked": event.networked,
        "registered_at": record.effective_at,
        **_stands(event),
    }
    return (Insert(CAMERAS, values),)


@on_camera(CameraAccepted)
def camera_accepted(record: Recorded[CameraAccepted]) -> Iterable[Change]:
    event = record.event
    return _camera(record, standard=event.standard, standard_version=event.standard_version, accepted_at=record.effective_at)


@on_camera(CameraMoved)
def camera_moved(record: Recorded[CameraMoved]) -> Iterable[Change]:
    return _camera(record, **_stands(record.event))


@on_camera(CameraNetworked)
def camera_networked(record: Recorded[CameraNetworked]) -> Iterable[Change]:
    return _camera(record, networked=record.event.networked)


@on_camera(CameraSuspended)
def camera_suspended(record: Recorded[CameraSuspended]) -> Iterable[Change]:
    return _camera(record, state=CameraState.SUSPENDED)


@on_camera(CameraResumed)
def camera_resumed(record: Recorded[CameraResumed]) -> Iterable[Change]:
    return _camera(record, state=CameraState.IN_SERVICE)


@on_camera(CameraRetired)
def camera_retired(record: Recorded[CameraRetired]) -> Iterable[Change]:
    return _camera(record, state=CameraState.RETIRED, retired_at=record.effective_at)


@on_camera(HealthChanged)
def health_changed(record: Recorded[HealthChanged]) -> Iterable[Change]:
    return _camera(record, health=record.event.health)


@on_camera(FaultReported)
def fault_reported(record: Recorded[FaultReported]) -> Iterable[Change]:
    return _camera(record, fault=record.event.fault)


@on_camera(FaultRepaired)
def fault_repaired(record: Recorded[FaultRepaired]) -> Iterable[Change]:
    return _camera(record, fault=None)


def _stands(event: CameraRegistered | CameraMoved) -> dict[str, Any]:
    return {
        "division": event.division,
        "station": event.station,
        "place": event.place,
        "address": event.address,
        "range": event.range,
        "bearing": event.bearing,
        "field_of_view": event.field_of_view,
        "latitude": event.place.latitude,
        "longitude": event.place.longitude,
        "reach": reach(event.range),
    }


def _camera(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(CAMERAS, record.originator_id, values),)
