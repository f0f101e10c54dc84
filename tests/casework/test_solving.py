"""Clearances and withdrawals: the definitions of UCR, and the second person without whom neither happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.casework.clearance import (
    ArrestMissing,
    CaseIsCleared,
    CaseNotCleared,
    ClearedCountOutOfRange,
    ExceptionalNeedsFourFacts,
    ExceptionalWithArrest,
    GroundsOnlyForExceptional,
    OutcomeDoesNotFit,
)
from domain.casework.events import (
    ApprovalRejected,
    ArrestRecorded,
    CaseCleared,
    CaseFact,
    CaseFactCorrected,
    CaseFiled,
    CaseMerged,
    CaseReclassified,
    CaseSuspended,
    CaseWithdrawn,
    ClearanceKind,
    ClearanceRevoked,
    ExceptionalGrounds,
    ExceptionalReason,
    Offence,
    SuspectIdentified,
    WithdrawalReason,
)
from domain.casework.offences import FewerOffencesThanCleared, OffencesMissing
from domain.casework.outcomes import OutcomeUnknown
from domain.casework.rules import (
    ApproverIsRequester,
    ArrestAfterExceptionalClearance,
    CaseIsMerged,
    CaseNotFiled,
    EffectiveBeforeOccurrence,
    PersonNotSuspect,
    ProposalOutdated,
    RequestExists,
    RequestUnknown,
)
from domain.events import At
from domain.ids import CorrectionId
from domain.rules import NeedsSecondApprover, TextMissing
from tests.casework.stories import LI, NOON, OTHER_CASE, OTHER_REQUEST, REQUEST, SUSPECT, THEFTS, WANG, act, bare, case, named

HOUR = timedelta(hours=1)
FILED = CaseFiled(offences=THEFTS)
SUSPECTED = SuspectIdentified(person=SUSPECT)
ARRESTED = ArrestRecorded(person=SUSPECT)
GROUNDS = ExceptionalGrounds(
    offender_identified=True, evidence_sufficient=True, location_known=True, reason=ExceptionalReason.DEATH_OF_OFFENDER
)
BY_ARREST = CaseCleared(kind=ClearanceKind.ARREST, outcome="CHARGED", offences=3)
EXCEPTIONAL = CaseCleared(kind=ClearanceKind.EXCEPTIONAL, outcome="OFFENDER_DIED", offences=3, grounds=GROUNDS)
OTHERWISE = CaseCleared(kind=ClearanceKind.OTHER, outcome="CLOSED_BY_SOURCE", offences=3, dated=False)
WITHDRAWN = CaseWithdrawn(reason=WithdrawalReason.NO_CRIME)


def asked(state, proposal, by=LI, at=NOON, request=REQUEST):
    return bare(state.clear(act(by, at), request, proposal))


class TestClearance:
    @pytest.mark.parametrize(
        ("past", "proposal"),
        [((SUSPECTED, ARRESTED), BY_ARREST), ((SUSPECTED,), EXCEPTIONAL), ((), OTHERWISE), ((SUSPECTED, ARRESTED), OTHERWISE)],
    )
    def test_it_waits_for_a_second_person_and_then_happens_when_it_was_proposed_for(self, past, proposal):
        state = case(FILED, *past)
        request = asked(state, proposal)
        waiting = state.apply(request)
        assert waiting.clearance is None
        cleared = replace(proposal, request=REQUEST, requested_by=LI)
        assert waiting.approve(act(WANG, NOON + HOUR), REQUEST) == At(cleared, NOON)
        after = waiting.apply(cleared)
        assert (after.clearance, after.pending) == (cleared, ())

    def test_by_arrest_needs_an_arrest(self):
        with pytest.raises(ArrestMissing):
            asked(case(FILED, SUSPECTED), BY_ARREST)

    def test_exceptional_never_goes_with_an_arrest(self):
        with pytest.raises(ExceptionalWithArrest):
            asked(case(FILED, SUSPECTED, ARRESTED), EXCEPTIONAL)
        with pytest.raises(ArrestAfterExceptionalClearance):
            case(FILED, SUSPECTED, EXCEPTIONAL).record_arrest(act(), SUSPECT)

    def test_an_arrest_meanwhile_forbids_the_exceptional_clearance(self):
        state = case(FILED, SUSPECTED)
        waiting = state.apply(asked(state, EXCEPTIONAL)).apply(ARRESTED)
        with pytest.raises(ExceptionalWithArrest):
            waiting.approve(act(WANG), REQUEST)

    @pytest.mark.parametrize("missing", ["offender_identified", "evidence_sufficient", "location_known"])
    def test_each_of_the_facts_is_needed(self, missing):
        with pytest.raises(ExceptionalNeedsFourFacts):
            asked(case(FILED), replace(EXCEPTIONAL, grounds=replace(GROUNDS, **{missing: False})))

    def test_exceptional_needs_its_grounds_and_the_reason_of_its_outcome(self):
        with pytest.raises(ExceptionalNeedsFourFacts):
            asked(case(FILED), replace(EXCEPTIONAL, grounds=None))
        with pytest.raises(OutcomeDoesNotFit):
            asked(case(FILED), replace(EXCEPTIONAL, grounds=replace(GROUNDS, reason=ExceptionalReason.VICTIM_REFUSED)))

    @pytest.mark.parametrize("proposal", [BY_ARREST, OTHERWISE])
    def test_no_other_kind_has_grounds(self, proposal):
        with pytest.raises(GroundsOnlyForExceptional):
            asked(case(FILED, SUSPECTED, ARRESTED), replace(proposal, grounds=GROUNDS))

    @pytest.mark.parametrize("outcome", ["NO_SUSPECT", "OFFENDER_DIED", "CLOSED_BY_SOURCE"])
    def test_the_outcome_fits_the_kind(self, outcome):
        with pytest.raises(OutcomeDoesNotFit):
            asked(case(FILED, SUSPECTED, ARRESTED), replace(BY_ARREST, outcome=outcome))

    def test_the_outcome_is_on_the_list(self):
        with pytest.raises(OutcomeUnknown):
            asked(case(FILED), replace(OTHERWISE, outcome="SOLVED"))

    @pytest.mark.parametrize("count", [-1, 0, 4])
    def test_one_to_all_offences_are_cleared(self, count):
        with pytest.raises(ClearedCountOutOfRange):
            asked(case(FILED), replace(OTHERWISE, offences=count))
        assert asked(case(FILED), replace(OTHERWISE, offences=1)).clearance.offences == 1

    @pytest.mark.parametrize("past", [(), (FILED, CaseSuspended(reason="x")), (FILED, WITHDRAWN)])
    def test_only_a_filed_case_is_cleared(self, past):
        with pytest.raises(CaseNotFiled):
            asked(case(*past), OTHERWISE)

    def test_one_clearance_at_a_time(self):
        with pytest.raises(CaseIsCleared):
            asked(case(FILED, OTHERWISE), OTHERWISE)

    def test_not_before_the_occurrence_even_when_that_was_corrected_meanwhile(self):
        state = case(FILED)
        correction = CaseFactCorrected(
            correction=CorrectionId(named("correction")), fact=CaseFact.OCCURRED_AT, corrects=1, reason="x", instant=NOON + HOUR
        )
        waiting = state.apply(asked(state, OTHERWISE)).apply(correction)
        with pytest.raises(EffectiveBeforeOccurrence):
            waiting.approve(act(WANG, NOON + 2 * HOUR), REQUEST)

    def test_clear_then_revoke_leaves_the_case_as_it_was(self):
        assert case(FILED, OTHERWISE, ClearanceRevoked(reason="Wrong.")) == case(FILED)
        with pytest.raises(CaseNotCleared):
            case(FILED, OTHERWISE, ClearanceRevoked(reason="Wrong.")).revoke_clearance(act(), "Again.")

    def test_only_a_suspect_is_arrested_and_once(self):
        with pytest.raises(PersonNotSuspect):
            case(FILED).record_arrest(act(), SUSPECT)
        assert case(FILED, SUSPECTED, ARRESTED).record_arrest(act(), SUSPECT) is None

    def test_a_warrant_that_comes_later_is_news(self):
        assert case(SUSPECTED).identify_suspect(act(), SUSPECT, warrant=False) is None
        wanted = case(SUSPECTED).identify_suspect(act(), SUSPECT, warrant=True)
        assert wanted == SuspectIdentified(person=SUSPECT, warrant=True, known=True)
        assert case(SUSPECTED, wanted).identify_suspect(act(), SUSPECT, warrant=True) is None


class TestWithdrawal:
    def test_it_waits_too(self):
        state = case(FILED)
        request = bare(state.withdraw(act(), REQUEST, WITHDRAWN))
        assert request.withdrawal == replace(WITHDRAWN, request=REQUEST, requested_by=LI)
        assert bare(state.apply(request).approve(act(WANG), REQUEST)) == request.withdrawal

    def test_what_is_cleared_or_not_filed_is_not_withdrawn(self):
        with pytest.raises(CaseIsCleared):
            case(FILED, OTHERWISE).withdraw(act(), REQUEST, WITHDRAWN)
        with pytest.raises(CaseNotFiled):
            case().withdraw(act(), REQUEST, WITHDRAWN)


class TestFourEyes:
    def waiting(self):
        state = case(FILED)
        return state.apply(asked(state, OTHERWISE))

    def test_nobody_decides_on_their_own_request(self):
        with pytest.raises(ApproverIsRequester):
            self.waiting().approve(act(LI), REQUEST)
        with pytest.raises(ApproverIsRequester):
            self.waiting().reject(act(LI), REQUEST, "No.")
        assert issubclass(ApproverIsRequester, NeedsSecondApprover)

    def test_what_was_never_asked_or_is_decided_is_unknown(self):
        with pytest.raises(RequestUnknown):
            self.waiting().approve(act(WANG), OTHER_REQUEST)
        with pytest.raises(RequestUnknown):
            self.waiting().apply(ApprovalRejected(request=REQUEST, reason="No.")).approve(act(WANG), REQUEST)

    def test_a_request_id_is_used_once(self):
        decided = self.waiting().apply(ApprovalRejected(request=REQUEST, reason="No."))
        for state in (self.waiting(), decided):
            with pytest.raises(RequestExists):
                asked(state, OTHERWISE)

    def test_a_rejection_needs_a_reason(self):
        with pytest.raises(TextMissing):
            self.waiting().reject(act(WANG), REQUEST, "")
        assert self.waiting().reject(act(WANG), REQUEST, "No.") == ApprovalRejected(request=REQUEST, reason="No.")

    def test_of_two_requests_the_second_can_no_longer_happen(self):
        two = self.waiting().apply(asked(self.waiting(), OTHERWISE, request=OTHER_REQUEST))
        after = two.apply(bare(two.approve(act(WANG), REQUEST)))
        with pytest.raises(CaseIsCleared):
            after.approve(act(WANG), OTHER_REQUEST)

    def test_nothing_is_approved_on_a_merged_case(self):
        with pytest.raises(CaseIsMerged):
            self.waiting().apply(CaseMerged(into=OTHER_CASE, reason="Same.")).approve(act(WANG), REQUEST)

    def test_the_request_is_made_now_whatever_time_it_is_for(self):
        request = case(FILED).clear(act(LI, NOON, NOON + HOUR), REQUEST, OTHERWISE)
        assert isinstance(request, At)
        assert request.effective_at == NOON + HOUR
        assert bare(request).effective_at == NOON


class TestReclassification:
    @pytest.mark.parametrize(
        "after",
        [
            (Offence("ROBBERY", 3),),
            (Offence("THEFT", 2), Offence("BURGLARY")),
            (Offence("THEFT", 3), Offence("UNHEARD_OF")),
            (Offence("PICKPOCKETING", 3),),
        ],
    )
    def test_to_graver_types_it_happens_at_once(self, after):
        change = case(FILED).reclassify(act(), REQUEST, after, "Violence.")
        assert change == CaseReclassified(before=THEFTS, after=after, reason="Violence.")

    @pytest.mark.parametrize(
        "after",
        [
            (Offence("FRAUD", 3),),
            (Offence("UNHEARD_OF", 3),),
            (Offence("THEFT", 2),),
            (Offence("THEFT", 2), Offence("FRAUD")),
            (Offence("ROBBERY"),),
        ],
    )
    def test_to_lesser_or_incomparable_ones_it_waits(self, after):
        request = bare(case(FILED).reclassify(act(), REQUEST, after, "Mistaken."))
        waiting = case(FILED).apply(request)
        assert waiting.offences == THEFTS
        assert waiting.apply(bare(waiting.approve(act(WANG), REQUEST))).offences == after

    def test_part_two_offences_are_not_comparable(self):
        fraud = CaseFiled(offences=(Offence("FRAUD"),))
        assert isinstance(case(fraud).reclassify(act(), REQUEST, (Offence("EXTORTION"),), "Mistaken."), At)

    def test_the_same_offences_are_no_news(self):
        assert case(FILED).reclassify(act(), REQUEST, THEFTS, "") is None

    def test_it_is_outdated_when_the_offences_have_changed(self):
        lesser = bare(case(FILED).reclassify(act(), REQUEST, (Offence("FRAUD", 3),), "Mistaken."))
        graver = case(FILED).reclassify(act(), OTHER_REQUEST, (Offence("ROBBERY", 3),), "Violence.")
        with pytest.raises(ProposalOutdated):
            case(FILED, lesser, graver).approve(act(WANG), REQUEST)

    def test_no_fewer_than_are_cleared(self):
        with pytest.raises(FewerOffencesThanCleared):
            case(FILED, OTHERWISE).reclassify(act(), REQUEST, (Offence("ROBBERY", 2),), "Violence.")

    def test_something_is_left(self):
        with pytest.raises(OffencesMissing):
            case(FILED).reclassify(act(), REQUEST, (), "Nothing.")
