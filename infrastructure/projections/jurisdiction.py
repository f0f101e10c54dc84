"""Jurisdiction's views: divisions, organisations, the keys and webhooks of integrations, and grants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.jurisdiction.views import ApiKeyView, DivisionView, GrantKind, GrantView, OrganisationView, WebhookState, WebhookView
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
    WebhookChanged,
    WebhookPaused,
    WebhookRegistered,
    WebhookRemoved,
    WebhookReplayed,
    WebhookResumed,
    WebhookSecretChanged,
    WebhookTested,
)
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.tables import table_of

DIVISIONS = table_of(DivisionView, "divisions", indexes=[("parent",)])
ORGANISATIONS = table_of(
    OrganisationView,
    "organisations",
    sa.Column("stream", sa.Uuid, primary_key=True),
    sa.Column("established_position", sa.BigInteger, nullable=False),
    sa.Column("closed_position", sa.BigInteger),
    indexes=[("parent",)],
)
"""Keyed by the organisation's stream, for its later events do not name its code. The positions tell since when its beginning
and its end are known."""
API_KEYS = table_of(ApiKeyView, "api_keys", indexes=[("prefix",)])
GRANTS = table_of(GrantView, "grants", indexes=[("officer", "until")])

WEBHOOKS = table_of(
    WebhookView,
    "webhooks",
    *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("begins", "begun", "renewed", "tested")),
)
"""Told from `begins` on since the event at `begun`; `renewed` and `tested` are the events that asked for a new try, and for a sample.
Whoever delivers compares these with what it has taken up already."""

on_division = Handlers()
on_organisation = Handlers()
on_api_key = Handlers()
on_grant = Handlers()
on_webhook = Handlers()


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
        "established_position": record.position,
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
    event = record.event
    return _changed(ORGANISATIONS, record, valid_to=event.valid_to, successors=event.successors, closed_position=record.position)


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


@on_webhook(WebhookRegistered)
def webhook_registered(record: Recorded[WebhookRegistered]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "api_key": event.key,
        "label": event.label,
        "url": event.url,
        "document": event.document,
        "variables": event.variables,
        "state": WebhookState.DELIVERING,
        "registered_by": record.by,
        "registered_at": record.recorded_at,
        "begins": _within_the_log(event.position, record),
        "begun": record.position,
        "renewed": record.position,
        "tested": 0,
    }
    return (Insert(WEBHOOKS, values),)


@on_webhook(WebhookChanged)
def webhook_changed(record: Recorded[WebhookChanged]) -> Iterable[Change]:
    event = record.event
    told = {"label": event.label, "url": event.url, "document": event.document, "variables": event.variables}
    return _changed(WEBHOOKS, record, **told, renewed=record.position)


@on_webhook(WebhookPaused)
def webhook_paused(record: Recorded[WebhookPaused]) -> Iterable[Change]:
    state = WebhookState.PAUSED
    return _changed(WEBHOOKS, record, state=state, paused_because=record.event.reason, paused_at=record.recorded_at)


@on_webhook(WebhookResumed)
def webhook_resumed(record: Recorded[WebhookResumed]) -> Iterable[Change]:
    state = WebhookState.DELIVERING
    return _changed(WEBHOOKS, record, state=state, paused_because=None, paused_at=None, renewed=record.position)


@on_webhook(WebhookReplayed)
def webhook_replayed(record: Recorded[WebhookReplayed]) -> Iterable[Change]:
    return _changed(WEBHOOKS, record, begins=_within_the_log(record.event.position, record), begun=record.position)


@on_webhook(WebhookSecretChanged)
def webhook_secret_changed(record: Recorded[WebhookSecretChanged]) -> Iterable[Change]:
    return _changed(WEBHOOKS, record)


@on_webhook(WebhookTested)
def webhook_tested(record: Recorded[WebhookTested]) -> Iterable[Change]:
    return _changed(WEBHOOKS, record, tested=record.position)


@on_webhook(WebhookRemoved)
def webhook_removed(record: Recorded[WebhookRemoved]) -> Iterable[Change]:
    return _changed(WEBHOOKS, record, state=WebhookState.REMOVED)


def _within_the_log(position: int | None, record: Recorded[Any]) -> int:
    """Nobody begins after what is not recorded yet: it would never be told."""
    return record.position if position is None else min(position, record.position)


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
    Projection(name="organisations", version=3, tables=(ORGANISATIONS,), handlers=on_organisation),
    Projection(name="api_keys", version=1, tables=(API_KEYS,), handlers=on_api_key, inline=True),
    Projection(name="webhooks", version=1, tables=(WEBHOOKS,), handlers=on_webhook, inline=True),
    Projection(name="grants", version=1, tables=(GRANTS,), handlers=on_grant, inline=True),
)
