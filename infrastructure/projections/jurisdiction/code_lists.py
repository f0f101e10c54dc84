"""The view of code lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.jurisdiction.code_views import CodeListState, CodeListView
from domain.events import Recorded
from domain.jurisdiction.events import CodeListActivated, CodeListDrafted, CodeListRevised, CodeListSuperseded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

CODE_LISTS = table_of(CodeListView, "code_lists")

on_code_list = Handlers()


@on_code_list(CodeListDrafted)
def code_list_drafted(record: Recorded[CodeListDrafted]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "code": event.code,
        "scope": event.scope,
        "state": CodeListState.DRAFT,
        "entries": event.entries,
        "drafted_by": record.by,
        "drafted_at": record.effective_at,
    }
    return (Insert(CODE_LISTS, values),)


@on_code_list(CodeListRevised)
def code_list_revised(record: Recorded[CodeListRevised]) -> Iterable[Change]:
    return _changed(record, entries=record.event.entries)


@on_code_list(CodeListActivated)
def code_list_activated(record: Recorded[CodeListActivated]) -> Iterable[Change]:
    return _changed(record, state=CodeListState.ACTIVE, active_from=record.event.active_from)


@on_code_list(CodeListSuperseded)
def code_list_superseded(record: Recorded[CodeListSuperseded]) -> Iterable[Change]:
    event = record.event
    return _changed(record, state=CodeListState.SUPERSEDED, active_to=event.active_to, superseded_by=event.superseded_by)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(CODE_LISTS, record.originator_id, {"version": record.version, **values}),)
