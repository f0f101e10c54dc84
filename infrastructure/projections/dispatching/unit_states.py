"""States of units that the deployment has of its own."""

from __future__ import annotations

from collections.abc import Iterable

from application.dispatching.views import UnitStateView
from domain.dispatching.events import UnitStateDefined, UnitStateRenamed, UnitStateWithdrawn
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

UNIT_STATES = table_of(UnitStateView, "unit_states")

on_unit_state = Handlers()


@on_unit_state(UnitStateDefined)
def state_defined(record: Recorded[UnitStateDefined]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "code": event.code,
        "name_en": event.name_en,
        "name_zh": event.name_zh,
        "base": event.base,
        "withdrawn": False,
    }
    return (Insert(UNIT_STATES, values),)


@on_unit_state(UnitStateRenamed)
def state_renamed(record: Recorded[UnitStateRenamed]) -> Iterable[Change]:
    names = {"name_en": record.event.name_en, "name_zh": record.event.name_zh}
    return (Patch(UNIT_STATES, record.originator_id, {"version": record.version, **names}),)


@on_unit_state(UnitStateWithdrawn)
def state_withdrawn(record: Recorded[UnitStateWithdrawn]) -> Iterable[Change]:
    return (Patch(UNIT_STATES, record.originator_id, {"version": record.version, "withdrawn": True}),)
