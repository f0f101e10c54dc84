"""Runs figures.feature: its steps act on days of their own, and read the figures from the projections."""

from __future__ import annotations

import asyncio
from calendar import month_name, monthrange
from datetime import date, datetime, time

import pytest
from pytest_bdd import given, parsers, scenarios, then

from application.casework import cases, corrections
from application.commands import Command
from application.identity import OWNER
from application.jurisdiction import area_groups
from application.oversight.statistics import Area, AreaGroupUnknown, AsOf, Definition, Period, Question, Side
from domain.casework.events import CaseFact, CaseFiled, ClearanceKind, SubjectKind, WithdrawalReason
from domain.ids import AreaGroupId, OrganisationId
from features.casework.office import DIVISION, Office
from features.city import City
from infrastructure.settings import Settings

scenarios("figures.feature")

ZONE = Settings().zone
YEAR = 2026
Rows = list[list[str]]


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), ZONE)


class Reckoning:
    """The figures of a city, after the projections have followed its log."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._figures = city.tocsin.statistics.seen_by(OWNER)
        self.known: int | None = None

    def rates(self, month: str, station: str | None = None, known: int | None = None, group: str | None = None) -> Rows:
        question = self._question(month, station, known, group)
        found = asyncio.run(self._figures.solving_rate(question, (Definition.PERIOD, Definition.COHORT), small=True))
        return [[rate.definition, str(rate.numerator), str(rate.denominator)] for rate in found]

    def solved(self, month: str) -> list[str]:
        question = self._question(month)
        listed = asyncio.run(self._figures.solving_rate_cases(question, Definition.COHORT, Side.NUMERATOR, 50, None))
        return [each.number for each in listed]

    def _question(self, month: str, station: str | None = None, known: int | None = None, group: str | None = None) -> Question:
        self._city.catch_up()
        number = list(month_name).index(month)
        period = Period(date(YEAR, number, 1), date(YEAR, number, monthrange(YEAR, number)[1]))
        area = Area(organisation=OrganisationId(station) if station else None, group=group)
        return Question(period=period, area=area, as_of=AsOf(position=known))


@pytest.fixture
def reckoning(city: City) -> Reckoning:
    return Reckoning(city)


def approved(office: Office, request: Command, day: str) -> None:
    """Asked for with its own day, and approved now."""
    office.city.happened(request, by="Li", at=noon(day))
    office.city.happened(office.approval(), by="Wang")


def solution(office: Office, case: str) -> Command:
    return cases.clear(office.case(case), office.ask(case), ClearanceKind.OTHER, "ADMINISTRATIVE_PENALTY")


@given(parsers.parse('cases "{numbers}" were filed on {day}'))
def were_filed(city: City, office: Office, numbers: str, day: str) -> None:
    for number in numbers.split(", "):
        for command in (office.registration(number), cases.accept(office.case(number)), cases.file(office.case(number))):
            city.happened(command, at=noon(day))


@given(parsers.parse('case "{case}" was cleared on {day}'))
def was_cleared(office: Office, case: str, day: str) -> None:
    approved(office, solution(office, case), day)


@given(parsers.parse('clearing "{case}" was asked for on {day}'))
def clearing_was_asked_for(city: City, office: Office, case: str, day: str) -> None:
    city.happened(solution(office, case), at=noon(day))


@given(parsers.parse('case "{case}" was withdrawn as {reason} on {day}'))
def was_withdrawn(office: Office, case: str, reason: str, day: str) -> None:
    approved(office, office.withdrawal(case, WithdrawalReason(reason)), day)


@given(parsers.parse('the clearance of "{case}" was revoked on {day}'))
def was_revoked(city: City, office: Office, case: str, day: str) -> None:
    city.happened(cases.revoke_clearance(office.case(case), "Wrong."), at=noon(day))


@given(parsers.parse('case "{case}" was merged into "{into}" on {day}'))
def was_merged(city: City, office: Office, case: str, into: str, day: str) -> None:
    city.happened(cases.merge(office.case(case), office.case(into), "The same."), at=noon(day))


@given(parsers.parse('case "{case}" was taken out of "{out_of}" on {day}'))
def was_unmerged(city: City, office: Office, case: str, out_of: str, day: str) -> None:
    city.happened(cases.unmerge(office.case(case), office.case(out_of), "Two."), at=noon(day))


@given(parsers.parse('case "{case}" was transferred to station "{station}" on {day}'))
def was_transferred(city: City, office: Office, case: str, station: str, day: str) -> None:
    city.happened(cases.transfer(office.case(case), OrganisationId(station), DIVISION, "Theirs."), at=noon(day))


@given(parsers.parse('the filing of "{case}" was corrected to {day}'))
def filing_was_corrected(city: City, office: Office, case: str, day: str) -> None:
    wrong = office.position(case, CaseFiled)
    asked = corrections.ask(
        office.correction, SubjectKind.CASE, CaseFact.FILED_AT, wrong, "Typed wrongly.", case=office.case(case), instant=noon(day)
    )
    city.happened(asked, by="Li")
    city.happened(corrections.approve(office.correction), by="Wang")


@given("that much was known")
def that_much(city: City, reckoning: Reckoning) -> None:
    reckoning.known = city.head()


@then(parsers.parse("the solving rate of {month:w} is"))
def solving_rate(reckoning: Reckoning, month: str, datatable: Rows) -> None:
    assert reckoning.rates(month) == datatable


@then(parsers.parse('the solving rate of {month:w} at station "{station}" is'))
def solving_rate_at(reckoning: Reckoning, month: str, station: str, datatable: Rows) -> None:
    assert reckoning.rates(month, station) == datatable


@then(parsers.parse("the solving rate of {month:w}, by what was known, is"))
def solving_rate_known(reckoning: Reckoning, month: str, datatable: Rows) -> None:
    assert reckoning.known is not None
    assert reckoning.rates(month, known=reckoning.known) == datatable


@then(parsers.parse('the cases solved of {month} are "{numbers}"'))
def cases_solved(reckoning: Reckoning, month: str, numbers: str) -> None:
    assert reckoning.solved(month) == numbers.split(", ")


@given(parsers.parse('area group "{code}" has had station "{station}" since {day}'))
def group_established(city: City, code: str, station: str, day: str) -> None:
    group = AreaGroupId(city.id("group", code))
    city.happened(area_groups.establish(group, code, code, code, date.fromisoformat(day), (OrganisationId(station),)))


@given(parsers.parse('area group "{code}" has station "{station}" from {day}'))
def group_changed(city: City, code: str, station: str, day: str) -> None:
    group = AreaGroupId(city.id("group", code))
    city.happened(area_groups.change_members(group, date.fromisoformat(day), (OrganisationId(station),)))


@then(parsers.parse('the solving rate of {month} in area group "{code}" is'))
def group_rate(reckoning: Reckoning, month: str, code: str, datatable: Rows) -> None:
    assert reckoning.rates(month, group=code) == datatable


@then(parsers.parse('there is no figure in area group "{code}"'))
def no_group(reckoning: Reckoning, code: str) -> None:
    with pytest.raises(AreaGroupUnknown):
        reckoning.rates("February", group=code)
