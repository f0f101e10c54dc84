"""What waits for a second person, or got its decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.casework.views import ApprovalKind, ApprovalState, ApprovalView
from domain.casework.events import (
    ApprovalRejected,
    ApprovalRequested,
    CaseCleared,
    CaseReclassified,
    CaseWithdrawn,
)
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

APPROVALS = table_of(ApprovalView, "approvals", indexes=[("case",), ("state", "requested_at")])

on_approval = Handlers()


@on_approval(ApprovalRequested)
def approval_requested(record: Recorded[ApprovalRequested]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": event.request,
        "case": record.originator_id,
        "state": ApprovalState.PENDING,
        "requested_by": event.requested_by,
        "requested_at": record.effective_at,
        "effective_at": event.effective_at,
        "before": (),
        "after": (),
        "reason": "",
    }
    return (Insert(APPROVALS, values | _proposed(event)),)


@on_approval(CaseCleared, CaseWithdrawn, CaseReclassified)
def approved(record: Recorded[Any]) -> Iterable[Change]:
    request = record.event.request
    return _decided(record, request, ApprovalState.APPROVED) if request is not None else ()


@on_approval(ApprovalRejected)
def rejected(record: Recorded[ApprovalRejected]) -> Iterable[Change]:
    return _decided(record, record.event.request, ApprovalState.REJECTED, reason=record.event.reason)


def _proposed(event: ApprovalRequested) -> dict[str, Any]:
    match event.clearance or event.withdrawal or event.reclassification:
        case CaseCleared(kind=kind, outcome=outcome, offences=cleared, note=note):
            proposed = {"clearance": kind, "outcome": outcome, "offences_cleared": cleared, "explanation": note}
            return {"kind": ApprovalKind.CLEARANCE} | proposed
        case CaseWithdrawn(reason=reason, note=note):
            return {"kind": ApprovalKind.WITHDRAWAL, "withdrawal": reason, "explanation": note}
        case CaseReclassified(before=before, after=after, reason=explanation):
            return {"kind": ApprovalKind.RECLASSIFICATION, "before": before, "after": after, "explanation": explanation}
        case None:
            raise ValueError("a request for approval proposes something")


def _decided(record: Recorded[Any], request: Any, state: ApprovalState, **values: Any) -> Iterable[Change]:
    decision = {"state": state, "decided_by": record.by, "decided_at": record.recorded_at}
    return (Patch(APPROVALS, request, decision | values),)
