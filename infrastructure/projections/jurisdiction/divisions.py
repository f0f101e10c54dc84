"""The view of divisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.jurisdiction.views import DivisionView
from domain.events import Recorded
from domain.jurisdiction.events import DivisionAbolished, DivisionEstablished, DivisionRenamed
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

DIVISIONS = table_of(DivisionView, "divisions", indexes=[("parent",)])

on_division = Handlers()


@on_division(DivisionEstablished)
def division_established(record: Recorded[DivisionEstablished]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "code": event.code,
        "name_en": event.name_en,
        "name_zh": event.name_zh,
        "level": event.level,
        "parent": event.parent,
        "valid_from": event.valid_from,
        "successors": (),
    }
    return (Insert(DIVISIONS, values),)


@on_division(DivisionRenamed)
def division_renamed(record: Recorded[DivisionRenamed]) -> Iterable[Change]:
    return _changed(record, name_en=record.event.name_en, name_zh=record.event.name_zh)


@on_division(DivisionAbolished)
def division_abolished(record: Recorded[DivisionAbolished]) -> Iterable[Change]:
    return _changed(record, valid_to=record.event.valid_to, successors=record.event.successors)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(DIVISIONS, record.originator_id, values | {"version": record.version}),)
