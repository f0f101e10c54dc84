"""Requests to put recorded facts right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.casework.views import CorrectionState, CorrectionView
from domain.casework.events import (
    CorrectionApplied,
    CorrectionApproved,
    CorrectionLapsed,
    CorrectionRejected,
    CorrectionRequested,
)
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

CORRECTIONS = table_of(CorrectionView, "corrections", indexes=[("case",), ("alarm",), ("order",), ("state", "requested_at")])

on_correction = Handlers()


@on_correction(CorrectionRequested)
def correction_requested(record: Recorded[CorrectionRequested]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "subject": event.subject,
        "alarm": event.alarm,
        "order": event.order,
        "case": event.case,
        "state": CorrectionState.ASKED,
        "fact": event.fact,
        "corrects": event.corrects,
        "reason": event.reason,
        "instant": event.instant,
        "old_code": event.old_code,
        "code": event.code,
        "place": event.place,
        "division": event.division,
        "station": event.station,
        "requested_by": event.requested_by,
        "requested_at": record.effective_at,
        "rejection": "",
        "obstacle_message": "",
        "obstacle_message_zh": "",
    }
    return (Insert(CORRECTIONS, values),)


@on_correction(CorrectionApproved)
def correction_approved(record: Recorded[CorrectionApproved]) -> Iterable[Change]:
    return _correction(record, state=CorrectionState.APPROVED, decided_by=record.by, decided_at=record.recorded_at)


@on_correction(CorrectionRejected)
def correction_rejected(record: Recorded[CorrectionRejected]) -> Iterable[Change]:
    decision = {"decided_by": record.by, "decided_at": record.recorded_at, "rejection": record.event.reason}
    return _correction(record, state=CorrectionState.REJECTED, **decision)


@on_correction(CorrectionApplied)
def correction_applied(record: Recorded[CorrectionApplied]) -> Iterable[Change]:
    return _correction(record, state=CorrectionState.APPLIED)


@on_correction(CorrectionLapsed)
def correction_lapsed(record: Recorded[CorrectionLapsed]) -> Iterable[Change]:
    event = record.event
    words = {"obstacle": event.rule, "obstacle_message": event.message, "obstacle_message_zh": event.message_zh}
    return _correction(record, state=CorrectionState.LAPSED, **words)


def _correction(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(CORRECTIONS, record.originator_id, values),)
