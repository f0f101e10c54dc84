"""Runs positions.feature; what only it says stands here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_bdd import given, scenarios, then, when

from application.dispatching.positions import Nearby
from application.identity import OWNER
from domain.dispatching.positions import Fix, FixOutcome
from domain.places import Point
from domain.rules import Rejected
from features.city import MANY, City
from features.dispatching.names import Names
from features.wording import step
from infrastructure.schedule import Schedule

scenarios("positions.feature")

Outcomes = list[FixOutcome | Rejected]


@pytest.fixture
def outcomes() -> Outcomes:
    return []


@given(step('the receiver of unit "{unit}" told {longitude:g}, {latitude:g} of {seconds:d} seconds ago'))
@when(step('the receiver of unit "{unit}" tells {longitude:g}, {latitude:g} of {seconds:d} seconds ago'))
def tell(city: City, names: Names, outcomes: Outcomes, unit: str, longitude: float, latitude: float, seconds: int) -> None:
    fix = Fix(names.unit(unit), Point(longitude, latitude), city.clock.now() - timedelta(seconds=seconds))

    async def told() -> None:
        outcomes[:] = await city.tocsin.positions.report(OWNER, [fix])

    city.does(told())


@when("old tracks are forgotten")
def forget(city: City) -> None:
    city.does(Schedule(city.database, city.tocsin.desk, city.clock, city.tocsin.positions).forget())


@then(step("the fix is {outcome:Code}"))
def fix_is(outcomes: Outcomes, outcome: str) -> None:
    assert outcomes == [FixOutcome(outcome)]


@then(step('the fix is refused on "{field}": "{sentence}"'))
def fix_refused(outcomes: Outcomes, field: str, sentence: str) -> None:
    (refusal,) = outcomes
    assert isinstance(refusal, Rejected)
    assert (refusal.field, refusal.message) == (field, sentence)


@then(step('unit "{unit}" is at {longitude:g}, {latitude:g} since {seconds:d} seconds'))
def unit_is_at(city: City, names: Names, unit: str, longitude: float, latitude: float, seconds: int) -> None:
    async def shown() -> None:
        (found,) = await city.tocsin.positions.latest(OWNER, Nearby(), MANY)
        assert (found.unit, found.place, found.age) == (names.unit(unit), Point(longitude, latitude), seconds)

    city.goes_on(shown())


@then(step('the track of unit "{unit}" tells of {ago} seconds ago'))
def track_tells(city: City, names: Names, unit: str, ago: str) -> None:
    assert tracked(city, names, unit) == [float(each) for each in ago.split(", ")]


@then(step('the track of unit "{unit}" tells of nothing'))
def track_tells_nothing(city: City, names: Names, unit: str) -> None:
    assert tracked(city, names, unit) == []


def tracked(city: City, names: Names, unit: str) -> list[float]:
    ages, now = list[float](), city.clock.now()

    async def shown() -> None:
        found = await city.tocsin.positions.track(OWNER, names.unit(unit), now - timedelta(60), now, MANY)
        ages.extend((now - each.at).total_seconds() for each in found or ())

    city.goes_on(shown())
    return ages
