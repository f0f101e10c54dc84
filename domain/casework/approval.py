"""Four eyes: a proposal waits until somebody else decides on it."""

from __future__ import annotations

from dataclasses import replace

from domain.aggregates import Act
from domain.casework.events import ApprovalRequested, CaseCleared, CaseReclassified, CaseWithdrawn
from domain.casework.rules import ApproverIsRequester
from domain.ids import OfficerId, RequestId

Proposal = CaseCleared | CaseWithdrawn | CaseReclassified


def request_for(act: Act, request: RequestId, proposal: Proposal) -> ApprovalRequested:
    """The proposal knows its request and who made it, and so will the event it becomes."""
    named = replace(proposal, request=request, requested_by=act.by)
    return ApprovalRequested(
        request=request,
        requested_by=act.by,
        effective_at=act.effective_at,
        clearance=named if isinstance(named, CaseCleared) else None,
        withdrawal=named if isinstance(named, CaseWithdrawn) else None,
        reclassification=named if isinstance(named, CaseReclassified) else None,
    )


def proposal_in(waiting: ApprovalRequested) -> Proposal:
    proposal = waiting.clearance or waiting.withdrawal or waiting.reclassification
    if proposal is None:
        raise ValueError("a request for approval proposes something")
    return proposal


def not_ones_own(waiting: ApprovalRequested, decider: OfficerId) -> ApprovalRequested:
    if waiting.requested_by == decider:
        raise ApproverIsRequester
    return waiting
