"""Steps of dispatching: alarms, dispatch orders and units by the names a feature gives them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pytest_bdd import given, then, when

from application.casework import cases, corrections
from application.commands import Command
from application.dispatching import alarms, orders, units
from application.dispatching.views import AlarmView, OrderView, UnitView
from application.jurisdiction import organisations
from application.views import View
from domain.casework.events import SubjectKind
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import (
    AlarmFactCorrected,
    AlarmOpened,
    AlarmResult,
    AlarmTriaged,
    IntakeKind,
    ReportSource,
    UnitOrdered,
    UnitReleased,
    UnitStatus,
)
from domain.ids import AlarmId, CameraId, CaseId, CorrectionId, DivisionCode, OfficerId, OrderId, OrganisationId, ReportId, UnitId
from domain.jurisdiction.events import OrganisationKind
from domain.places import Point
from features.city import STATION, City
from features.wording import step

LIMIT = timedelta(minutes=2)


class Names:
    """The ids behind a feature's names. An order is named after its unit and alarm."""

    def __init__(self, city: City) -> None:
        self._city = city
        self.known: dict[str, str] = {}

    def alarm(self, name: str) -> AlarmId:
        return AlarmId(self._id("alarm", name))

    def unit(self, name: str) -> UnitId:
        return UnitId(self._id("unit", name))

    def order(self, unit: str, alarm: str) -> OrderId:
        return OrderId(self._id("order", f"{unit} to {alarm}"))

    def case(self, name: str) -> CaseId:
        return CaseId(self._id("case", name))

    def _id(self, kind: str, name: str) -> UUID:
        id = self._city.id(kind, name)
        self.known[str(id)] = name
        return id


@pytest.fixture
def names(city: City) -> Names:
    return Names(city)


def received(names: Names, alarm: str, division: str, station: OrganisationId = STATION, *, test: bool = False) -> Command:
    report, code = ReportId(uuid4()), DivisionCode(division)
    return alarms.open(names.alarm(alarm), report, ReportSource.CALL_110, IntakeKind.ALARM, code, station, test=test)


def sent(names: Names, unit: str, alarm: str, city: City, *, stacked: bool = False, reason: str = "") -> Command:
    limit = city.clock.now() + LIMIT
    return orders.send(names.order(unit, alarm), names.alarm(alarm), names.unit(unit), stacked, reason, limit)


# --- Alarms ----------------------------------------------------------------------------------------------------------


@given(step('alarm "{alarm}" was received in division "{division}"'))
def alarm_received(city: City, names: Names, alarm: str, division: str) -> None:
    city.happened(received(names, alarm, division))


@given(step('test alarm "{alarm}" was received in division "{division}"'))
def test_alarm_received(city: City, names: Names, alarm: str, division: str) -> None:
    city.happened(received(names, alarm, division, test=True))


@when(step('somebody reports alarm "{alarm}" in division "{division}"'))
def receive_alarm(city: City, names: Names, alarm: str, division: str) -> None:
    city.act(received(names, alarm, division))


@when(step('somebody reports alarm "{alarm}" in division "{division}", which nobody has registered'))
def receive_nowhere(city: City, names: Names, alarm: str, division: str) -> None:
    city.places_stand(received(names, alarm, "500112"))
    city.attempt(city.request(received(names, alarm, division)))


@given(step('station "{station}" was founded today'))
def station_founded(city: City, station: str) -> None:
    kind, today = OrganisationKind.STATION, city.clock.now().date()
    city.happened(organisations.establish(OrganisationId(station), kind, station, station, DivisionCode("500112"), today))


@when(step('somebody reports alarm "{alarm}" for station "{station}"'))
def receive_for_station(city: City, names: Names, alarm: str, station: str) -> None:
    city.attempt(city.request(received(names, alarm, "500112", OrganisationId(station))))


@when(step('somebody reports alarm "{alarm}" for station "{station}" as of yesterday'))
def receive_for_station_yesterday(city: City, names: Names, alarm: str, station: str) -> None:
    yesterday = city.clock.now() - timedelta(days=1)
    city.attempt(city.request(received(names, alarm, "500112", OrganisationId(station)), at=yesterday))


@when(step('alarm "{alarm}" is reported again with the words "{words}"'))
def report_again(city: City, names: Names, alarm: str, words: str) -> None:
    city.act(alarms.add_report(names.alarm(alarm), ReportId(uuid4()), ReportSource.SMS, summary=words))


def one_report(city: City, names: Names, report: str, alarm: str) -> Command:
    return alarms.add_report(names.alarm(alarm), ReportId(city.id("report", report)), ReportSource.CALL_110)


@given(step('report "{report}" was added to alarm "{alarm}"'))
def report_added(city: City, names: Names, report: str, alarm: str) -> None:
    city.happened(one_report(city, names, report, alarm))


@when(step('report "{report}" is added to alarm "{alarm}"'))
def add_report(city: City, names: Names, report: str, alarm: str) -> None:
    city.act(one_report(city, names, report, alarm))


@given(step('alarm "{alarm}" was triaged as "{alarm_type}" with priority "{priority}"'))
def alarm_triaged(city: City, names: Names, alarm: str, alarm_type: str, priority: str) -> None:
    city.happened(alarms.triage(names.alarm(alarm), alarm_type, priority))


@when(step('alarm "{alarm}" is triaged as "{alarm_type}" with priority "{priority}"'))
def triage_alarm(city: City, names: Names, alarm: str, alarm_type: str, priority: str) -> None:
    city.act(alarms.triage(names.alarm(alarm), alarm_type, priority))


@when(step('the priority of alarm "{alarm}" becomes "{priority}" because "{reason}"'))
def change_priority(city: City, names: Names, alarm: str, priority: str, reason: str) -> None:
    city.act(alarms.change_priority(names.alarm(alarm), priority, reason))


@when(step('the place of alarm "{alarm}" is found in division "{division}"'))
def resolve_location(city: City, names: Names, alarm: str, division: str) -> None:
    city.act(alarms.resolve_location(names.alarm(alarm), Point(106.5, 29.5), DivisionCode(division), STATION))


@given(step('camera "{camera}" was linked to alarm "{alarm}"'))
def camera_linked(city: City, names: Names, alarm: str, camera: str) -> None:
    city.happened(alarms.link_camera(names.alarm(alarm), CameraId(camera)))


@when(step('camera "{camera}" is linked to alarm "{alarm}"'))
def link_camera(city: City, names: Names, alarm: str, camera: str) -> None:
    city.act(alarms.link_camera(names.alarm(alarm), CameraId(camera)))


@given(step('alarm "{alarm}" was merged into "{into}"'))
def alarm_merged(city: City, names: Names, alarm: str, into: str) -> None:
    city.happened(alarms.merge(names.alarm(alarm), names.alarm(into), "the same happening"))


@when(step('alarm "{alarm}" is merged into "{into}"'))
def merge_alarm(city: City, names: Names, alarm: str, into: str) -> None:
    city.act(alarms.merge(names.alarm(alarm), names.alarm(into), "the same happening"))


@given(step('alarm "{alarm}" was taken out of "{out_of}"'))
def alarm_unmerged(city: City, names: Names, alarm: str, out_of: str) -> None:
    city.happened(alarms.unmerge(names.alarm(alarm), names.alarm(out_of), "two happenings"))


@when(step('alarm "{alarm}" is taken out of "{out_of}"'))
def unmerge_alarm(city: City, names: Names, alarm: str, out_of: str) -> None:
    city.act(alarms.unmerge(names.alarm(alarm), names.alarm(out_of), "two happenings"))


@then(step('alarm "{alarm}" stands as it did before the merge'))
def stands_as_before(city: City, names: Names, alarm: str) -> None:
    history = [record.event for record in city.records(0) if record.originator_id == names.alarm(alarm)]
    begin, *then_ = history
    assert isinstance(begin, AlarmOpened)
    states = [Alarm.begin(begin)]
    for event in then_:
        states.append(states[-1].apply(event))  # type: ignore[arg-type]
    assert states[-1] == states[-3]


@given(step('alarm "{alarm}" was referred to "{agency}"'))
def alarm_referred(city: City, names: Names, alarm: str, agency: str) -> None:
    city.happened(alarms.refer(names.alarm(alarm), agency, "outside police competence"))


@when(step('initial measures are taken on alarm "{alarm}": "{measures}"'))
def take_measures(city: City, names: Names, alarm: str, measures: str) -> None:
    city.act(alarms.take_initial_measures(names.alarm(alarm), measures))


@given(step('{kind} feedback was given on alarm "{alarm}"'))
def feedback_given(city: City, names: Names, kind: str, alarm: str) -> None:
    city.happened(alarms.record_feedback(names.alarm(alarm), "seen to", final=kind == "final"))


@when(step('{kind} feedback is given on alarm "{alarm}"'))
def give_feedback(city: City, names: Names, kind: str, alarm: str) -> None:
    city.act(alarms.record_feedback(names.alarm(alarm), "seen to", final=kind == "final"))


@given(step('the result of alarm "{alarm}" was {result:Code}'))
def result_recorded(city: City, names: Names, alarm: str, result: str) -> None:
    city.happened(alarms.record_result(names.alarm(alarm), AlarmResult(result)))


@when(step('the result of alarm "{alarm}" is said to be {result:Code}'))
def record_result(city: City, names: Names, alarm: str, result: str) -> None:
    city.act(alarms.record_result(names.alarm(alarm), AlarmResult(result)))


@given(step('alarm "{alarm}" was closed'))
def alarm_closed(city: City, names: Names, alarm: str) -> None:
    city.happened(alarms.close(names.alarm(alarm)))


@when(step('alarm "{alarm}" is closed'))
def close_alarm(city: City, names: Names, alarm: str) -> None:
    city.act(alarms.close(names.alarm(alarm)))


@when(step('alarm "{alarm}" is reopened because "{reason}"'))
def reopen_alarm(city: City, names: Names, alarm: str, reason: str) -> None:
    city.act(alarms.reopen(names.alarm(alarm), reason))


def registered(names: Names, case: str, alarm: str) -> Command:
    return cases.register(names.case(case), case, DivisionCode("500112"), STATION, alarm=names.alarm(alarm))


@given(step('case "{case}" was registered from alarm "{alarm}"'))
def case_registered(city: City, names: Names, case: str, alarm: str) -> None:
    city.happened(registered(names, case, alarm))


@when(step('case "{case}" is registered from alarm "{alarm}"'))
def register_case(city: City, names: Names, case: str, alarm: str) -> None:
    city.act(registered(names, case, alarm))


@when(step('officer "{first}" asks that alarm "{alarm}" was "{alarm_type}" all along and officer "{second}" approves'))
def correct_type(city: City, names: Names, first: str, second: str, alarm: str, alarm_type: str) -> None:
    wrong = next(r.position for r in city.records(0) if isinstance(r.event, AlarmTriaged) and r.originator_id == names.alarm(alarm))
    correction = CorrectionId(city.id("correction", alarm))
    asked = corrections.ask(correction, SubjectKind.ALARM, "ALARM_TYPE", wrong, "misheard", alarm=names.alarm(alarm), code=alarm_type)
    city.happened(asked, by=first)
    city.act(corrections.approve(correction), by=second)


@then(step('the alarm\'s correction says "{alarm_type}" and points to the triage'))
def correction_points(city: City, alarm_type: str) -> None:
    (event,) = [record.event for record in city.recorded() if isinstance(record.event, AlarmFactCorrected)]
    (wrong,) = [record for record in city.records(0) if record.position == event.corrects]
    assert event.code == alarm_type
    assert isinstance(wrong.event, AlarmTriaged)


# --- Units -----------------------------------------------------------------------------------------------------------


@given(step('unit "{unit}" is on duty'))
def unit_on_duty(city: City, names: Names, unit: str) -> None:
    city.happened(units.register(names.unit(unit), unit, "CAR", STATION))
    city.happened(units.sign_on(names.unit(unit), (OfficerId("P-7"),)))


@given(step('unit "{unit}" is off duty'))
def unit_off_duty(city: City, names: Names, unit: str) -> None:
    city.happened(units.register(names.unit(unit), unit, "CAR", STATION))


@when(step('unit "{unit}" signs {way}'))
def sign(city: City, names: Names, unit: str, way: str) -> None:
    city.act(units.sign_on(names.unit(unit)) if way == "on" else units.sign_off(names.unit(unit)))


@given(step('unit "{unit}" is {status:Code}'))
def unit_has_status(city: City, names: Names, unit: str, status: str) -> None:
    city.happened(units.change_status(names.unit(unit), UnitStatus(status)))


@when(step('unit "{unit}" reports {status:Code}'))
def report_status(city: City, names: Names, unit: str, status: str) -> None:
    city.act(units.change_status(names.unit(unit), UnitStatus(status)))


@given(step('unit "{unit}" was seen {minutes:d} minutes ago'))
def unit_seen(city: City, names: Names, unit: str, minutes: int) -> None:
    fixed_at = city.clock.now() - timedelta(minutes=minutes)
    city.happened(units.sample_position(names.unit(unit), Point(106.5, 29.5), fixed_at))


@when(step('a fix of {minutes:d} minutes ago comes from unit "{unit}"'))
def fix_comes(city: City, names: Names, unit: str, minutes: int) -> None:
    city.act(units.sample_position(names.unit(unit), Point(106.6, 29.6), city.clock.now() - timedelta(minutes=minutes)))


@when(step('a fix of {minutes:d} minutes ahead comes from unit "{unit}"'))
def fix_of_the_future(city: City, names: Names, unit: str, minutes: int) -> None:
    city.act(units.sample_position(names.unit(unit), Point(106.6, 29.6), city.clock.now() + timedelta(minutes=minutes)))


@when(step('unit "{unit}" changes its crew to "{first}" and "{second}"'))
def change_crew(city: City, names: Names, unit: str, first: str, second: str) -> None:
    city.act(units.change_crew(names.unit(unit), (OfficerId(first), OfficerId(second))))


# --- Dispatch orders -------------------------------------------------------------------------------------------------


@given(step('unit "{unit}" was sent to "{alarm}"'))
def unit_sent(city: City, names: Names, unit: str, alarm: str) -> None:
    city.happened(sent(names, unit, alarm, city))


@given(step('unit "{unit}" was sent to "{alarm}" after its present order'))
def unit_stacked(city: City, names: Names, unit: str, alarm: str) -> None:
    city.happened(sent(names, unit, alarm, city, stacked=True))


@given(step('unit "{unit}" was proposed for "{alarm}"'))
def unit_proposed(city: City, names: Names, unit: str, alarm: str) -> None:
    city.happened(orders.propose(names.order(unit, alarm), names.alarm(alarm), names.unit(unit), "nearest", 800.0, 20.0))


@when(step('unit "{unit}" is sent to "{alarm}"'))
def send_unit(city: City, names: Names, unit: str, alarm: str) -> None:
    city.act(sent(names, unit, alarm, city))


@when(step('unit "{unit}" is sent to "{alarm}" after its present order'))
def stack_unit(city: City, names: Names, unit: str, alarm: str) -> None:
    city.act(sent(names, unit, alarm, city, stacked=True))


@when(step('unit "{unit}" is sent to "{alarm}" because "{reason}"'))
def send_with_reason(city: City, names: Names, unit: str, alarm: str, reason: str) -> None:
    city.act(sent(names, unit, alarm, city, reason=reason))


@when(step('one dispatcher sends unit "{unit}" to "{alarm}" while another sends it to "{other}"'))
def send_at_once(city: City, names: Names, unit: str, alarm: str, other: str) -> None:
    city.attempt(city.request(sent(names, unit, alarm, city)), city.request(sent(names, unit, other, city)))


@when(step('the proposal of "{proposed}" for "{alarm}" is sent'))
def send_proposal(city: City, names: Names, proposed: str, alarm: str) -> None:
    city.act(orders.send_proposed(names.order(proposed, alarm), names.alarm(alarm), names.unit(proposed)))


@when(step('unit "{unit}" is sent to "{alarm}" instead of the proposed "{proposed}"'))
def send_other(city: City, names: Names, unit: str, alarm: str, proposed: str) -> None:
    city.act(orders.send_proposed(names.order(proposed, alarm), names.alarm(alarm), names.unit(unit)))


@when(step('unit "{unit}" is sent to "{alarm}" instead of the proposed "{proposed}" because "{reason}"'))
def send_other_with_reason(city: City, names: Names, unit: str, alarm: str, proposed: str, reason: str) -> None:
    city.act(orders.send_proposed(names.order(proposed, alarm), names.alarm(alarm), names.unit(unit), reason))


def reported(names: Names, unit: str, alarm: str, progress: str) -> Command:
    order = names.order(unit, alarm)
    match progress:
        case "acknowledged":
            return orders.acknowledge(order)
        case "en route":
            return orders.en_route(order)
        case "on scene":
            return orders.arrive(order, names.alarm(alarm))
        case "clear":
            return orders.clear(order, names.unit(unit))
        case _:
            raise AssertionError(progress)


@given(step('unit "{unit}" has reported {progress} at "{alarm}"'))
def has_reported(city: City, names: Names, unit: str, alarm: str, progress: str) -> None:
    city.happened(reported(names, unit, alarm, progress))


@when(step('unit "{unit}" is {progress} at "{alarm}"'))
def report_progress(city: City, names: Names, unit: str, alarm: str, progress: str) -> None:
    city.act(reported(names, unit, alarm, progress))


@when(step('unit "{unit}" tells late that it was on scene at "{alarm}" {minutes:d} minutes ago'))
def report_late(city: City, names: Names, unit: str, alarm: str, minutes: int) -> None:
    city.act(reported(names, unit, alarm, "on scene"), at=city.clock.now() - timedelta(minutes=minutes))


@when(step('unit "{unit}" refuses "{alarm}" because "{reason}"'))
def refuse_order(city: City, names: Names, unit: str, alarm: str, reason: str) -> None:
    city.act(orders.refuse(names.order(unit, alarm), names.alarm(alarm), names.unit(unit), reason))


@when(step('the order of "{unit}" to "{alarm}" is cancelled because "{reason}"'))
def cancel_order(city: City, names: Names, unit: str, alarm: str, reason: str) -> None:
    city.act(orders.cancel(names.order(unit, alarm), names.alarm(alarm), names.unit(unit), reason))


@when(step('the order of "{unit}" to "{alarm}" is cleared for unit "{other}"'))
def clear_for_another(city: City, names: Names, unit: str, alarm: str, other: str) -> None:
    city.act(orders.clear(names.order(unit, alarm), names.unit(other)))


@when(step('unit "{unit}" is taken off "{alarm}" for "{other}" because "{reason}"'))
def divert_unit(city: City, names: Names, unit: str, alarm: str, other: str, reason: str) -> None:
    order, new_order = names.order(unit, alarm), names.order(unit, other)
    city.act(orders.divert(order, names.alarm(alarm), names.unit(unit), reason, new_order, names.alarm(other)))


@when("the clock's duties are swept")
def sweep(city: City) -> None:
    city.duties_are_swept()


@given(step('the order of "{unit}" to "{alarm}" was escalated to level {level:d}'))
def escalated(city: City, names: Names, unit: str, alarm: str, level: int) -> None:
    city.happened(orders.escalate(names.order(unit, alarm), level, "acknowledgement", city.clock.now()))


@when(step('the order of "{unit}" to "{alarm}" is escalated to level {level:d}'))
def escalate(city: City, names: Names, unit: str, alarm: str, level: int) -> None:
    city.act(orders.escalate(names.order(unit, alarm), level, "acknowledgement", city.clock.now()))


@then(step('the order carries priority "{priority}"'))
def order_priority(city: City, priority: str) -> None:
    assert [r.event.priority for r in city.recorded() if isinstance(r.event, UnitOrdered)] == [priority]


@then(step("the unit is {status:Code} again"))
def unit_again(city: City, status: str) -> None:
    assert [r.event.status for r in city.recorded() if isinstance(r.event, UnitReleased)] == [UnitStatus(status)]


# --- What the lists show ---------------------------------------------------------------------------------------------


def shown(row: View, datatable: list[list[str]], names: dict[str, str]) -> None:
    """Each line of the table is a column and its value; ids go by their names."""
    told = {column: getattr(row, column) for column, _ in datatable}
    told = {column: names.get(str(value), str(value)) for column, value in told.items()}
    assert told == {column: value or "None" for column, value in datatable}


@then(step('the board shows alarm "{alarm}" with'))
def board_shows(city: City, names: Names, alarm: str, datatable: list[list[str]]) -> None:
    shown(city.view(AlarmView, names.alarm(alarm)), datatable, names.known)


@then(step('the list shows unit "{unit}" with'))
def list_shows(city: City, names: Names, unit: str, datatable: list[list[str]]) -> None:
    shown(city.view(UnitView, names.unit(unit)), datatable, names.known)


@then(step('the list shows the order of "{unit}" to "{alarm}" with'))
def order_shows(city: City, names: Names, unit: str, alarm: str, datatable: list[list[str]]) -> None:
    shown(city.view(OrderView, names.order(unit, alarm)), datatable, names.known)
