"""Runs organisations.feature, with the steps that it alone says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pytest_bdd import scenarios, then, when

from application.jurisdiction import organisations
from application.oversight.statistics import Area, Period, Question
from domain.ids import OrganisationId
from features.city import City
from features.wording import step
from infrastructure.access.tree import read
from infrastructure.statistics.inquiry import Moment, inquire

scenarios("organisations.feature")


@when(step('organisation "{code}" moves under "{parent}" from "{day}"'))
def move(city: City, code: str, parent: str, day: str) -> None:
    city.act(organisations.move(OrganisationId(code), OrganisationId(parent), date.fromisoformat(day)))


@then(step('"{above}" reaches "{code}", and "{other}" does not'))
def reaches(city: City, above: str, code: str, other: str) -> None:
    city.catch_up()
    with city.database.reading() as connection:
        tree = read(connection, (0, 0))
    assert code in tree.closure(frozenset({above}))
    assert code not in tree.closure(frozenset({other}))


@then(step('figures of "{before}" hold "{code}" until "{last}", those of "{after}" from "{first}"'))
def counted(city: City, before: str, code: str, last: str, after: str, first: str) -> None:
    city.catch_up()
    assert code in _counted(city, before, last) and code not in _counted(city, after, last)  # noqa: PT018 - each other's opposite
    assert code in _counted(city, after, first) and code not in _counted(city, before, first)  # noqa: PT018 - each other's opposite


def _counted(city: City, organisation: str, day: str) -> Collection[str]:
    on = date.fromisoformat(day)
    asked = Question(period=Period(on, on), area=Area(organisation=OrganisationId(organisation)))
    with city.database.reading() as connection:
        return inquire(connection, asked, Moment(city.head(), on, latest=True)).stations or ()
