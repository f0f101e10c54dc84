"""Footage requests as they stand, and the register of every step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.surveillance.footage_views import FootageRequestView, FootageStepKind, FootageStepView
from domain.events import Recorded
from domain.ids import footage_step
from domain.surveillance.events import (
    CustodyTransferred,
    EvidenceAccessed,
    FootageApproved,
    FootageDestroyed,
    FootageRefused,
    FootageRequested,
    FootageRequestExpired,
    FootageRetrieved,
    FootageReturned,
    FootageSealed,
    HoldLifted,
    HoldPlaced,
    RetentionExpired,
)
from domain.surveillance.footage_request import FootageState
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

FOOTAGE_REQUESTS = table_of(
    FootageRequestView, "footage_requests", indexes=[("state", "needed_by"), ("station",), ("camera",), ("case",), ("alarm",)]
)
FOOTAGE_STEPS = table_of(FootageStepView, "footage_steps", indexes=[("footage", "at")])

on_footage = Handlers()


@on_footage(FootageRequested)
def footage_requested(record: Recorded[FootageRequested]) -> Iterable[Change]:
    event = record.event
    asked = ("camera", "station", "case", "alarm", "officers", "purpose", "since", "until", "needed_by", "legal_basis", "important")
    values = {name: getattr(event, name) for name in asked} | {
        "id": record.originator_id,
        "version": record.version,
        "state": FootageState.REQUESTED,
        "requested_by": event.requested_by,
        "requested_at": record.effective_at,
        "held": False,
    }
    return (Insert(FOOTAGE_REQUESTS, values), _step(record, FootageStepKind.REQUESTED, event.purpose))


@on_footage(FootageApproved)
def footage_approved(record: Recorded[FootageApproved]) -> Iterable[Change]:
    event = record.event
    answer = _answered(record, FootageState.APPROVED) | {"paper": event.paper, "paper_number": event.number}
    return (_footage(record, **answer), _step(record, FootageStepKind.APPROVED, event.number))


@on_footage(FootageRefused)
def footage_refused(record: Recorded[FootageRefused]) -> Iterable[Change]:
    answer = _answered(record, FootageState.REFUSED) | {"ended_at": record.effective_at}
    return (_footage(record, **answer), _step(record, FootageStepKind.REFUSED, record.event.reason))


@on_footage(FootageRequestExpired)
def footage_request_expired(record: Recorded[FootageRequestExpired]) -> Iterable[Change]:
    ended = _footage(record, state=FootageState.EXPIRED, ended_at=record.effective_at)
    return (ended, _step(record, FootageStepKind.EXPIRED))


@on_footage(FootageRetrieved)
def footage_retrieved(record: Recorded[FootageRetrieved]) -> Iterable[Change]:
    event = record.event
    kept = {"holder": event.holder, "retain_until": event.retain_until, "limit": event.limit}
    taken = _footage(record, state=FootageState.RETRIEVED, retrieved_at=record.effective_at, **kept)
    return (taken, _step(record, FootageStepKind.RETRIEVED, taker=event.holder))


@on_footage(FootageSealed)
def footage_sealed(record: Recorded[FootageSealed]) -> Iterable[Change]:
    return (_footage(record, state=FootageState.SEALED), _step(record, FootageStepKind.SEALED))


@on_footage(CustodyTransferred)
def custody_transferred(record: Recorded[CustodyTransferred]) -> Iterable[Change]:
    event = record.event
    handed = _footage(record, state=FootageState.TRANSFERRED, holder=event.taker)
    return (handed, _step(record, FootageStepKind.TRANSFERRED, event.reason, taker=event.taker, destination=event.destination))


@on_footage(EvidenceAccessed)
def evidence_accessed(record: Recorded[EvidenceAccessed]) -> Iterable[Change]:
    return (_footage(record), _step(record, FootageStepKind.ACCESSED, record.event.purpose))


@on_footage(HoldPlaced)
def hold_placed(record: Recorded[HoldPlaced]) -> Iterable[Change]:
    return (_footage(record, held=True), _step(record, FootageStepKind.HELD, record.event.reason))


@on_footage(HoldLifted)
def hold_lifted(record: Recorded[HoldLifted]) -> Iterable[Change]:
    return (_footage(record, held=False), _step(record, FootageStepKind.RELEASED, record.event.reason))


@on_footage(RetentionExpired)
def retention_expired(record: Recorded[RetentionExpired]) -> Iterable[Change]:
    return (_footage(record, retention_expired_at=record.effective_at), _step(record, FootageStepKind.RETENTION_EXPIRED))


@on_footage(FootageReturned)
def footage_returned(record: Recorded[FootageReturned]) -> Iterable[Change]:
    event = record.event
    given = _gone(record, FootageState.RETURNED)
    return (given, _step(record, FootageStepKind.RETURNED, event.reason, destination=event.destination))


@on_footage(FootageDestroyed)
def footage_destroyed(record: Recorded[FootageDestroyed]) -> Iterable[Change]:
    return (_gone(record, FootageState.DESTROYED), _step(record, FootageStepKind.DESTROYED, record.event.reason))


def _answered(record: Recorded[Any], state: FootageState) -> dict[str, Any]:
    return {"state": state, "answered_by": record.by, "answered_at": record.effective_at}


def _gone(record: Recorded[Any], state: FootageState) -> Change:
    return _footage(record, state=state, holder=None, ended_at=record.effective_at)


def _footage(record: Recorded[Any], **values: Any) -> Change:
    values["version"] = record.version
    return Patch(FOOTAGE_REQUESTS, record.originator_id, values)


def _step(record: Recorded[Any], kind: FootageStepKind, reason: str = "", taker: str | None = None, destination: str = "") -> Change:
    values = {
        "id": footage_step(record.originator_id, record.version),
        "version": record.version,
        "footage": record.originator_id,
        "kind": kind,
        "by": record.by,
        "at": record.effective_at,
        "reason": reason,
        "taker": taker,
        "destination": destination,
    }
    return Insert(FOOTAGE_STEPS, values)
