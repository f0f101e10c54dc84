"""Figures of an area: codes that are used again, organisations that hold others, transfers between them."""

from __future__ import annotations

from datetime import date

import pytest

from application.oversight.statistics import Area, Definition, Granularity, Period, Question
from domain.ids import DivisionCode, OrganisationId
from domain.jurisdiction.events import DivisionEstablished, DivisionLevel, OrganisationEstablished, OrganisationKind
from domain.oversight.measures import Measure
from tests.figures.pages import named
from tests.figures.town import NORTH, SOUTH, YEAR, Town, day

pytestmark = pytest.mark.anyio


def established(town: Town, name: str, code: str, parent: str | None, since: date) -> None:
    event = DivisionEstablished(
        code=DivisionCode(code),
        name_en=name,
        name_zh=name,
        level=DivisionLevel.COUNTY,
        parent=DivisionCode(parent) if parent else None,
        valid_from=since,
    )
    town.write(named(name), event, since)


async def test_a_reused_code_means_the_division_of_its_time(books):
    """500110 was Wansheng until 2011 and is Qijiang since."""
    town = Town()
    established(town, "city", "500000", None, date(1997, 6, 18))
    established(town, "wansheng", "500110", "500000", date(1997, 6, 18))
    established(town, "qijiang", "500110", "500000", date(2011, 10, 27))
    first = town.file("first", date(2011, 3, 1), division="500110")
    town.file("second", date(2011, 11, 1), division="500110")
    town.clear(first, date(2011, 12, 1))
    figures = books.fill(town.records)

    async def counted(code, first, last):
        question = Question(period=Period(first, last), area=Area(division=DivisionCode(code)))
        (rate,) = await figures.solving_rate(question, [Definition.PERIOD], small=True)
        points = await figures.trend(question, Measure.FILED, Granularity.YEAR, by_type=False)
        return rate.numerator, rate.denominator, sum(point.amount for point in points)

    assert await counted("500110", date(2011, 1, 1), date(2011, 9, 30)) == (0, 1, 1)
    assert await counted("500110", date(2011, 1, 1), date(2011, 12, 31)) == (0, 1, 1)
    assert await counted("500000", date(2011, 1, 1), date(2011, 12, 31)) == (1, 2, 2)
    assert await counted("500199", date(2011, 1, 1), date(2011, 12, 31)) == (0, 0, 0)


async def test_an_organisation_takes_in_those_below_it(books):
    town = Town()
    for name, parent in (("city", None), ("sub", "city"), (f"station-{NORTH}", "sub"), (f"station-{SOUTH}", "city")):
        event = OrganisationEstablished(
            organisation=OrganisationId(name),
            kind=OrganisationKind.STATION,
            name_en=name,
            name_zh=name,
            parent=OrganisationId(parent) if parent else None,
            division=NORTH,
            valid_from=day(1, year=2000),
        )
        town.write(named(f"organisation {name}"), event, day(1, year=2000))
    town.file("n", day(1))
    town.file("s", day(1), division=SOUTH)
    figures = books.fill(town.records)
    for organisation, count in (("city", 2), ("sub", 1), (f"station-{SOUTH}", 1), ("nowhere", 0)):
        counts = await figures.case_counts(Question(period=YEAR, area=Area(organisation=OrganisationId(organisation))))
        assert counts.filed == count, organisation


async def test_a_transfer_is_booked_on_its_day_and_moves_the_cohort(books):
    town = Town()
    case = town.file("c", day(1))
    town.clear(case, day(2))
    town.transfer(case, day(3, year=2021), NORTH, SOUTH)
    figures = books.fill(town.records)

    async def both(division):
        question = Question(period=YEAR, area=Area(division=division))
        found = await figures.solving_rate(question, [Definition.PERIOD, Definition.COHORT], small=True)
        return [(rate.numerator, rate.denominator) for rate in found]

    assert await both(NORTH) == [(1, 1), (0, 0)]
    assert await both(SOUTH) == [(0, 0), (1, 1)]
