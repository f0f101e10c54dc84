"""The view of webhooks, and since when each is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.jurisdiction.views import WebhookState, WebhookView
from domain.events import Recorded
from domain.jurisdiction.events import (
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
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

WEBHOOKS = table_of(
    WebhookView,
    "webhooks",
    *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("begins", "begun", "renewed", "tested")),
)
"""Told from `begins` on since the event at `begun`; `renewed` and `tested` are the events that asked for a new try, and for a sample.
Whoever delivers compares these with what it has taken up already."""

on_webhook = Handlers()


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
    return _changed(record, **told, renewed=record.position)


@on_webhook(WebhookPaused)
def webhook_paused(record: Recorded[WebhookPaused]) -> Iterable[Change]:
    state = WebhookState.PAUSED
    return _changed(record, state=state, paused_because=record.event.reason, paused_at=record.recorded_at)


@on_webhook(WebhookResumed)
def webhook_resumed(record: Recorded[WebhookResumed]) -> Iterable[Change]:
    state = WebhookState.DELIVERING
    return _changed(record, state=state, paused_because=None, paused_at=None, renewed=record.position)


@on_webhook(WebhookReplayed)
def webhook_replayed(record: Recorded[WebhookReplayed]) -> Iterable[Change]:
    return _changed(record, begins=_within_the_log(record.event.position, record), begun=record.position)


@on_webhook(WebhookSecretChanged)
def webhook_secret_changed(record: Recorded[WebhookSecretChanged]) -> Iterable[Change]:
    return _changed(record)


@on_webhook(WebhookTested)
def webhook_tested(record: Recorded[WebhookTested]) -> Iterable[Change]:
    return _changed(record, tested=record.position)


@on_webhook(WebhookRemoved)
def webhook_removed(record: Recorded[WebhookRemoved]) -> Iterable[Change]:
    return _changed(record, state=WebhookState.REMOVED)


def _within_the_log(position: int | None, record: Recorded[Any]) -> int:
    """Nobody begins after what is not recorded yet: it would never be told."""
    return record.position if position is None else min(position, record.position)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(WEBHOOKS, record.originator_id, values | {"version": record.version}),)
