"""A case from its report to its outcome: what each stage allows and refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.casework import cases
from domain.casework.case import Case
from domain.casework.clearance import CaseIsCleared, CaseNotCleared, SolvedNeedsClearance
from domain.casework.events import (
    ApprovalRequested,
    CaseAccepted,
    CaseCleared,
    CaseConcluded,
    CaseFiled,
    CaseReopened,
    CaseSuspended,
    CaseWithdrawn,
    ClearanceKind,
    FilingRefused,
    Offence,
    ProsecutionTransferred,
    RefusalReason,
    ReportRegistered,
    RetroFiled,
    SuspectIdentified,
    WithdrawalReason,
)
from domain.casework.offence_types import OffenceTypeMalformed
from domain.casework.offences import OffenceCountOutOfRange, OffencesMissing, OffenceTwice, TooManyOffenceTypes
from domain.casework.rules import (
    CaseAlreadyFiled,
    CaseCannotReopen,
    CaseNotAccepted,
    CaseNotConcluded,
    CaseNotFiled,
    CaseNotReported,
    CaseNumberMalformed,
    EffectiveBeforeOccurrence,
    OccurrenceEndsBeforeItBegins,
    OccurrenceInFuture,
    ReviewLimitMustMoveForward,
    SuspectMissing,
)
from domain.casework.stages import Stage
from domain.rules import TextHoldsPersonalData, TextMissing
from tests.casework.stories import CASE, NOON, REQUEST, SUSPECT, THEFTS, Office, act, case, registered

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ACCEPTED = CaseAccepted(review_until=NOON + DAY)
FILED = CaseFiled(offences=THEFTS)
CLEARED = CaseCleared(kind=ClearanceKind.OTHER, outcome="CLOSED_BY_SOURCE", offences=3)
WITHDRAWN = CaseWithdrawn(reason=WithdrawalReason.NO_CRIME)
CONCLUDED = CaseConcluded(outcome="NO_SUSPECT")
SUSPENDED = CaseSuspended(reason="No leads.")
REFUSED = FilingRefused(reason=RefusalReason.NO_FACTS)


class TestRegistration:
    def test_texts_are_stripped(self):
        report = Case.register(act(), registered(number=" A1 ", address=" Minzu Road "))
        assert (report.number, report.address) == ("A1", "Minzu Road")

    @pytest.mark.parametrize("number", ["", "  ", "A\n1", "A" * 65])
    def test_a_number_is_printable(self, number):
        with pytest.raises(CaseNumberMalformed):
            Case.register(act(), registered(number=number))

    def test_the_occurrence_lies_before_the_report(self):
        with pytest.raises(OccurrenceInFuture):
            Case.register(act(), registered(occurred_from=NOON + HOUR))
        with pytest.raises(OccurrenceInFuture):
            Case.register(act(), registered(occurred_to=NOON + HOUR))

    def test_the_occurrence_ends_after_it_begins(self):
        with pytest.raises(OccurrenceEndsBeforeItBegins):
            Case.register(act(), registered(occurred_from=NOON, occurred_to=NOON - HOUR))

    @pytest.mark.parametrize(
        ("offences", "rule"),
        [
            ((Offence("theft"),), OffenceTypeMalformed),
            ((Offence("A B"),), OffenceTypeMalformed),
            ((Offence("THEFT", 0),), OffenceCountOutOfRange),
            ((Offence("THEFT", 10_000),), OffenceCountOutOfRange),
            ((Offence("THEFT"), Offence("THEFT")), OffenceTwice),
            (tuple(Offence(f"T{n}") for n in range(51)), TooManyOffenceTypes),
        ],
    )
    def test_offences_are_well_formed(self, offences, rule):
        with pytest.raises(rule):
            Case.register(act(), registered(offences=offences))

    def test_unknown_types_are_allowed(self):
        assert Case.register(act(), registered(offences=(Offence("010203"),))).offences == (Offence("010203"),)

    def test_no_phone_number_stands_in_an_event(self):
        with pytest.raises(TextHoldsPersonalData):
            Case.register(act(), registered(summary="Call 138 1234 5678"))

    def test_a_station_and_a_division_are_named(self):
        with pytest.raises(TextMissing):
            Case.register(act(), registered(station=""))


class TestReview:
    def test_a_case_is_accepted_once(self):
        assert case().accept(act(), NOON + DAY) == ACCEPTED
        with pytest.raises(CaseNotReported):
            case(ACCEPTED).accept(act(), None)

    def test_the_limit_lies_ahead(self):
        with pytest.raises(ReviewLimitMustMoveForward):
            case().accept(act(), NOON)

    @pytest.mark.parametrize("until", [NOON + DAY, NOON + HOUR, NOON - DAY])
    def test_the_limit_moves_forward(self, until):
        with pytest.raises(ReviewLimitMustMoveForward):
            case(ACCEPTED).extend_review(act(), until, "Complex.")

    def test_an_extension_needs_a_reason(self):
        with pytest.raises(TextMissing):
            case(ACCEPTED).extend_review(act(), NOON + 2 * DAY, " ")

    def test_filing_takes_the_registered_offences_unless_told(self):
        assert case(ACCEPTED).file(act(), ()) == FILED
        assert case(ACCEPTED).file(act(), (Offence("ROBBERY"),)) == CaseFiled(offences=(Offence("ROBBERY"),))

    def test_filing_needs_an_offence(self):
        with pytest.raises(OffencesMissing):
            case(ACCEPTED, report=registered(offences=())).file(act(), ())

    def test_only_a_case_under_review_is_filed_or_refused(self):
        for state in (case(), case(ACCEPTED, FILED), case(ACCEPTED, REFUSED)):
            with pytest.raises(CaseNotAccepted):
                state.file(act(), ())
            with pytest.raises(CaseNotAccepted):
                state.refuse_filing(act(), RefusalReason.NO_FACTS, "")

    @pytest.mark.parametrize("past", [(), (ACCEPTED,), (ACCEPTED, REFUSED)])
    def test_what_was_never_filed_can_be_filed_late(self, past):
        assert case(*past).retro_file(act(), (), "Overlooked.") == RetroFiled(offences=THEFTS, reason="Overlooked.")

    @pytest.mark.parametrize("past", [(), (SUSPENDED,), (WITHDRAWN,), (CONCLUDED,)])
    def test_what_was_filed_is_not_filed_late(self, past):
        with pytest.raises(CaseAlreadyFiled):
            case(FILED, *past).retro_file(act(), (), "Overlooked.")

    def test_nothing_happens_before_the_occurrence(self):
        with pytest.raises(EffectiveBeforeOccurrence):
            case(ACCEPTED, report=registered(occurred_from=NOON)).file(act(at=NOON - HOUR), ())


class TestEnd:
    def test_a_filed_case_is_concluded(self):
        assert case(FILED).conclude(act(), "NO_SUSPECT") == CONCLUDED
        with pytest.raises(CaseNotFiled):
            case(ACCEPTED).conclude(act(), "NO_SUSPECT")

    def test_concluded_as_solved_needs_a_clearance(self):
        with pytest.raises(SolvedNeedsClearance):
            case(FILED).conclude(act(), "CHARGED")
        assert case(FILED, CLEARED).conclude(act(), "CHARGED") == CaseConcluded(outcome="CHARGED")

    def test_prosecution_follows_a_conclusion_and_needs_a_suspect(self):
        suspect = SuspectIdentified(person=SUSPECT)
        assert case(FILED, suspect, CONCLUDED).transfer_for_prosecution(act()) == ProsecutionTransferred()
        with pytest.raises(SuspectMissing):
            case(FILED, CONCLUDED).transfer_for_prosecution(act())
        with pytest.raises(CaseNotConcluded):
            case(FILED, suspect).transfer_for_prosecution(act())

    def test_a_solved_case_is_not_suspended(self):
        with pytest.raises(CaseIsCleared):
            case(FILED, CLEARED).suspend(act(), "No leads.")

    @pytest.mark.parametrize(
        ("past", "stage"),
        [
            ((ACCEPTED, REFUSED), Stage.ACCEPTED),
            ((FILED, SUSPENDED), Stage.FILED),
            ((FILED, CONCLUDED), Stage.FILED),
            ((FILED, CONCLUDED, ProsecutionTransferred()), Stage.FILED),
            ((FILED, WITHDRAWN), Stage.FILED),
        ],
    )
    def test_what_ended_can_be_reopened(self, past, stage):
        state = case(*past)
        assert state.apply(state.reopen(act(), "New facts.")).stage is stage

    @pytest.mark.parametrize("past", [(), (ACCEPTED,), (FILED,), (FILED, CLEARED)])
    def test_what_goes_on_is_not_reopened(self, past):
        with pytest.raises(CaseCannotReopen):
            case(*past).reopen(act(), "New facts.")

    def test_a_clearance_outlives_the_reopening(self):
        assert case(FILED, CLEARED, CaseConcluded(outcome="CHARGED"), CaseReopened(reason="More.")).clearance == CLEARED

    def test_only_a_standing_clearance_is_revoked(self):
        assert case(FILED, CLEARED, case(FILED, CLEARED).revoke_clearance(act(), "Wrong.")).clearance is None
        with pytest.raises(CaseNotCleared):
            case(FILED).revoke_clearance(act(), "Wrong.")


def test_the_whole_way():
    office = Office()
    office.carry_out(cases.register(CASE, "A1", registered().division, registered().station, THEFTS))
    office.carry_out(cases.accept(CASE, NOON + DAY))
    office.carry_out(cases.extend_review(CASE, NOON + 3 * DAY, "Complex."))
    office.carry_out(cases.file(CASE))
    office.carry_out(cases.identify_suspect(CASE, SUSPECT, warrant=True))
    office.carry_out(cases.record_arrest(CASE, SUSPECT))
    (asked,) = office.carry_out(cases.clear(CASE, REQUEST, ClearanceKind.ARREST, "CHARGED"))
    assert isinstance(asked, ApprovalRequested)
    assert office.states[CASE].clearance is None
    (cleared,) = office.carry_out(cases.approve(CASE, REQUEST), by=registered().station)
    assert isinstance(cleared, CaseCleared)
    assert cleared.offences == 3
    office.carry_out(cases.conclude(CASE, "CHARGED"))
    office.carry_out(cases.transfer_for_prosecution(CASE))
    assert office.states[CASE].stage is Stage.TRANSFERRED
    assert isinstance(office.events[CASE][0], ReportRegistered)
