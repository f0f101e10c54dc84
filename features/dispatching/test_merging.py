"""Runs merging.feature; what only it says stands here."""

from __future__ import annotations

from pytest_bdd import given, scenarios, then, when

from application.dispatching import alarms
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import AlarmOpened
from domain.ids import DivisionCode
from domain.places import Point
from features.city import STATION, City
from features.dispatching.names import Names
from features.wording import step

scenarios("merging.feature")


@when(step('the place of alarm "{alarm}" is found in division "{division}"'))
def resolve_location(city: City, names: Names, alarm: str, division: str) -> None:
    city.act(alarms.resolve_location(names.alarm(alarm), Point(106.5, 29.5), DivisionCode(division), STATION))


@given(step('alarm "{alarm}" was merged into "{into}"'))
def alarm_merged(city: City, names: Names, alarm: str, into: str) -> None:
    city.happened(alarms.merge(names.alarm(alarm), names.alarm(into), "the same happening"))


@when(step('alarm "{alarm}" is merged into "{into}"'))
def merge_alarm(city: City, names: Names, alarm: str, into: str) -> None:
    city.act(alarms.merge(names.alarm(alarm), names.alarm(into), "the same happening"))


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
