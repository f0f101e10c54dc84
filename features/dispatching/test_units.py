"""Runs units.feature; what only it says stands here."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, scenarios, then, when

from application.dispatching import units
from application.dispatching.views import UnitView
from domain.dispatching.events import UnitReleased, UnitStatus
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
