"""Jurisdiction's views: divisions, organisations, the keys of integrations, and grants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.jurisdiction.views import ApiKeyView, DivisionView, GrantKind, GrantView, OrganisationView
from domain.events import Recorded
from domain.jurisdiction.events import (
    AccessEnded,
    AccessGranted,
    ApiKeyIssued,
    ApiKeyRevoked,
    BreakGlassReviewed,
    DirectOrdersSet,
    DivisionAbolished,
    DivisionEstablished,
    DivisionRenamed,
    GlassBroken,
    OrganisationClosed,
    OrganisationEstablished,
    OrganisationRenamed,
)
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.tables import table_of

DIVISIONS = table_of(DivisionView, "divisions", indexes=[("parent",)])
ORGANISATIONS = table_of(OrganisationView, "organisations", sa.Column("stream", sa.Uuid, primary_key=True), indexes=[("parent",)])
"""Keyed by the organisation's stream, for its later events do not name its code."""
API_KEYS = table_of(ApiKeyView, "api_keys", indexes=[("prefix",)])
GRANTS = table_of(GrantView, "grants", indexes=[("officer", "until")])

on_division = Handlers()
on_organisation = Handlers()
on_api_key = Handlers()
on_grant = Handlers()


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


@on_organisation(OrganisationEstablished)
def organisation_established(record: Recorded[OrganisationEstablished]) -> Iterable[Change]:
    event = record.event
    values = {
        "stream": record.originator_id,
        "id": event.organisation,
        "version": record.version,
        "kind": event.kind,
        "name_en": event.name_en,
        "name_zh": event.name_zh,
        "parent": event.parent,
        "division": event.division,
        "valid_from": event.valid_from,
        "successors": (),
        "direct_orders": False,
    }
    return (Insert(ORGANISATIONS, values),)


@on_division(DivisionRenamed)
def division_renamed(record: Recorded[DivisionRenamed]) -> Iterable[Change]:
    return _changed(DIVISIONS, record, name_en=record.event.name_en, name_zh=record.event.name_zh)


@on_organisation(OrganisationRenamed)
def organisation_renamed(record: Recorded[OrganisationRenamed]) -> Iterable[Change]:
    return _changed(ORGANISATIONS, record, name_en=record.event.name_en, name_zh=record.event.name_zh)


@on_division(DivisionAbolished)
def division_abolished(record: Recorded[DivisionAbolished]) -> Iterable[Change]:
    return _changed(DIVISIONS, record, valid_to=record.event.valid_to, successors=record.event.successors)


@on_organisation(OrganisationClosed)
def organisation_closed(record: Recorded[OrganisationClosed]) -> Iterable[Change]:
    return _changed(ORGANISATIONS, record, valid_to=record.event.valid_to, successors=record.event.successors)


@on_api_key(ApiKeyIssued)
def api_key_issued(record: Recorded[ApiKeyIssued]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "prefix": event.prefix,
        "digest": event.digest,
        "label": event.label,
        "organisations": event.organisations,
        "actions": event.actions,
        "issued_by": record.by,
        "issued_at": record.recorded_at,
        "expires_at": event.expires_at,
        "revoked": False,
        "reason": "",
    }
    return (Insert(API_KEYS, values),)


@on_api_key(ApiKeyRevoked)
def api_key_revoked(record: Recorded[ApiKeyRevoked]) -> Iterable[Change]:
    return _changed(API_KEYS, record, revoked=True, revoked_at=record.recorded_at, reason=record.event.reason)


@on_organisation(DirectOrdersSet)
def direct_orders_set(record: Recorded[DirectOrdersSet]) -> Iterable[Change]:
    return _changed(ORGANISATIONS, record, direct_orders=record.event.allowed)


@on_grant(AccessGranted)
def access_granted(record: Recorded[AccessGranted]) -> Iterable[Change]:
    return _given(record, GrantKind.GRANTED, record.organisation)


@on_grant(GlassBroken)
def glass_broken(record: Recorded[GlassBroken]) -> Iterable[Change]:
    return _given(record, GrantKind.BREAK_GLASS, record.event.organisation)


@on_grant(AccessEnded)
def access_ended(record: Recorded[AccessEnded]) -> Iterable[Change]:
    return _changed(GRANTS, record, ended=True)


@on_grant(BreakGlassReviewed)
def break_glass_reviewed(record: Recorded[BreakGlassReviewed]) -> Iterable[Change]:
    event = record.event
    return _changed(GRANTS, record, reviewed=True, reviewed_by=record.by, justified=event.justified, finding=event.finding)


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


def _changed(table: sa.Table, record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(table, record.originator_id, values),)


PROJECTIONS = (
    Projection(name="divisions", version=1, tables=(DIVISIONS,), handlers=on_division),
    Projection(name="organisations", version=2, tables=(ORGANISATIONS,), handlers=on_organisation),
    Projection(name="api_keys", version=1, tables=(API_KEYS,), handlers=on_api_key, inline=True),
    Projection(name="grants", version=1, tables=(GRANTS,), handlers=on_grant, inline=True),
)
