"""The view of time limits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.jurisdiction.views import LimitSetState, LimitSetView
from domain.events import Recorded
from domain.jurisdiction.events import LimitSetActivated, LimitSetDrafted, LimitSetRevised, LimitSetSuperseded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

LIMIT_SETS = table_of(LimitSetView, "limit_sets")

on_limit_set = Handlers()


@on_limit_set(LimitSetDrafted)
def limit_set_drafted(record: Recorded[LimitSetDrafted]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "code": event.code,
        "scope": event.scope,
        "state": LimitSetState.DRAFT,
        "limits": event.limits,
        "drafted_by": record.by,
        "drafted_at": record.effective_at,
    }
    return (Insert(LIMIT_SETS, values),)


@on_limit_set(LimitSetRevised)
def limit_set_revised(record: Recorded[LimitSetRevised]) -> Iterable[Change]:
    return _changed(record, limits=record.event.limits)


@on_limit_set(LimitSetActivated)
def limit_set_activated(record: Recorded[LimitSetActivated]) -> Iterable[Change]:
    return _changed(record, state=LimitSetState.ACTIVE, active_from=record.event.active_from)


@on_limit_set(LimitSetSuperseded)
def limit_set_superseded(record: Recorded[LimitSetSuperseded]) -> Iterable[Change]:
    event = record.event
    return _changed(record, state=LimitSetState.SUPERSEDED, active_to=event.active_to, superseded_by=event.superseded_by)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(LIMIT_SETS, record.originator_id, {"version": record.version, **values}),)
