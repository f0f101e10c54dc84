"""Runs populations.feature, with the steps that it alone says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pytest_bdd import given, scenarios, then, when

from application.casework import cases
from application.identity import OWNER
from application.jurisdiction import populations
from application.jurisdiction.populated import PopulationView
from application.oversight.per_head import CaseRate, case_rate
from application.oversight.statistics import Area, AsOf, Period, Question
from application.views import Order, Wanted
from domain.casework.events import Offence
from domain.ids import CaseId, DivisionCode
from domain.jurisdiction.events import PopulationKind
from domain.rules import Rejected
from features.city import STATION, City
from features.wording import step

scenarios("populations.feature")


@given(step('{count:d} cases were filed in division "{code}" on {day}'))
def cases_filed(city: City, count: int, code: str, day: str) -> None:
    at = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    for number in range(count):
        case = CaseId(city.id("case", str(number)))
        registered = cases.register(case, f"A{number}", DivisionCode(code), STATION, (Offence("THEFT", 1),))
        for command in (registered, cases.accept(case), cases.file(case)):
            city.happened(command, at=at)


@given(step('"{code}" had {people:d} {kind:Code} people in {year:d} by "{source}"'))
def counted(city: City, code: str, people: int, kind: str, year: int, source: str) -> None:
    city.happened(populations.record(DivisionCode(code), year, PopulationKind(kind), people, source))


@when(step('"{code}" has {people:d} {kind:Code} people in {year:d} by "{source}"'))
def count(city: City, code: str, people: int, kind: str, year: int, source: str) -> None:
    try:
        city.act(populations.record(DivisionCode(code), year, PopulationKind(kind), people, source))
    except Rejected as refusal:
        city.refusal = refusal


@when(step('"{code}" has {people:d} {kind:Code} people in {year:d} by ""'))
def count_by_nobody(city: City, code: str, people: int, kind: str, year: int) -> None:
    count(city, code, people, kind, year, "")


@when(step('"{code}", which is not registered, has people'))
def count_unknown(city: City, code: str) -> None:
    city.attempt(city.request(populations.record(DivisionCode(code), 2024, PopulationKind.RESIDENT, 10, "census")))


@then(step('the rate of {year:d} in "{code}" by {kind:Code} people is {known:d} of {people:d}, {value:g} per 100,000'))
def told(city: City, year: int, code: str, kind: str, known: int, people: int, value: float) -> None:
    found = rate(city, year, code, kind)
    assert (found.known, found.people, found.year, found.kind, found.value) == (known, people, year, kind, pytest.approx(value))


@then(step('as of before, the rate of {year:d} in "{code}" by {kind:Code} people is {known:d} of {people:d}, {value:g} per 100,000'))
def told_before(city: City, year: int, code: str, kind: str, known: int, people: int, value: float) -> None:
    found = rate(city, year, code, kind, city.head() - 1)
    assert (found.known, found.people, found.value) == (known, people, pytest.approx(value))


@then(step('there is no rate of {year:d} in "{code}" by {kind:Code} people'))
def untold(city: City, year: int, code: str, kind: str) -> None:
    found = rate(city, year, code, kind)
    assert (found.known, found.people, found.value) == (3, None, None)


def rate(city: City, year: int, code: str, kind: str, position: int | None = None) -> CaseRate:
    asked = Question(
        period=Period(date(year, 1, 1), date(year, 12, 31)), area=Area(division=DivisionCode(code)), as_of=AsOf(position=position)
    )
    rows = city.listed(PopulationView, Wanted(any_of={"division": [code], "year": [year], "kind": [kind]}), Order(by="year"))
    counted = city.answered(city.tocsin.statistics.seen_by(OWNER).case_counts(asked))
    return case_rate(counted, year, PopulationKind(kind), rows[0].counts if rows else ())
