"""The view of grants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.jurisdiction.views import GrantKind, GrantView
from domain.events import Recorded
from domain.jurisdiction.events import AccessEnded, AccessGranted, BreakGlassReviewed, GlassBroken
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

GRANTS = table_of(GrantView, "grants", indexes=[("officer", "until")])

on_grant = Handlers()


@on_grant(AccessGranted)
def access_granted(record: Recorded[AccessGranted]) -> Iterable[Change]:
    return _given(record, GrantKind.GRANTED, record.organisation)


@on_grant(GlassBroken)
def glass_broken(record: Recorded[GlassBroken]) -> Iterable[Change]:
    return _given(record, GrantKind.BREAK_GLASS, record.event.organisation)


@on_grant(AccessEnded)
def access_ended(record: Recorded[AccessEnded]) -> Iterable[Change]:
    return _changed(record, ended=True)


@on_grant(BreakGlassReviewed)
def break_glass_reviewed(record: Recorded[BreakGlassReviewed]) -> Iterable[Change]:
    event = record.event
    return _changed(record, reviewed=True, reviewed_by=record.by, justified=event.justified, finding=event.finding)


def _given(record: Recorded[Any], kind: GrantKind, organisation: str) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "kind": kind,
        "officer": event.officer,
        "case": event.case,
        "purpose": event.purpose,
        "organisation": organisation,
        "given_by": record.by,
        "given_at": record.recorded_at,
        "until": event.until,
        "ended": False,
        "reviewed": False,
        "finding": "",
    }
    return (Insert(GRANTS, values),)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(GRANTS, record.originator_id, values | {"version": record.version}),)
