"""Runs alarms.feature; what only it says stands here."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, scenarios, then, when

from application.casework import cases, corrections
from application.commands import Command
from application.dispatching import alarms
from application.jurisdiction import organisations
from application.surveillance import cameras
from domain.casework.events import SubjectKind
from domain.dispatching.events import AlarmFactCorrected, AlarmResult, AlarmTriaged, ReportSource
from domain.ids import CameraId, CorrectionId, DivisionCode, OrganisationId, RegisteredCameraId, ReportId
from domain.jurisdiction.events import OrganisationKind
from domain.places import Point
from domain.surveillance.events import Builder, OwnerSector
from features.city import STATION, City
from features.dispatching.names import Names, received
from features.wording import step

scenarios("alarms.feature")


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


def one_report(city: City, names: Names, report: str, alarm: str) -> Command:
    return alarms.add_report(names.alarm(alarm), ReportId(city.id("report", report)), ReportSource.CALL_110)


@given(step('report "{report}" was added to alarm "{alarm}"'))
def report_added(city: City, names: Names, report: str, alarm: str) -> None:
    city.happened(one_report(city, names, report, alarm))


@when(step('report "{report}" is added to alarm "{alarm}"'))
def add_report(city: City, names: Names, report: str, alarm: str) -> None:
    city.act(one_report(city, names, report, alarm))


@when(step('alarm "{alarm}" is triaged as "{alarm_type}" with priority "{priority}"'))
def triage_alarm(city: City, names: Names, alarm: str, alarm_type: str, priority: str) -> None:
    city.act(alarms.triage(names.alarm(alarm), alarm_type, priority))


@when(step('the priority of alarm "{alarm}" becomes "{priority}" because "{reason}"'))
def change_priority(city: City, names: Names, alarm: str, priority: str, reason: str) -> None:
    city.act(alarms.change_priority(names.alarm(alarm), priority, reason))


@given(step('camera "{camera}" was registered'))
def camera_registered(city: City, camera: str) -> None:
    id, place = RegisteredCameraId(city.id("camera", camera)), Point(106.55, 29.56)
    city.happened(
        cameras.register(id, CameraId(camera), OwnerSector.BANK, "A bank", Builder.SOCIAL, DivisionCode("500112"), STATION, place, 80)
    )


@given(step('camera "{camera}" was linked to alarm "{alarm}"'))
def camera_linked(city: City, names: Names, alarm: str, camera: str) -> None:
    city.happened(alarms.link_camera(names.alarm(alarm), CameraId(camera)))


@when(step('camera "{camera}" is linked to alarm "{alarm}"'))
def link_camera(city: City, names: Names, alarm: str, camera: str) -> None:
    city.act(alarms.link_camera(names.alarm(alarm), CameraId(camera)))


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


@when(step('the result of alarm "{alarm}" is said to be {result:Code}'))
def record_result(city: City, names: Names, alarm: str, result: str) -> None:
    city.act(alarms.record_result(names.alarm(alarm), AlarmResult(result)))


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
