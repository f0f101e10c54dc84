"""What an alarm decides after what has happened to it."""

from __future__ import annotations

from functools import reduce
from uuid import UUID

import pytest

from domain.casework.events import Contribution, ContributionChannel, ContributionRole
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import (
    AlarmAbsorbed,
    AlarmAttended,
    AlarmClosed,
    AlarmDispatched,
    AlarmFact,
    AlarmOpened,
    AlarmOutcome,
    AlarmReferred,
    AlarmReopened,
    AlarmResult,
    AlarmResultRecorded,
    AlarmsMerged,
    AlarmTriaged,
    AlarmUnmerged,
    CameraLinked,
    CaseOpenedFromAlarm,
    FeedbackRecorded,
    IntakeKind,
    LocationResolved,
    PriorityChanged,
    ReportReceived,
    ReportSource,
)
from domain.dispatching.rules import (
    AlarmHasCase,
    AlarmIsClosed,
    AlarmIsMerged,
    AlarmIsOpen,
    AlarmIsTriaged,
    AlarmNeedsFeedback,
    AlarmNeedsResult,
    AlarmNotMergedThere,
    AlarmNotTriaged,
    CameraIdMalformed,
    CorrectionLacksValue,
    FeedbackIsFinal,
    MergeOutsideDivision,
    MergeTargetNotOpen,
    MergeWithItself,
    NoCaseFromTests,
    NoDispatchOfTests,
    NoMergeWithTests,
    NothingAchieved,
    OrderOfAnotherAlarm,
)
from domain.events import Event
from domain.ids import AlarmId, CameraId, CaseId, CorrectionId, DivisionCode, OrderId, OrganisationId, ReportId, UnitId
from domain.places import Point
from domain.rules import Rejected, TextHoldsPersonalData, TextMissing, TextTooLong

THIS, OTHER, THIRD = (AlarmId(UUID(int=n)) for n in (1, 2, 3))
ORDER, STRANGE = OrderId(UUID(int=10)), OrderId(UUID(int=11))
UNIT = UnitId(UUID(int=15))
REPORT = ReportId(UUID(int=20))
CASE = CaseId(UUID(int=30))
CAMERA = CameraId("50011200001320000001")
STATION = OrganisationId("S-1")
PLACE = Point(106.5, 29.5)


def opened(division: str = "500112", *, test: bool = False) -> AlarmOpened:
    return AlarmOpened(kind=IntakeKind.ALARM, division=DivisionCode(division), station=STATION, test=test)


OPENED = opened()
TEST = opened(test=True)
TRIAGED = AlarmTriaged(alarm_type="BURGLARY", priority="2")
DISPATCHED = AlarmDispatched(order=ORDER)
ATTENDED = AlarmAttended(order=ORDER)
FEEDBACK = FeedbackRecorded(order=ORDER, summary="door forced")
FINAL = FeedbackRecorded(order=ORDER, final=True)
RESULT = AlarmResultRecorded(result=AlarmResult.HANDLED)
CLOSED = AlarmClosed()
REOPENED = AlarmReopened(reason="the caller objects")
MERGED = AlarmsMerged(into=OTHER, reason="same fire")
REFERRED = AlarmReferred(to="12345", reason="noise")


def alarm(begin: AlarmOpened, *then: Event) -> Alarm:
    return reduce(Alarm.apply, then, Alarm.begin(begin))  # type: ignore[arg-type]


def test_an_alarm_opens_with_what_is_known():
    event = Alarm.open(IntakeKind.HELP, DivisionCode(" 500112 "), STATION, summary=" water in the cellar ")
    assert event == AlarmOpened(kind=IntakeKind.HELP, division=DivisionCode("500112"), station=STATION, summary="water in the cellar")


@pytest.mark.parametrize(
    ("wrong", "rule", "field"),
    [
        ({"division": ""}, TextMissing, "division"),
        ({"station": " "}, TextMissing, "station"),
        ({"summary": "call back 13912345678"}, TextHoldsPersonalData, "summary"),
        ({"address": "x" * 2001}, TextTooLong, "address"),
    ],
)
def test_an_alarm_does_not_open_with_wrong_values(wrong: dict[str, str], rule: type[Rejected], field: str):
    values = {"kind": IntakeKind.ALARM, "division": "500112", "station": "S-1"} | wrong
    with pytest.raises(rule) as refusal:
        Alarm.open(**values)  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_a_further_report_is_taken_once():
    report = ReportReceived(report=REPORT, source=ReportSource.CALL_110)
    assert alarm(OPENED).add_report(REPORT, ReportSource.CALL_110) == report
    assert alarm(OPENED, report).add_report(REPORT, ReportSource.CALL_110) is None


def test_a_resolved_location_moves_the_alarm_to_its_division():
    event = alarm(OPENED).resolve_location(PLACE, DivisionCode("500106"), STATION, "Ciqikou")
    assert event == LocationResolved(place=PLACE, division=DivisionCode("500106"), station=STATION, address="Ciqikou")
    assert alarm(OPENED, event).division == "500106"


def test_triage_happens_once_even_after_a_unit_was_sent():
    assert alarm(OPENED, DISPATCHED).triage("BURGLARY", "2") == TRIAGED
    with pytest.raises(AlarmIsTriaged):
        alarm(OPENED, TRIAGED).triage("THEFT", "3")


def test_a_priority_changes_with_a_reason():
    triaged = alarm(OPENED, TRIAGED)
    assert triaged.change_priority("1", "offender on scene") == PriorityChanged(priority="1", reason="offender on scene")
    assert triaged.change_priority("2", "the same") is None
    with pytest.raises(TextMissing):
        triaged.change_priority("1", " ")
    with pytest.raises(AlarmNotTriaged):
        alarm(OPENED).change_priority("1", "urgent")


def test_a_camera_is_linked_once_and_by_its_national_id():
    assert alarm(OPENED).link_camera(CAMERA) == CameraLinked(camera=CAMERA)
    assert alarm(OPENED, CameraLinked(camera=CAMERA)).link_camera(CAMERA) is None
    with pytest.raises(CameraIdMalformed):
        alarm(OPENED).link_camera(CameraId("camera 7"))


def test_a_test_alarm_is_neither_dispatched_nor_made_a_case_nor_merged():
    with pytest.raises(NoDispatchOfTests):
        alarm(TEST).dispatch(ORDER, UNIT)
    with pytest.raises(NoCaseFromTests):
        alarm(TEST).open_case(CASE)
    with pytest.raises(NoMergeWithTests):
        alarm(TEST).merge(THIS, OTHER, alarm(OPENED), "same")


def test_the_first_arrival_marks_the_alarm():
    assert alarm(OPENED, DISPATCHED).attend(ORDER) == ATTENDED
    with pytest.raises(OrderOfAnotherAlarm):
        alarm(OPENED, DISPATCHED).attend(STRANGE)


@pytest.mark.parametrize("then", [[ATTENDED], [MERGED], [FEEDBACK, RESULT, CLOSED]])
def test_a_later_arrival_stands_with_its_order_alone(then: list[Event]):
    assert alarm(OPENED, DISPATCHED, *then).attend(ORDER) is None


@pytest.mark.parametrize(
    ("division", "into"),
    [("500112", "500112"), ("500112", "500100"), ("500112", "500000"), ("500112004", "500112"), ("SOUTH", "SOUTH")],
)
def test_an_alarm_merges_into_its_division_or_one_above(division: str, into: str):
    assert alarm(opened(division)).merge(THIS, OTHER, alarm(opened(into)), "same fire") == MERGED


@pytest.mark.parametrize(("division", "into"), [("500112", "500106"), ("500100", "500112"), ("SOUTH", "S"), ("500112", "CN")])
def test_an_alarm_merges_into_no_other_division(division: str, into: str):
    with pytest.raises(MergeOutsideDivision):
        alarm(opened(division)).merge(THIS, OTHER, alarm(opened(into)), "same fire")


def test_an_alarm_is_not_merged_with_itself():
    with pytest.raises(MergeWithItself):
        alarm(OPENED).merge(THIS, THIS, alarm(OPENED), "same")


@pytest.mark.parametrize("then", [[RESULT, CLOSED], [AlarmsMerged(into=THIRD, reason="same")]])
def test_an_alarm_that_does_not_go_on_absorbs_nothing(then: list[Event]):
    with pytest.raises(MergeTargetNotOpen):
        alarm(OPENED, *then).absorb(OTHER)


@pytest.mark.parametrize("then", [[], [TRIAGED], [TRIAGED, DISPATCHED, ATTENDED], [TRIAGED, DISPATCHED, FINAL, RESULT]])
def test_an_unmerge_brings_back_the_state_before(then: list[Event]):
    before = alarm(OPENED, *then)
    merged = before.apply(MERGED)
    assert merged.apply(merged.unmerge(OTHER, "two fires")) == before


def test_an_unmerge_names_the_alarm_it_was_merged_into():
    with pytest.raises(AlarmNotMergedThere):
        alarm(OPENED, MERGED).unmerge(THIRD, "wrong")
    with pytest.raises(AlarmNotMergedThere):
        alarm(OPENED).unmerge(OTHER, "wrong")
    with pytest.raises(AlarmNotMergedThere):
        alarm(OPENED).release(OTHER)


def test_a_closed_alarm_releases_what_it_absorbed():
    state = alarm(OPENED, AlarmAbsorbed(source=OTHER), RESULT, CLOSED)
    assert state.apply(state.release(OTHER)).absorbed == frozenset()


@pytest.mark.parametrize("then", [[DISPATCHED, FEEDBACK, RESULT], [DISPATCHED, REFERRED, RESULT], [RESULT], [REFERRED, RESULT]])
def test_an_alarm_closes_with_what_it_needs(then: list[Event]):
    assert alarm(OPENED, *then).close() == CLOSED


def test_a_test_alarm_closes_with_a_result():
    assert alarm(TEST, RESULT).close() == CLOSED


@pytest.mark.parametrize(
    ("then", "rule"),
    [
        ([], AlarmNeedsResult),
        ([DISPATCHED, FEEDBACK], AlarmNeedsResult),
        ([REFERRED], AlarmNeedsResult),
        ([DISPATCHED, RESULT], AlarmNeedsFeedback),
        ([DISPATCHED, ATTENDED, RESULT], AlarmNeedsFeedback),
        ([RESULT, CLOSED], AlarmIsClosed),
        ([RESULT, MERGED], AlarmIsMerged),
    ],
)
def test_an_alarm_does_not_close_without_what_it_needs(then: list[Event], rule: type[Rejected]):
    with pytest.raises(rule):
        alarm(OPENED, *then).close()


def test_feedback_comes_any_number_of_times_until_it_is_final():
    assert alarm(OPENED, DISPATCHED, FEEDBACK).record_feedback("two suspects left", ORDER).final is False
    with pytest.raises(FeedbackIsFinal):
        alarm(OPENED, DISPATCHED, FINAL).record_feedback("more")


def test_feedback_names_an_order_of_this_alarm():
    with pytest.raises(OrderOfAnotherAlarm):
        alarm(OPENED, DISPATCHED).record_feedback("seen", STRANGE)
    absorbed = alarm(OPENED, AlarmAbsorbed(source=OTHER))
    assert absorbed.record_feedback("seen", STRANGE).order == STRANGE


def test_a_result_changes_until_the_alarm_is_closed():
    state = alarm(OPENED, RESULT)
    assert state.record_result(AlarmResult.HANDLED) is None
    assert state.record_result(AlarmResult.UNFOUNDED) == AlarmResultRecorded(result=AlarmResult.UNFOUNDED)
    with pytest.raises(AlarmIsClosed):
        alarm(OPENED, RESULT, CLOSED).record_result(AlarmResult.UNFOUNDED)


def test_what_was_achieved_is_said_anew_with_each_result():
    helped = (Contribution(ContributionChannel.VIDEO, ContributionRole.DETECTED),)
    said = AlarmResultRecorded(result=AlarmResult.MEDIATED, outcome=AlarmOutcome.DISPUTE, contributions=helped)
    assert alarm(OPENED).record_result(AlarmResult.MEDIATED, outcome=AlarmOutcome.DISPUTE, contributions=helped * 2) == said
    assert alarm(OPENED, said).record_result(AlarmResult.MEDIATED, outcome=AlarmOutcome.DISPUTE, contributions=helped) is None
    assert alarm(OPENED, said).record_result(AlarmResult.MEDIATED) == AlarmResultRecorded(result=AlarmResult.MEDIATED)


@pytest.mark.parametrize("result", [AlarmResult.CANCELLED, AlarmResult.UNFOUNDED, AlarmResult.HARASSMENT, AlarmResult.DUPLICATE])
def test_an_alarm_that_was_none_achieved_nothing(result):
    with pytest.raises(NothingAchieved):
        alarm(OPENED).record_result(result, outcome=AlarmOutcome.DISPUTE)
    with pytest.raises(NothingAchieved):
        alarm(OPENED).record_result(AlarmResult.HANDLED, contributions=(Contribution(ContributionChannel.VIDEO, ContributionRole.PROVED),))


def test_only_a_closed_alarm_reopens_and_then_goes_on():
    with pytest.raises(AlarmIsOpen):
        alarm(OPENED).reopen("why")
    with pytest.raises(TextMissing):
        alarm(OPENED, RESULT, CLOSED).reopen("")
    again = alarm(OPENED, DISPATCHED, FINAL, RESULT, CLOSED, REOPENED)
    assert again.record_feedback("another look", ORDER).summary == "another look"
    assert again.close() == CLOSED


@pytest.mark.parametrize("state", [[MERGED], [RESULT, CLOSED]])
@pytest.mark.parametrize(
    "act",
    [
        lambda it: it.add_report(REPORT, ReportSource.SMS),
        lambda it: it.resolve_location(PLACE, DivisionCode("500112"), STATION),
        lambda it: it.triage("THEFT", "1"),
        lambda it: it.change_priority("1", "urgent"),
        lambda it: it.link_camera(CAMERA),
        lambda it: it.dispatch(ORDER, UNIT),
        lambda it: it.merge(THIS, OTHER, alarm(OPENED), "same"),
        lambda it: it.refer("120", "injured"),
        lambda it: it.take_initial_measures("cordon"),
        lambda it: it.record_feedback("seen"),
        lambda it: it.record_result(AlarmResult.ADVISED),
    ],
)
def test_nothing_goes_on_in_a_merged_or_closed_alarm(state: list[Event], act):
    with pytest.raises((AlarmIsMerged, AlarmIsClosed)):
        act(alarm(OPENED, *state))


@pytest.mark.parametrize(
    "act",
    [
        lambda it: it.refer("120", " "),
        lambda it: it.refer("", "injured"),
        lambda it: it.take_initial_measures(""),
        lambda it: it.merge(THIS, OTHER, alarm(OPENED), " "),
        lambda it: it.triage("", "1"),
        lambda it: it.correct(CorrectionId(THIS), AlarmFact.ALARM_TYPE, 1, "", code="THEFT"),
    ],
)
def test_reasons_and_texts_are_not_empty(act):
    with pytest.raises(TextMissing):
        act(alarm(OPENED))


def test_an_alarm_has_one_case():
    assert alarm(OPENED).open_case(CASE) == CaseOpenedFromAlarm(case=CASE)
    with_case = alarm(OPENED, CaseOpenedFromAlarm(case=CASE))
    assert with_case.open_case(CASE) is None
    with pytest.raises(AlarmHasCase):
        with_case.open_case(CaseId(UUID(int=31)))


def test_a_correction_brings_the_right_value_whatever_became_of_the_alarm():
    state = alarm(OPENED, RESULT, CLOSED)
    assert state.correct(CorrectionId(THIS), AlarmFact.ALARM_TYPE, 7, "misread", code="THEFT").code == "THEFT"
    with pytest.raises(CorrectionLacksValue):
        state.correct(CorrectionId(THIS), AlarmFact.PLACE, 7, "misread", code="THEFT")


def test_an_unmerged_alarm_can_be_merged_again():
    state = alarm(OPENED, MERGED, AlarmUnmerged(out_of=OTHER, reason="two fires"))
    assert state.merge(THIS, OTHER, alarm(OPENED), "same fire") == MERGED
