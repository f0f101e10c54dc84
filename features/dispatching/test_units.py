"""Runs units.feature; what only it says stands here."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, scenarios, then, when

from application.commands import Command, change
from application.dispatching import unit_states, units
from application.dispatching.views import UnitView
from domain.dispatching.events import UnitReleased, UnitStatus, UnitStatusChanged
from domain.dispatching.unit import Unit
from domain.ids import OfficerId
from domain.places import Point
from features.city import City
from features.dispatching.names import Names
from features.wording import step

scenarios("units.feature")


@when(step('unit "{unit}" signs {way}'))
def sign(city: City, names: Names, unit: str, way: str) -> None:
    city.act(units.sign_on(names.unit(unit)) if way == "on" else units.sign_off(names.unit(unit)))


@when(step('unit "{unit}" reports {status:Code}'))
def report_status(city: City, names: Names, unit: str, status: str) -> None:
    city.act(units.change_status(names.unit(unit), UnitStatus(status)))


def defined(code: str, name_en: str, name_zh: str, base: str) -> Command:
    return unit_states.define(code, name_en, name_zh, UnitStatus(base))


@given(step('state "{code}" ("{name_en}", "{name_zh}") of units was defined as a kind of {base:Code}'))
def was_defined(city: City, code: str, name_en: str, name_zh: str, base: str) -> None:
    city.happened(defined(code, name_en, name_zh, base))


@when(step('state "{code}" of units is defined as a kind of {base:Code}'))
def define(city: City, code: str, base: str) -> None:
    city.act(defined(code, code, "状态", base))


@given(step('state "{code}" of units was withdrawn'))
def was_withdrawn(city: City, code: str) -> None:
    city.happened(unit_states.withdraw(code, "nobody needs it"))


@given(step('unit "{unit}" has reported {status:Code} as "{custom}"'))
def has_reported_as(city: City, names: Names, unit: str, status: str, custom: str) -> None:
    city.happened(units.change_status(names.unit(unit), UnitStatus(status), custom))


@when(step('unit "{unit}" reports {status:Code} as "{custom}"'))
def report_as(city: City, names: Names, unit: str, status: str, custom: str) -> None:
    city.act(units.change_status(names.unit(unit), UnitStatus(status), custom))


@given(step('unit "{unit}" was in the state "{word}" before states were defined'))
def was_in_state(city: City, names: Names, unit: str, word: str) -> None:
    said = UnitStatusChanged(status=UnitStatus.DELAYED, custom=word)
    city.happened(change(Unit, names.unit(unit), lambda _unit, _act: said))


@then(step('unit "{unit}" is listed as "{english}" and as "{chinese}"'))
def listed_as(city: City, names: Names, unit: str, english: str, chinese: str) -> None:
    told = city.asked("{ units { nodes { uuid en: customStatusLabel(lang: EN) zh: customStatusLabel } } }")["units"]["nodes"]
    assert told == [{"uuid": names.unit(unit), "en": english, "zh": chinese}]


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


@then(step("the unit is {status:Code} again"))
def unit_again(city: City, status: str) -> None:
    assert [r.event.status for r in city.recorded() if isinstance(r.event, UnitReleased)] == [UnitStatus(status)]


@when(step('unit "{unit}" can do "{capability}" from now on'))
def change_capabilities(city: City, names: Names, unit: str, capability: str) -> None:
    city.act(units.change_capabilities(names.unit(unit), (capability,)))


@then(step('unit "{unit}" is shown as able to "{capability}"'))
def shown_as_able(city: City, names: Names, unit: str, capability: str) -> None:
    assert city.view(UnitView, names.unit(unit)).capabilities == (capability,)
