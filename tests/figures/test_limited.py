"""Whoever may not count everything is told the sums of just what may be counted, whichever sums were at hand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.identity import Principal, Role
from application.oversight.statistics import Area, AsOf, Granularity, Period, Question
from domain.ids import DivisionCode, OfficerId, OrganisationId
from domain.jurisdiction.events import OrganisationKind
from domain.oversight.measures import CountUnit, Measure
from infrastructure.access.seen import Seen
from infrastructure.database import Database
from infrastructure.projections.casework.cases import CASES
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.projections.jurisdiction.grants import GRANTS
from infrastructure.projections.jurisdiction.organisations import ORGANISATIONS
from infrastructure.projections.oversight.tables import ledger, type_bags
from infrastructure.projections.tables import physical
from infrastructure.statistics import trends
from infrastructure.statistics.figures import SeenFigures
from tests.figures import cities
from tests.figures.books import ZONE, Books
from tests.figures.pages import named
from tests.identity.provider import NOW, Watch
from tests.projections.rows import put

PARENTS = {"city": None, "north": "city", "station 0": "north", "station 1": "north", "station 2": "city"}
REACH = {
    "city": {"station 0", "station 1", "station 2"},
    "north": {"station 0", "station 1"},
    "station 1": {"station 1"},
    "elsewhere": set[str](),
}
CASES_TOLD = [named(f"case {which}") for which in range(cities.CASES)]
OFFICER = OfficerId("o-1")
YEAR = Period(cities.START, cities.START + timedelta(400))

areas = st.sampled_from(
    [Area(), Area(division=DivisionCode("500105")), Area(division=DivisionCode("500000")), Area(organisation=OrganisationId("station 1"))]
)
whoever = st.builds(
    lambda role, home: Principal(OFFICER, OrganisationId(home), role, reach=(OrganisationId(home),)),
    st.sampled_from([Role.STATION_HEAD, Role.SUB_BUREAU_HEAD, Role.CITY_HEAD, Role.SYSTEM_ADMINISTRATOR, Role.OWNER]),
    st.sampled_from(list(REACH)),
)
some_cases = st.sets(st.sampled_from(CASES_TOLD))


@pytest.fixture
def shelf(database: Database) -> Books:
    install(database, catalogue(ZONE))
    return Books(database)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    city=cities.casework(),
    who=whoever,
    area=areas,
    types=st.lists(st.sampled_from(cities.TYPES), max_size=2, unique=True).map(tuple),
    measure=st.sampled_from([Measure.FILED, Measure.CLEARED]),
    sealed=some_cases,
    granted=some_cases,
    data=st.data(),
)
def test_a_trend_adds_up_what_may_be_counted_and_nothing_else(shelf: Books, city, who, area, types, measure, sealed, granted, data):
    shelf.fill(city.records)
    _tell(shelf.database, sealed, granted)
    position = data.draw(st.none() | st.integers(0, city.records[-1].position))
    question = Question(period=YEAR, area=area, types=types, as_of=AsOf(position=position))
    figures = SeenFigures(shelf.database, ZONE, Seen(Watch()), Watch()).counted_by(who)
    points = figures.ask(question, lambda inquiry: trends.trend(inquiry, measure, Granularity.DAY, by_type=False))
    expected = _recounted(
        shelf, who, replace(question, as_of=AsOf(position=position or 0)), measure, sealed - granted, now=position is None
    )
    assert {point.start: point.amount for point in points if point.amount} == expected


def _tell(database: Database, sealed: set, granted: set) -> None:
    with database.writing() as connection:
        for table in (CASES, GRANTS, ORGANISATIONS):
            connection.execute(sa.delete(physical(table, 1)))
        for id, parent in PARENTS.items():
            kind = OrganisationKind.CITY_BUREAU if parent is None else OrganisationKind.STATION
            put(connection, ORGANISATIONS, id=id, parent=parent, kind=kind)
        for case in CASES_TOLD:
            put(connection, CASES, id=case, number=str(case), sealed=case in sealed)
        for case in granted:
            put(connection, GRANTS, officer=OFFICER, case=case, until=NOW + timedelta(hours=1))


def _recounted(shelf: Books, who: Principal, question: Question, measure: Measure, hidden: set, *, now: bool) -> dict[date, int]:
    """Entry by entry, in other words than the policies'."""
    if who.role is Role.SYSTEM_ADMINISTRATOR:
        return {}
    everywhere = who.role in {Role.CITY_HEAD, Role.OWNER} or who.organisation == "city"
    bags = {row.bag for row in shelf.rows(sa.select(type_bags)) if row.type in question.types}
    sums: defaultdict[date, int] = defaultdict(int)
    for entry in shelf.rows(sa.select(ledger).where(ledger.c.measure == measure, ledger.c.unit == CountUnit.CASE)):
        counted = everywhere or entry.station in REACH[who.organisation]
        counted &= who.role is Role.OWNER or entry.case_id not in hidden
        counted &= not question.types or entry.types in bags
        counted &= now or entry.position <= (question.as_of.position or 0)
        counted &= question.area.division in {None, "500000", entry.division}
        counted &= question.area.organisation in {None, entry.station}
        if counted and entry.effective_day and YEAR.first <= entry.effective_day <= YEAR.last:
            sums[entry.effective_day] += entry.amount
    return {day: amount for day, amount in sums.items() if amount}
