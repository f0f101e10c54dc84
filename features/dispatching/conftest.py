"""What several features of dispatching say; what only one says stands beside its scenarios."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_bdd import given, then, when

from application.dispatching import alarms, units
from application.dispatching.views import AlarmView
from domain.dispatching.events import AlarmResult, ReportSource, UnitStatus
from domain.ids import OfficerId, ReportId
from features.city import STATION, City
from features.dispatching.names import Names, received, reported, sent, shown
from features.wording import step


@pytest.fixture
def names(city: City) -> Names:
    return Names(city)


@given(step('alarm "{alarm}" was received in division "{division}"'))
def alarm_received(city: City, names: Names, alarm: str, division: str) -> None:
    city.happened(received(names, alarm, division))


@given(step('test alarm "{alarm}" was received in division "{division}"'))
def test_alarm_received(city: City, names: Names, alarm: str, division: str) -> None:
    city.happened(received(names, alarm, division, test=True))


@when(step('alarm "{alarm}" is reported again with the words "{words}"'))
def report_again(city: City, names: Names, alarm: str, words: str) -> None:
    city.act(alarms.add_report(names.alarm(alarm), ReportId(uuid4()), ReportSource.SMS, summary=words))


@given(step('alarm "{alarm}" was triaged as "{alarm_type}" with priority "{priority}"'))
def alarm_triaged(city: City, names: Names, alarm: str, alarm_type: str, priority: str) -> None:
    city.happened(alarms.triage(names.alarm(alarm), alarm_type, priority))


@given(step('the result of alarm "{alarm}" was {result:Code}'))
def result_recorded(city: City, names: Names, alarm: str, result: str) -> None:
    city.happened(alarms.record_result(names.alarm(alarm), AlarmResult(result)))


@given(step('alarm "{alarm}" was closed'))
def alarm_closed(city: City, names: Names, alarm: str) -> None:
    city.happened(alarms.close(names.alarm(alarm)))


@given(step('unit "{unit}" is on duty'))
def unit_on_duty(city: City, names: Names, unit: str) -> None:
    city.happened(units.register(names.unit(unit), unit, "CAR", STATION))
    city.happened(units.sign_on(names.unit(unit), (OfficerId("P-7"),)))


@given(step('unit "{unit}" has reported {progress} at "{alarm}"'))
def has_reported(city: City, names: Names, unit: str, alarm: str, progress: str) -> None:
    city.happened(reported(names, unit, alarm, progress))


@when("the clock's duties are swept")
def sweep(city: City) -> None:
    city.duties_are_swept()


@given(step('unit "{unit}" is {status:Code}'))
def unit_has_status(city: City, names: Names, unit: str, status: str) -> None:
    city.happened(units.change_status(names.unit(unit), UnitStatus(status)))


@given(step('unit "{unit}" was sent to "{alarm}"'))
def unit_sent(city: City, names: Names, unit: str, alarm: str) -> None:
    city.happened(sent(names, unit, alarm, city))


@when(step('unit "{unit}" is {progress} at "{alarm}"'))
def report_progress(city: City, names: Names, unit: str, alarm: str, progress: str) -> None:
    city.act(reported(names, unit, alarm, progress))


@then(step('the board shows alarm "{alarm}" with'))
def board_shows(city: City, names: Names, alarm: str, datatable: list[list[str]]) -> None:
    shown(city.view(AlarmView, names.alarm(alarm)), datatable, names.known)
