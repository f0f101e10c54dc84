"""Runs contributions.feature: the days are business days, and a tally is asked for as of one that is over."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.casework import cases
from application.commands import Command
from application.dispatching import alarms
from application.identity import OWNER, Principal, Role
from application.oversight.statistics import Area, AsOf, Period, Question
from domain.casework.events import ClearanceKind, Contribution, ContributionChannel, ContributionRole
from domain.dispatching.events import AlarmOutcome, AlarmResult, IntakeKind, ReportSource
from domain.ids import AlarmId, DivisionCode, OfficerId, OrganisationId, ReportId
from features.casework.office import Office
from features.city import STATION, City
from features.wording import step
from infrastructure.settings import Settings

scenarios("contributions.feature")

DIVISION = DivisionCode("500103")
ZONE = Settings().zone
Rows = list[list[str]]


class Registrar:
    """Writes down what was achieved, each time under another name."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.office = Office(city)
        self._named = 0

    def name(self) -> str:
        self._named += 1
        return f"no. {self._named}"

    def alarm(self, name: str) -> AlarmId:
        return AlarmId(self.city.id("alarm", name))

    def received(self, name: str, at: datetime | None = None) -> None:
        report = ReportId(uuid4())
        opened = alarms.open(self.alarm(name), report, ReportSource.CALL_110, IntakeKind.ALARM, DIVISION, STATION)
        self.city.happened(opened, at=at)

    def result(self, name: str, outcome: AlarmOutcome, helped: tuple[Contribution, ...], result: AlarmResult) -> Command:
        return alarms.record_result(self.alarm(name), result, outcome=outcome, contributions=helped)

    def solved(self, number: str, helped: tuple[Contribution, ...], at: datetime | None = None) -> None:
        case = self.office.case(number)
        for command in (self.office.registration(number), cases.accept(case), cases.file(case)):
            self.city.happened(command, at=at)
        asked = cases.clear(case, self.office.ask(number), ClearanceKind.OTHER, "CAUTION_ADULT", contributions=helped)
        self.city.happened(asked, by="Li", at=at)
        self.city.happened(self.office.approval(), by="Wang")

    def tally(self, channel: str, since: str, *, station: str | None = None, as_of: date | None = None) -> Rows:
        self.city.catch_up()
        area = Area(organisation=OrganisationId(station)) if station else Area()
        question = Question(period=Period(date.fromisoformat(since), date.max), area=area, as_of=AsOf(day=as_of))
        figures = self.city.tocsin.statistics.seen_by(OWNER)
        found = asyncio.run(figures.contributions(question, ContributionChannel(channel)))
        return [[each.outcome.value, str(each.count)] for each in found]

    def behind(self, channel: str, since: str) -> Rows:
        """As the head of the station is told, to whom a sealed case is not there."""
        self.city.catch_up()
        question = Question(period=Period(date.fromisoformat(since), date.max))
        figures = self.city.tocsin.statistics.seen_by(Principal(OfficerId("head"), STATION, Role.STATION_HEAD))
        asked, rows = ContributionChannel(channel), Rows()
        for each in asyncio.run(figures.contributions(question, asked)):
            alarms = asyncio.run(figures.alarms_contributed(question, asked, each.outcome, 10, None))
            cases = asyncio.run(figures.cases_contributed(question, asked, each.outcome, 10, None))
            assert len(alarms) + len(cases) == each.count
            rows += [[each.outcome.value, "quarrel"] for id in alarms if id == self.alarm("quarrel")]
            rows += [[each.outcome.value, case.number] for case in cases]
        return rows


@pytest.fixture
def registrar(city: City) -> Registrar:
    return Registrar(city)


def by(channel: str, roles: str = "DETECTED") -> tuple[Contribution, ...]:
    return tuple(Contribution(ContributionChannel(channel), ContributionRole(role)) for role in roles.split(", "))


@given(parsers.parse('by {channel} station "S-1" achieved, since {day}'))
def achieved(registrar: Registrar, channel: str, day: str, datatable: Rows) -> None:
    at = datetime.combine(date.fromisoformat(day), time(12), ZONE)
    for outcome, count in datatable:
        for name in (registrar.name() for _ in range(int(count))):
            if outcome == "CRIMINAL_CASE":
                registrar.solved(name, by(channel), at)
            else:
                registrar.received(name, at)
                registrar.city.happened(registrar.result(name, AlarmOutcome(outcome), by(channel), AlarmResult.HANDLED), at=at)


@given("a day went by")
def a_day(city: City) -> None:
    city.clock.passes(timedelta(days=1))


@given(parsers.parse('alarm "{name}" ended as {outcome}, by VIDEO as "{roles}" and by PATROL as "{others}"'))
def ended(registrar: Registrar, name: str, outcome: str, roles: str, others: str) -> None:
    """For the first time, or otherwise than was said before."""
    if not _known(registrar, name):
        registrar.received(name)
    helped = by("VIDEO", roles) + by("PATROL", others)
    registrar.city.happened(registrar.result(name, AlarmOutcome(outcome), helped, AlarmResult.MEDIATED))


def _known(registrar: Registrar, name: str) -> bool:
    return any(record.originator_id == registrar.alarm(name) for record in registrar.city.records(0))


@given(parsers.parse('case "{number}" was cleared, by VIDEO as "{roles}" and by PHONE as "{others}"'))
def cleared(registrar: Registrar, number: str, roles: str, others: str) -> None:
    registrar.solved(number, by("VIDEO", roles) + by("PHONE", others))


@given(parsers.parse('the clearance of case "{number}" was revoked'))
def revoked(registrar: Registrar, number: str) -> None:
    registrar.city.happened(cases.revoke_clearance(registrar.office.case(number), "Wrong."))


@when(step('alarm "{name}" is said to have ended as {outcome} although it was {result}'))
def fruitless(registrar: Registrar, name: str, outcome: str, result: str) -> None:
    registrar.received(name)
    registrar.city.act(registrar.result(name, AlarmOutcome(outcome), by("VIDEO"), AlarmResult(result)))


@given(parsers.parse('case "{number}" was sealed'))
def sealed(registrar: Registrar, number: str) -> None:
    registrar.city.happened(cases.seal(registrar.office.case(number), "A child."))


@then(parsers.parse("behind the tally of {channel} since {day} stand"))
def behind(registrar: Registrar, channel: str, day: str, datatable: Rows) -> None:
    assert sorted(registrar.behind(channel, day)) == sorted(datatable)


@then(parsers.parse("the tally of {channel} since {day} is"))
def tallied(registrar: Registrar, channel: str, day: str, datatable: Rows) -> None:
    assert registrar.tally(channel, day) == datatable


@then(parsers.parse("as of the day before, the tally of {channel} since {day} is"))
def tallied_then(registrar: Registrar, channel: str, day: str, datatable: Rows) -> None:
    yesterday = registrar.city.clock.now().astimezone(ZONE).date() - timedelta(1)
    assert registrar.tally(channel, day, as_of=yesterday) == datatable


@then(parsers.parse('at "{station}" the tally of {channel} since {day} is'))
def tallied_there(registrar: Registrar, station: str, channel: str, day: str, datatable: Rows) -> None:
    assert registrar.tally(channel, day, station=station) == datatable
