"""What units do, and where they were last seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.dispatching.views import UnitView
from domain.dispatching.events import (
    CapabilitiesChanged,
    CrewChanged,
    PositionSampled,
    UnitCommitted,
    UnitRegistered,
    UnitReleased,
    UnitSignedOff,
    UnitSignedOn,
    UnitStatus,
    UnitStatusChanged,
)
from domain.dispatching.unit import STAYS
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

UNITS = table_of(
    UnitView,
    "units",
    sa.Column("said", sa.Text, nullable=False),
    computed={"status": """CASE WHEN said = 'AVAILABLE' AND "order" IS NOT NULL THEN 'COMMITTED' ELSE said END"""},
)

on_unit = Handlers()


@on_unit(UnitRegistered)
def unit_registered(record: Recorded[UnitRegistered]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "call_sign": event.call_sign,
        "kind": event.kind,
        "station": event.station,
        "capabilities": event.capabilities,
        "said": UnitStatus.OFF_DUTY.value,
        "custom_status": "",
        "crew": (),
        "changed_at": record.effective_at,
    }
    return (Insert(UNITS, values),)


@on_unit(UnitSignedOn)
def unit_signed_on(record: Recorded[UnitSignedOn]) -> Iterable[Change]:
    return _status(record, UnitStatus.AVAILABLE, custom_status="", crew=record.event.crew)


@on_unit(UnitSignedOff)
def unit_signed_off(record: Recorded[UnitSignedOff]) -> Iterable[Change]:
    return _status(record, UnitStatus.OFF_DUTY, custom_status="", crew=())


@on_unit(UnitStatusChanged)
def unit_status_changed(record: Recorded[UnitStatusChanged]) -> Iterable[Change]:
    return _status(record, record.event.status, custom_status=record.event.custom)


@on_unit(UnitCommitted)
def unit_committed(record: Recorded[UnitCommitted]) -> Iterable[Change]:
    if record.event.stacked:
        return _status(record, UnitStatus.COMMITTED, custom_status="")
    return _status(record, UnitStatus.COMMITTED, custom_status="", order=record.event.order)


@on_unit(UnitReleased)
def unit_released(record: Recorded[UnitReleased]) -> Iterable[Change]:
    custom = {} if record.event.status in STAYS else {"custom_status": ""}
    return _status(record, record.event.status, order=record.event.active, **custom)


@on_unit(PositionSampled)
def position_sampled(record: Recorded[PositionSampled]) -> Iterable[Change]:
    return _unit(record, place=record.event.place, fixed_at=record.event.fixed_at)


@on_unit(CrewChanged)
def crew_changed(record: Recorded[CrewChanged]) -> Iterable[Change]:
    return _unit(record, crew=record.event.crew)


@on_unit(CapabilitiesChanged)
def capabilities_changed(record: Recorded[CapabilitiesChanged]) -> Iterable[Change]:
    return _unit(record, capabilities=record.event.capabilities)


def _status(record: Recorded[Any], status: UnitStatus, **values: Any) -> Iterable[Change]:
    return _unit(record, said=status.value, changed_at=record.effective_at, **values)


def _unit(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(UNITS, record.originator_id, values),)
