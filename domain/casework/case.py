"""A case: from the report that was taken to its outcome. Decisions first, history after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, assert_never

from domain.aggregates import Act
from domain.casework import clearance, offences, registration, reviews, rules
from domain.casework.approval import Proposal, not_ones_own, proposal_in, request_for
from domain.casework.events import (
    ApprovalRejected,
    ApprovalRequested,
    ArrestRecorded,
    CaseAbsorbed,
    CaseAccepted,
    CaseChange,
    CaseCleared,
    CaseConcluded,
    CaseFact,
    CaseFactCorrected,
    CaseFiled,
    CaseLinked,
    CaseMerged,
    CaseReclassified,
    CaseRefiled,
    CaseReleased,
    CaseReopened,
    CaseSealed,
    CaseSplit,
    CaseSuspended,
    CaseUnlinked,
    CaseUnmerged,
    CaseUnsealed,
    CaseWithdrawn,
    ClearanceKind,
    ClearanceRevoked,
    FilingRefused,
    JurisdictionTransferred,
    PersonInvolved,
    PersonRole,
    ProsecutionTransferred,
    RefusalReason,
    ReportRegistered,
    RetroFiled,
    ReviewExtended,
    SupervisionSet,
    SuspectIdentified,
)
from domain.casework.offences import FewerOffencesThanCleared, Offences
from domain.casework.outcomes import outcome as outcome_of
from domain.casework.stages import IN_REVIEW, ONCE_FILED, RECLASSIFIABLE, REOPENS_TO, Stage
from domain.events import At, Event
from domain.evolving import evolve
from domain.ids import CaseId, DivisionCode, OrganisationId, PersonId, RequestId, SeriesId
from domain.jurisdiction.events import LimitScope
from domain.rules import free_text, required_text


@dataclass(frozen=True)
class Case:
    """What the next decision needs.

    A clearance stands beside the stage, for it outlives a conclusion; so does a merge, for it can be undone.
    `requests` are all requests there ever were, `pending` those that still wait for a second person.
    """

    begins: ClassVar[tuple[type[Event], ...]] = (ReportRegistered,)

    division: DivisionCode
    station: OrganisationId
    offences: Offences
    occurred_from: datetime | None
    stage: Stage = Stage.REPORTED
    review_until: datetime | None = None
    extendable_until: datetime | None = None
    clearance: CaseCleared | None = None
    involved: frozenset[tuple[PersonId, PersonRole]] = frozenset()
    suspects: frozenset[PersonId] = frozenset()
    warrants: frozenset[PersonId] = frozenset()
    arrested: frozenset[PersonId] = frozenset()
    series: SeriesId | None = None
    supervision: str | None = None
    merged_into: CaseId | None = None
    refiled: bool = False
    pending: tuple[ApprovalRequested, ...] = ()
    requests: frozenset[RequestId] = frozenset()
    sealed: bool = False

    # --- From report to filing

    @classmethod
    def register(cls, act: Act, report: ReportRegistered) -> ReportRegistered:
        return registration.checked(report, act.effective_at)

    def accept(self, act: Act, review_until: datetime | None) -> CaseAccepted:
        self.require_open(act)
        if self.stage is not Stage.REPORTED:
            raise rules.CaseNotReported
        return reviews.accepted(act.effective_at, review_until, act.days.get(LimitScope.FILING))

    def extend_review(self, act: Act, until: datetime, reason: str) -> ReviewExtended:
        self.require_review(act)
        if until <= max(act.effective_at, self.review_until or act.effective_at):
            raise rules.ReviewLimitMustMoveForward
        if self.extendable_until is not None and until > self.extendable_until:
            raise rules.ReviewTooLong(field="until")
        return ReviewExtended(until=until, reason=required_text(reason, field="reason"))

    def file(self, act: Act, as_filed: Offences) -> CaseFiled:
        self.require_review(act)
        return CaseFiled(offences=offences.required(as_filed or self.offences))

    def retro_file(self, act: Act, as_filed: Offences, reason: str) -> RetroFiled:
        self.require_open(act)
        if self.stage in ONCE_FILED:
            raise rules.CaseAlreadyFiled
        return RetroFiled(offences=offences.required(as_filed or self.offences), reason=required_text(reason, field="reason"))

    def refuse_filing(self, act: Act, reason: RefusalReason, note: str) -> FilingRefused:
        self.require_review(act)
        return FilingRefused(reason=reason, note=free_text(note, field="note"))

    # --- Offences and persons

    def reclassify(self, act: Act, request: RequestId, after: Offences, reason: str) -> CaseReclassified | At | None:
        """Takes effect at once where every offence becomes one at least as grave; anything else waits for a second person."""
        self.require_open(act)
        if self.stage not in RECLASSIFIABLE:
            raise rules.CaseNotFiled
        if offences.same(offences.required(after), self.offences):
            return None
        self._no_fewer_than_cleared(after)
        change = CaseReclassified(before=self.offences, after=after, reason=required_text(reason, field="reason"))
        return change if offences.no_lesser(after, self.offences) else self._ask(act, request, change)

    def concerns(self, person: PersonId) -> bool:
        return person in self.suspects | self.warrants | self.arrested or any(person == each for each, _ in self.involved)

    def involve(self, act: Act, person: PersonId, role: PersonRole) -> PersonInvolved | None:
        self.require_open(act)
        return None if (person, role) in self.involved else PersonInvolved(person=person, role=role)

    def identify_suspect(self, act: Act, person: PersonId, *, warrant: bool) -> SuspectIdentified | None:
        self.require_open(act)
        known = person in self.suspects and (not warrant or person in self.warrants)
        return None if known else SuspectIdentified(person=person, warrant=warrant, known=person in self.suspects)

    def record_arrest(self, act: Act, person: PersonId) -> ArrestRecorded | None:
        self.require_open(act)
        if person not in self.suspects:
            raise rules.PersonNotSuspect
        if self.clearance is not None and self.clearance.kind is ClearanceKind.EXCEPTIONAL:
            raise rules.ArrestAfterExceptionalClearance
        return None if person in self.arrested else ArrestRecorded(person=person)

    # --- Clearance and withdrawal

    def clear(self, act: Act, request: RequestId, proposal: CaseCleared) -> At:
        self.require_open(act)
        proposal = replace(proposal, note=free_text(proposal.note, field="note"))
        self._clearable(proposal)
        return self._ask(act, request, proposal)

    def revoke_clearance(self, act: Act, reason: str) -> ClearanceRevoked:
        self.require_filed(act)
        if self.clearance is None:
            raise clearance.CaseNotCleared
        return ClearanceRevoked(reason=required_text(reason, field="reason"))

    def withdraw(self, act: Act, request: RequestId, proposal: CaseWithdrawn) -> At:
        self.require_open(act)
        proposal = replace(proposal, note=free_text(proposal.note, field="note"))
        self._withdrawable()
        return self._ask(act, request, proposal)

    # --- Four eyes

    def approve(self, act: Act, request: RequestId) -> At:
        """The proposal takes effect at the time it was proposed for, if it still can."""
        waiting = self._waiting(act, request)
        self.require_open(replace(act, effective_at=waiting.effective_at))
        match proposal := proposal_in(waiting):
            case CaseCleared():
                self._clearable(proposal)
            case CaseWithdrawn():
                self._withdrawable()
            case CaseReclassified():
                self._still_reclassifiable(proposal)
        return At(proposal, waiting.effective_at)

    def reject(self, act: Act, request: RequestId, reason: str) -> ApprovalRejected:
        self._waiting(act, request)
        return ApprovalRejected(request=request, reason=required_text(reason, field="reason"))

    # --- Conclusion, suspension, reopening

    def conclude(self, act: Act, outcome: str) -> CaseConcluded:
        self.require_filed(act)
        if outcome_of(outcome).clears and self.clearance is None:
            raise clearance.SolvedNeedsClearance
        return CaseConcluded(outcome=outcome)

    def transfer_for_prosecution(self, act: Act) -> ProsecutionTransferred:
        self.require_open(act)
        if self.stage is not Stage.CONCLUDED:
            raise rules.CaseNotConcluded
        if not self.suspects:
            raise rules.SuspectMissing
        return ProsecutionTransferred()

    def suspend(self, act: Act, reason: str) -> CaseSuspended:
        self.require_filed(act)
        self.require_uncleared()
        return CaseSuspended(reason=required_text(reason, field="reason"))

    def reopen(self, act: Act, reason: str) -> CaseReopened:
        self.require_open(act)
        if self.stage not in REOPENS_TO:
            raise rules.CaseCannotReopen
        if self.refiled:
            raise rules.CaseIsRefiled
        return CaseReopened(reason=required_text(reason, field="reason"))

    # --- Supervision

    def supervise(self, act: Act, level: str, reason: str) -> SupervisionSet | None:
        self.require_open(act)
        level = required_text(level, field="level")
        return None if level == self.supervision else SupervisionSet(level=level, reason=required_text(reason, field="reason"))

    def seal(self, reason: str) -> CaseSealed | None:
        return None if self.sealed else CaseSealed(reason=required_text(reason, field="reason"))

    def unseal(self, reason: str) -> CaseUnsealed | None:
        return CaseUnsealed(reason=required_text(reason, field="reason")) if self.sealed else None

    def lift_supervision(self, act: Act, reason: str) -> SupervisionSet:
        self.require_open(act)
        if self.supervision is None:
            raise rules.CaseNotSupervised
        return SupervisionSet(level=None, reason=required_text(reason, field="reason"))

    # --- What several decisions ask

    def require_open(self, act: Act) -> None:
        if self.merged_into is not None:
            raise rules.CaseIsMerged
        if self.before_occurrence(act.effective_at):
            raise rules.EffectiveBeforeOccurrence

    def before_occurrence(self, instant: datetime) -> bool:
        return self.occurred_from is not None and instant < self.occurred_from

    def require_review(self, act: Act) -> None:
        self.require_open(act)
        if self.stage not in IN_REVIEW:
            raise rules.CaseNotAccepted

    def require_filed(self, act: Act) -> None:
        self.require_open(act)
        if self.stage is not Stage.FILED:
            raise rules.CaseNotFiled

    def require_uncleared(self) -> None:
        if self.clearance is not None:
            raise clearance.CaseIsCleared

    def require_not_withdrawn(self) -> None:
        if self.stage is Stage.WITHDRAWN:
            raise rules.CaseIsWithdrawn

    def _no_fewer_than_cleared(self, after: Offences) -> None:
        if self.clearance is not None and offences.total(after) < self.clearance.offences:
            raise FewerOffencesThanCleared

    def _clearable(self, proposal: CaseCleared) -> None:
        if self.stage is not Stage.FILED:
            raise rules.CaseNotFiled
        self.require_uncleared()
        clearance.check(proposal, offences=offences.total(self.offences), arrests=bool(self.arrested))

    def _withdrawable(self) -> None:
        if self.stage not in {Stage.FILED, Stage.SUSPENDED}:
            raise rules.CaseNotFiled
        self.require_uncleared()

    def _still_reclassifiable(self, proposal: CaseReclassified) -> None:
        if self.stage not in RECLASSIFIABLE:
            raise rules.CaseNotFiled
        if not offences.same(proposal.before, self.offences):
            raise rules.ProposalOutdated
        self._no_fewer_than_cleared(proposal.after)

    def _ask(self, act: Act, request: RequestId, proposal: Proposal) -> At:
        if request in self.requests:
            raise rules.RequestExists
        return At(request_for(act, request, proposal), act.now)

    def _waiting(self, act: Act, request: RequestId) -> ApprovalRequested:
        found = next((each for each in self.pending if each.request == request), None)
        if found is None:
            raise rules.RequestUnknown
        return not_ones_own(found, act.by)

    # --- History

    @classmethod
    def begin(cls, event: ReportRegistered) -> Case:
        return cls(division=event.division, station=event.station, offences=event.offences, occurred_from=event.occurred_from)

    def apply(self, event: CaseChange) -> Case:  # noqa: C901, PLR0911, PLR0912 - one case for each event
        match event:
            case CaseAccepted(review_until=until, extendable_until=farthest):
                return evolve(self, stage=Stage.ACCEPTED, review_until=until, extendable_until=farthest)
            case ReviewExtended(until=until):
                return evolve(self, stage=Stage.UNDER_REVIEW, review_until=until)
            case CaseFiled(offences=filed) | RetroFiled(offences=filed):
                return evolve(self, stage=Stage.FILED, offences=filed)
            case FilingRefused():
                return evolve(self, stage=Stage.NOT_FILED)
            case CaseReclassified(after=after, request=request):
                return evolve(self._settled(request), offences=after)
            case PersonInvolved(person=person, role=role):
                return evolve(self, involved=self.involved | {(person, role)})
            case SuspectIdentified(person=person, warrant=warrant):
                warrants = self.warrants | {person} if warrant else self.warrants
                return evolve(self, suspects=self.suspects | {person}, warrants=warrants)
            case ArrestRecorded(person=person):
                return evolve(self, arrested=self.arrested | {person})
            case CaseCleared(request=request):
                return evolve(self._settled(request), clearance=event)
            case ClearanceRevoked():
                return evolve(self, clearance=None)
            case CaseWithdrawn(request=request):
                return evolve(self._settled(request), stage=Stage.WITHDRAWN)
            case CaseRefiled():
                return evolve(self, refiled=True)
            case CaseConcluded():
                return evolve(self, stage=Stage.CONCLUDED)
            case ProsecutionTransferred():
                return evolve(self, stage=Stage.TRANSFERRED)
            case CaseSuspended():
                return evolve(self, stage=Stage.SUSPENDED)
            case CaseReopened():
                return evolve(self, stage=REOPENS_TO.get(self.stage, self.stage))
            case CaseLinked(series=series):
                return evolve(self, series=series)
            case CaseUnlinked():
                return evolve(self, series=None)
            case CaseMerged(into=into):
                return evolve(self, merged_into=into)
            case CaseUnmerged():
                return evolve(self, merged_into=None)
            case CaseAbsorbed() | CaseReleased():
                return self
            case CaseSplit(remaining=remaining):
                return evolve(self, offences=remaining)
            case JurisdictionTransferred(to_station=station, to_division=division):
                return evolve(self, station=station, division=division)
            case SupervisionSet(level=level):
                return evolve(self, supervision=level)
            case CaseSealed() | CaseUnsealed():
                return evolve(self, sealed=isinstance(event, CaseSealed))
            case ApprovalRequested(request=request):
                return evolve(self, pending=(*self.pending, event), requests=self.requests | {request})
            case ApprovalRejected(request=request):
                return self._settled(request)
            case CaseFactCorrected():
                return self._corrected(event)
            case _:
                assert_never(event)

    def _settled(self, request: RequestId | None) -> Case:
        return evolve(self, pending=tuple(each for each in self.pending if each.request != request)) if request else self

    def _corrected(self, event: CaseFactCorrected) -> Case:
        match event.fact:
            case CaseFact.OCCURRED_AT:
                return evolve(self, occurred_from=event.instant)
            case CaseFact.OFFENCE_TYPE if event.old_code and event.code:
                return evolve(self, offences=offences.retyped(self.offences, event.old_code, event.code))
            case CaseFact.PLACE:
                return evolve(self, division=event.division or self.division, station=event.station or self.station)
            case _:
                return self
