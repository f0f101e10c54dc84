"""Requests for correction: what can be asked, who decides, and what a case makes of it."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from application.casework import cases, corrections
from application.casework.policies import correct_the_case, note_the_alarm_corrected, note_the_order_corrected
from domain.casework.clearance import CaseNotCleared
from domain.casework.correction import (
    CorrectedTimeInFuture,
    CorrectionDecided,
    CorrectionFactUnknown,
    CorrectionNotApproved,
    CorrectionOfAnother,
    CorrectionPositionInvalid,
    CorrectionReplacesNothing,
    CorrectionSubjectUnclear,
    CorrectionValueDoesNotFit,
)
from domain.casework.events import (
    CaseCleared,
    CaseFact,
    CaseFactCorrected,
    CaseFiled,
    ClearanceKind,
    CorrectionApproved,
    CorrectionLapsed,
    CorrectionRequested,
    Offence,
    SubjectKind,
)
from domain.casework.rules import ApproverIsRequester, CaseNotFiled, EffectiveBeforeOccurrence
from domain.dispatching.events import AlarmFact, AlarmFactCorrected, AlarmOpened, IntakeKind, OrderFact, OrderFactCorrected, UnitArrived
from domain.events import Recorded
from domain.ids import AlarmId, CorrectionId, OrderId
from domain.places import Point
from domain.rules import TextMissing
from tests.casework.stories import (
    CASE,
    DIVISION,
    LI,
    NOON,
    OTHER_CASE,
    OTHER_DIVISION,
    OTHER_STATION,
    STATION,
    THEFTS,
    WANG,
    Office,
    case,
    named,
    registered,
)

HOUR = timedelta(hours=1)
CORRECTION = CorrectionId(named("correction"))
ALARM, ORDER = AlarmId(named("alarm")), OrderId(named("order"))
FILED = CaseFiled(offences=THEFTS)
HERE = Point(106.5, 29.5)


REGISTERED_AT, FILED_AT, OTHERS_FILED_AT, OPENED_AT, ARRIVED_AT, CLEARED_AT = range(1, 7)
STATED_AT = {
    CaseFact.FILED_AT: FILED_AT,
    CaseFact.OFFENCE_TYPE: FILED_AT,
    CaseFact.CLEARED_AT: CLEARED_AT,
    OrderFact.ARRIVED_AT: ARRIVED_AT,
}


def ask(**given: Any):
    position = OPENED_AT if "alarm" in given else STATED_AT.get(given["fact"], REGISTERED_AT)
    told = {"correction": CORRECTION, "subject": SubjectKind.CASE, "case": CASE, "corrects": position, "reason": "Typed wrongly."}
    if given.get("subject", SubjectKind.CASE) is not SubjectKind.CASE:
        told.pop("case")
    return corrections.ask(**(told | given))


def office():
    return Office(states={CASE: case(FILED), OTHER_CASE: case(FILED)}, now=NOON, records=RECORDS)


def recorded(event, originator: UUID = CORRECTION, position: int = 1) -> Recorded[Any]:
    return Recorded(
        position=position,
        originator_id=originator,
        version=1,
        event=event,
        effective_at=NOON,
        device_at=None,
        recorded_at=NOON,
        by=LI,
        organisation=STATION,
        command_id=named("command"),
        causation=None,
        correlation=named("command"),
    )


OPENED = AlarmOpened(kind=IntakeKind.ALARM, division=DIVISION, station=STATION)
RECORDS = {
    REGISTERED_AT: recorded(registered(), CASE),
    FILED_AT: recorded(FILED, CASE, FILED_AT),
    OTHERS_FILED_AT: recorded(FILED, OTHER_CASE, OTHERS_FILED_AT),
    OPENED_AT: recorded(OPENED, ALARM, OPENED_AT),
    ARRIVED_AT: recorded(UnitArrived(), ORDER, ARRIVED_AT),
    CLEARED_AT: recorded(CaseCleared(kind=ClearanceKind.ARREST, offences=3, outcome="CHARGED"), CASE, CLEARED_AT),
}


class TestAsking:
    @pytest.mark.parametrize(
        "given",
        [
            {"fact": CaseFact.FILED_AT, "instant": NOON - HOUR},
            {"fact": CaseFact.OCCURRED_AT, "instant": NOON - HOUR},
            {"fact": CaseFact.OFFENCE_TYPE, "old_code": "THEFT", "code": "FRAUD"},
            {"fact": CaseFact.PLACE, "place": HERE},
            {"fact": CaseFact.PLACE, "place": HERE, "division": OTHER_DIVISION, "station": OTHER_STATION},
            {"subject": SubjectKind.ALARM, "alarm": ALARM, "fact": AlarmFact.ALARM_TYPE, "code": "FIRE"},
            {"subject": SubjectKind.ALARM, "alarm": ALARM, "fact": AlarmFact.RECEIVED_AT, "instant": NOON - HOUR},
            {"subject": SubjectKind.ORDER, "order": ORDER, "fact": OrderFact.ARRIVED_AT, "instant": NOON - HOUR},
        ],
    )
    def test_a_value_that_fits_is_taken(self, given):
        (asked,) = office().carry_out(ask(**given))
        assert (asked.requested_by, asked.fact) == (LI, given["fact"])

    @pytest.mark.parametrize(
        ("given", "rule"),
        [
            ({"fact": CaseFact.FILED_AT}, CorrectionValueDoesNotFit),
            ({"fact": CaseFact.FILED_AT, "instant": NOON, "code": "THEFT"}, CorrectionValueDoesNotFit),
            ({"fact": CaseFact.OFFENCE_TYPE, "code": "FRAUD"}, CorrectionValueDoesNotFit),
            ({"fact": CaseFact.FILED_AT, "instant": NOON, "station": OTHER_STATION}, CorrectionValueDoesNotFit),
            ({"fact": CaseFact.FILED_AT, "instant": NOON + HOUR}, CorrectedTimeInFuture),
            ({"fact": "NUMBER", "code": "A2"}, CorrectionFactUnknown),
            ({"fact": AlarmFact.ALARM_TYPE, "code": "FIRE"}, CorrectionFactUnknown),
            ({"fact": CaseFact.FILED_AT, "instant": NOON, "alarm": ALARM}, CorrectionSubjectUnclear),
            ({"subject": SubjectKind.ALARM, "fact": AlarmFact.ALARM_TYPE, "code": "FIRE"}, CorrectionSubjectUnclear),
            ({"subject": SubjectKind.ORDER, "alarm": ALARM, "fact": OrderFact.ARRIVED_AT, "instant": NOON}, CorrectionSubjectUnclear),
            ({"fact": CaseFact.FILED_AT, "instant": NOON, "corrects": 0}, CorrectionPositionInvalid),
            ({"fact": CaseFact.FILED_AT, "instant": NOON, "corrects": 99}, CorrectionPositionInvalid),
            ({"fact": CaseFact.FILED_AT, "instant": NOON, "corrects": OTHERS_FILED_AT}, CorrectionPositionInvalid),
            ({"fact": CaseFact.FILED_AT, "instant": NOON, "corrects": REGISTERED_AT}, CorrectionPositionInvalid),
            ({"fact": CaseFact.FILED_AT, "instant": NOON, "reason": " "}, TextMissing),
            ({"fact": CaseFact.OFFENCE_TYPE, "old_code": "ROBBERY", "code": "FRAUD"}, CorrectionReplacesNothing),
            ({"fact": CaseFact.CLEARED_AT, "instant": NOON}, CaseNotCleared),
        ],
    )
    def test_what_does_not_fit_is_refused(self, given, rule):
        with pytest.raises(rule):
            office().carry_out(ask(**given))

    def test_a_case_that_was_never_filed_has_no_time_of_filing(self):
        with pytest.raises(CaseNotFiled):
            Office(states={CASE: case()}, records=RECORDS).carry_out(ask(fact=CaseFact.FILED_AT, instant=NOON))

    def test_nothing_was_filed_before_it_occurred(self):
        it = Office(states={CASE: case(FILED, report=registered(occurred_from=NOON))}, records=RECORDS)
        with pytest.raises(EffectiveBeforeOccurrence):
            it.carry_out(ask(fact=CaseFact.FILED_AT, instant=NOON - HOUR))


class TestDeciding:
    def asked(self):
        it = office()
        it.carry_out(ask(fact=CaseFact.FILED_AT, instant=NOON - HOUR))
        return it

    @pytest.mark.parametrize(
        "decision", [corrections.approve(CORRECTION), corrections.reject(CORRECTION, "No.")], ids=["approve", "reject"]
    )
    def test_nobody_decides_on_their_own(self, decision):
        with pytest.raises(ApproverIsRequester):
            self.asked().carry_out(decision, by=LI)

    @pytest.mark.parametrize("first", [corrections.approve(CORRECTION), corrections.reject(CORRECTION, "No.")], ids=["approve", "reject"])
    def test_it_is_decided_once(self, first):
        it = self.asked()
        it.carry_out(first, by=WANG)
        with pytest.raises(CorrectionDecided):
            it.carry_out(corrections.approve(CORRECTION), by=WANG)

    def test_the_approval_repeats_what_was_asked(self):
        it = self.asked()
        (approved,) = it.carry_out(corrections.approve(CORRECTION), by=WANG)
        asked = it.states[CORRECTION].asked
        assert {f.name for f in fields(CorrectionRequested)} == {f.name for f in fields(CorrectionApproved)}
        assert all(getattr(approved, f.name) == getattr(asked, f.name) for f in fields(asked))

    def test_only_what_is_approved_is_applied_and_once(self):
        it = self.asked()
        apply = cases.apply_correction(CASE, CORRECTION)
        with pytest.raises(CorrectionNotApproved):
            it.carry_out(apply)
        it.carry_out(corrections.approve(CORRECTION), by=WANG)
        with pytest.raises(CorrectionOfAnother):
            it.carry_out(cases.apply_correction(OTHER_CASE, CORRECTION))
        corrected, _ = it.carry_out(apply)
        assert corrected == CaseFactCorrected(
            correction=CORRECTION, fact=CaseFact.FILED_AT, corrects=FILED_AT, reason="Typed wrongly.", instant=NOON - HOUR
        )
        with pytest.raises(CorrectionNotApproved):
            it.carry_out(apply)

    def test_what_lapsed_names_the_rule_and_stays_so(self):
        it = self.asked()
        lapse = corrections.note_lapsed(CORRECTION, CaseNotFiled())
        with pytest.raises(CorrectionNotApproved):
            it.carry_out(lapse)
        it.carry_out(corrections.approve(CORRECTION), by=WANG)
        (lapsed,) = it.carry_out(lapse)
        assert lapsed == CorrectionLapsed(rule="CASE_NOT_FILED", message=CaseNotFiled().message, message_zh=CaseNotFiled().message_zh)
        for later in (lapse, cases.apply_correction(CASE, CORRECTION)):
            with pytest.raises(CorrectionNotApproved):
                it.carry_out(later)


class TestWhatACaseMakesOfIt:
    def corrected(self, **given):
        event = CaseFactCorrected(correction=CORRECTION, corrects=1, reason="x", **given)
        return case(FILED, event)

    def test_the_type(self):
        assert self.corrected(fact=CaseFact.OFFENCE_TYPE, old_code="THEFT", code="FRAUD").offences == (Offence("FRAUD", 3),)

    def test_types_that_become_one_are_added_up(self):
        both = CaseFiled(offences=(Offence("THEFT"), Offence("FRAUD", 2)))
        event = CaseFactCorrected(correction=CORRECTION, corrects=1, reason="x", fact=CaseFact.OFFENCE_TYPE, old_code="THEFT", code="FRAUD")
        assert case(both, event).offences == (Offence("FRAUD", 3),)

    def test_the_time_of_the_occurrence(self):
        moment: datetime = NOON - HOUR
        assert self.corrected(fact=CaseFact.OCCURRED_AT, instant=moment).occurred_from == moment

    def test_the_place_and_who_is_responsible_there(self):
        moved = self.corrected(fact=CaseFact.PLACE, place=HERE, division=OTHER_DIVISION, station=OTHER_STATION)
        assert (moved.division, moved.station) == (OTHER_DIVISION, OTHER_STATION)
        assert self.corrected(fact=CaseFact.PLACE, place=HERE).station == STATION


class TestPolicies:
    def approved(self, **given):
        return CorrectionApproved(requested_by=LI, corrects=1, reason="x", **given)

    def test_an_approved_correction_of_a_case_is_applied(self):
        event = self.approved(subject=SubjectKind.CASE, case=CASE, fact="FILED_AT", instant=NOON)
        assert correct_the_case(recorded(event)).content == cases.apply_correction(CASE, CORRECTION).content

    def test_a_refused_one_lapses_unless_it_was_done_before(self):
        event = recorded(self.approved(subject=SubjectKind.CASE, case=CASE, fact="FILED_AT", instant=NOON))
        assert corrections.lapse(event, CaseNotFiled()).content == corrections.note_lapsed(CORRECTION, CaseNotFiled()).content
        assert corrections.lapse(event, CorrectionNotApproved()) is None

    def test_of_an_alarm_it_is_not_ours(self):
        assert correct_the_case(recorded(self.approved(subject=SubjectKind.ALARM, alarm=ALARM, fact="PLACE", place=HERE))) is None

    def test_what_an_alarm_or_order_has_taken_is_noted(self):
        note = corrections.note_applied(CORRECTION).content
        alarm = AlarmFactCorrected(correction=CORRECTION, fact=AlarmFact.RECEIVED_AT, corrects=1, reason="x", instant=NOON)
        order = OrderFactCorrected(correction=CORRECTION, fact=OrderFact.ARRIVED_AT, corrects=1, reason="x", instant=NOON)
        assert note_the_alarm_corrected(recorded(alarm, ALARM)).content == note
        assert note_the_order_corrected(recorded(order, ORDER)).content == note
