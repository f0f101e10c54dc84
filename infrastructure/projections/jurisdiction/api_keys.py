"""The view of integrations' keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.jurisdiction.views import ApiKeyView
from domain.events import Recorded
from domain.jurisdiction.events import ApiKeyIssued, ApiKeyRevoked
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

API_KEYS = table_of(ApiKeyView, "api_keys", indexes=[("prefix",)])

on_api_key = Handlers()


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
    return _changed(record, revoked=True, revoked_at=record.recorded_at, reason=record.event.reason)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(API_KEYS, record.originator_id, values | {"version": record.version}),)
