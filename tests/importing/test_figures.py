"""The system's figures on real input equal the published ones, and a plain recomputation from the files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.cli.options import settings
from api.main import Tocsin, assemble
from application.casework.views import CaseView
from application.identity import OWNER
from application.oversight.figures import Statistics
from application.oversight.responding import Basis
from application.oversight.statistics import Definition, Period, Question
from application.views import Order, Span, Wanted
from tests.importing.data import CALLS, PERSONS, ROLLING, data
from tests.importing.plain import (
    FATAL,
    NON_FATAL,
    PACIFIC,
    SEGMENTS,
    WINDOW,
    cases,
    filed,
    first_arriving,
    moment,
    nearest_rank,
    rate,
    read,
    seconds,
)

T = TypeVar("T")


def ask(url: str, question: Callable[[Tocsin], Awaitable[T]]) -> T:
    async def asked() -> T:
        async with assemble(settings(url), working=False) as tocsin:
            return await question(tocsin)

    return asyncio.run(asked())


def query(url: str, document: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["query", document, "--database", url], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)["data"]
    return answer


def test_the_published_solving_rates(shootings: str):
    answer = query(
        shootings,
        """{
          year: solvingRate(period: {from: "2015-04-20", to: "2015-12-31"}, definitions: [COHORT]) { numerator denominator value position }
          before: solvingRate(period: {from: "2014-04-20", to: "2015-04-19"}, definitions: [COHORT]) { denominator }
          after: solvingRate(period: {from: "2015-04-21", to: "2016-04-19"}, definitions: [COHORT]) { denominator }
          all: cases { totalCount }
        }""",
    )
    assert answer["year"][0] | {"position": 0} == {"numerator": 168, "denominator": 665, "value": 168 / 665, "position": 0}
    assert (answer["before"][0]["denominator"], answer["after"][0]["denominator"]) == (498, 839)
    assert answer["all"]["totalCount"] == 3_479


def test_open_cases_and_the_one_that_waits_on_a_warrant(shootings: str):
    filed_then = Wanted(within={"filed_at": Span(datetime(2014, 12, 31, 16, tzinfo=UTC), datetime(2016, 12, 31, 16, tzinfo=UTC))})
    found = ask(shootings, lambda it: it.read_models.page(CaseView, filed_then, Order(by="filed_at"), 2_000, None))
    uncleared = [case for case in found.rows if case.clearance is None]
    assert sum(case.warrants == 0 for case in uncleared) == 1_146
    assert sum(case.warrants > 0 for case in uncleared) == 1


def test_every_published_rolling_rate(shootings: str):
    published = read(data(ROLLING))

    async def all_days(tocsin: Tocsin) -> int:
        for row in published:
            await _compare(tocsin.statistics.seen_by(OWNER), row)
        return len(published)

    assert ask(shootings, all_days) == 1_461


async def _compare(statistics: Statistics, row: dict[str, str]) -> None:
    day = date.fromisoformat(row["CASE_DATE"])
    window = Period(day - WINDOW, day)
    total = (await statistics.solving_rate(Question(period=window), [Definition.COHORT], small=True))[0]
    assert total.denominator == float(row["incidents_total"])
    for type, column in ((NON_FATAL, "closure_rate_nonfatal"), (FATAL, "closure_rate_fatal")):
        found = (await statistics.solving_rate(Question(period=window, types=(type,)), [Definition.COHORT], small=True))[0]
        assert found.value is not None
        assert abs(found.value - float(row[column])) < 1e-9


def test_the_rates_of_any_stretch_equal_a_plain_recomputation(shootings: str):
    plain, first = cases(data(PERSONS)), date(2012, 1, 1)
    stretches = [
        (first + timedelta(days=start), first + timedelta(days=start + length)) for start in (0, 500, 1_900) for length in (0, 29, 400)
    ]

    async def compare(tocsin: Tocsin) -> None:
        for begin, end in stretches:
            for type in (None, NON_FATAL, FATAL):
                question = Question(period=Period(begin, end), types=(type,) if type else ())
                found = (await tocsin.statistics.seen_by(OWNER).solving_rate(question, [Definition.COHORT], small=True))[0]
                assert (found.numerator, found.denominator) == rate(filed(plain, begin, end, type))

    ask(shootings, compare)


def test_no_figure_that_needs_the_day_of_a_clearance_believes_the_import(shootings: str):
    whole = Question(period=Period(date(2012, 1, 1), date.max - timedelta(days=1)))
    wanted = [Definition.PERIOD, Definition.WINDOW_30D, Definition.WINDOW_365D]
    assert [each.numerator for each in ask(shootings, lambda it: it.statistics.seen_by(OWNER).solving_rate(whole, wanted, small=True))] == [
        0,
        0,
        0,
    ]


@pytest.mark.parametrize("basis", [Basis.RUN, Basis.FIRST_ARRIVING])
@pytest.mark.parametrize("priority", [None, "2", "3"])
def test_every_percentile_of_the_calls_equals_a_plain_recomputation(calls: str, basis: Basis, priority: str | None):
    whole = Question(period=Period(date(2020, 4, 1), date(2020, 5, 1)))
    runs = read(data(CALLS))
    if basis is Basis.FIRST_ARRIVING:
        runs = first_arriving(runs)
    if priority is not None:
        runs = [run for run in runs if run["Final Priority"] == priority]
    _equal(ask(calls, lambda it: it.statistics.seen_by(OWNER).response_times(whole, priority, basis)), runs)


def test_the_percentiles_of_one_day_are_those_of_the_day_in_the_deployment_s_zone(calls: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TOCSIN_ZONE", "America/Los_Angeles")
    url = calls
    CliRunner().invoke(app, ["rebuild", "figures", "--database", url], catch_exceptions=False)
    day = date(2020, 4, 9)
    runs = [run for run in read(data(CALLS)) if _day(run) == day]
    _equal(ask(url, lambda it: it.statistics.seen_by(OWNER).response_times(Question(period=Period(day, day)), None, Basis.RUN)), runs)


def _day(run: dict[str, str]) -> date | None:
    received = moment(run["Received DtTm"])
    return received.astimezone(PACIFIC).date() if received else None


def _equal(found: list[Any], runs: list[dict[str, str]]) -> None:
    assert len(found) == len(SEGMENTS)
    for each in found:
        measured, excluded = seconds(runs, each.segment)
        assert (each.n, each.p50, each.p90) == (len(measured), nearest_rank(measured, 50), nearest_rank(measured, 90))
        assert {left.reason: left.n for left in each.excluded if left.n} == {reason: n for reason, n in excluded.items() if n}
