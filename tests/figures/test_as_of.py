"""For any log and any position: a figure as of then is that of a log cut off there, and that of a naive recount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.oversight.responding import Basis, Segment
from application.oversight.statistics import (
    Area,
    AsOf,
    Definition,
    Granularity,
    Listed,
    OutcomeBasis,
    OutcomeScheme,
    Period,
    Question,
    Side,
    SolvingRate,
)
from domain.casework.events import ContributionChannel
from domain.ids import CaseId, DivisionCode, OrganisationId
from domain.oversight.contributions import ContributionOutcome
from domain.oversight.measures import CountUnit, Measure
from domain.oversight.percentiles import nearest_rank
from infrastructure.database import Database
from infrastructure.projections.oversight.tables import EVERYWHERE, block_sums, daily_sums, ledger, station_sums
from infrastructure.statistics import alarms, books, bridging, contributions, outcomes, rates, responses, trends
from infrastructure.statistics.figures import Figures
from infrastructure.statistics.inquiry import Inquiry
from tests.figures import cities, oracle
from tests.figures.books import Books

ALL = 1_000
examples = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def shelf(database: Database) -> Books:
    return Books(database)


areas = st.sampled_from(
    [
        Area(),
        Area(division=DivisionCode("500105")),
        Area(division=DivisionCode("500000")),
        Area(organisation=OrganisationId("station 1")),
    ]
)
days = st.integers(0, 360).map(lambda n: cities.START + timedelta(n))
questions = st.builds(
    Question,
    period=st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair))),
    area=areas,
    types=st.lists(st.sampled_from(cities.TYPES), max_size=2, unique=True).map(tuple),
    unit=st.sampled_from(list(CountUnit)),
)


def of_cases(inquiry: Inquiry) -> list[object]:
    """Everything that can be said about cases."""
    return [
        rates.solving_rates(inquiry, tuple(Definition), small=True),
        rates.case_counts(inquiry),
        bridging.bridge(inquiry),
        [rates.rate_cases(inquiry, definition, side, ALL, None) for definition in Definition for side in Side],
        [bridging.bridge_cases(inquiry, step.item, step.side, ALL, None) for step in bridging.bridge(inquiry)],
        [books.booked_cases(inquiry, {measure: 1}, ALL, None) for measure in Measure],
        [trends.trend(inquiry, measure, Granularity.MONTH, by_type=True) for measure in (Measure.FILED, Measure.CLEARED)],
        [trends.trend(inquiry, Measure.FILED, granularity, by_type=False) for granularity in (Granularity.DAY, Granularity.YEAR)],
        [outcomes.outcomes(inquiry, scheme, basis) for scheme in OutcomeScheme for basis in OutcomeBasis],
        [contributions.contributions(inquiry, channel) for channel in ContributionChannel],
    ]


def by_definition(inquiry: Inquiry) -> dict[Definition, SolvingRate]:
    return {rate.definition: rate for rate in rates.solving_rates(inquiry, tuple(Definition), small=True)}


def by_side(inquiry: Inquiry) -> dict[tuple[Definition, Side], Sequence[Listed]]:
    return {(definition, side): rates.rate_cases(inquiry, definition, side, ALL, None) for definition in Definition for side in Side}


def by_measure(inquiry: Inquiry) -> tuple[dict[Measure, dict[CaseId, int]], dict[tuple[Measure, Granularity], int]]:
    """What is listed, and what each trend comes to."""
    listed = {each: {case.id: case.amount for case in books.booked_cases(inquiry, {each: 1}, ALL, None)} for each in Measure}
    pairs = ((measure, granularity) for measure in Measure for granularity in Granularity)
    return listed, {pair: sum(point.amount for point in trends.trend(inquiry, *pair, by_type=False)) for pair in pairs}


def of_alarms(inquiry: Inquiry) -> list[object]:
    return [
        alarms.alarm_counts(inquiry),
        alarms.alarms_counted(inquiry, ALL, None),
        [contributions.contributions(inquiry, channel) for channel in ContributionChannel],
        [responses.response_times(inquiry, priority, basis) for basis in Basis for priority in (None, "1")],
        [responses.runs_measured(inquiry, None, basis, segment, ALL, None) for basis in Basis for segment in Segment],
    ]


@examples
@given(city=cities.casework(), question=questions, data=st.data())
def test_case_figures_as_of_a_position_are_those_of_a_log_cut_off_there(shelf: Books, city, question, data):
    n = data.draw(st.integers(1, len(city.records)))
    as_of = AsOf(position=city.records[n - 1].position)
    then = shelf.fill(city.records).ask(replace(question, as_of=as_of), of_cases)
    assert then == shelf.fill(city.records[:n]).ask(question, of_cases)


@examples
@given(city=cities.dispatching(), question=questions, data=st.data())
def test_alarm_figures_as_of_a_position_are_those_of_a_log_cut_off_there(shelf: Books, city, question, data):
    n = data.draw(st.integers(1, len(city.records)))
    as_of = AsOf(position=city.records[n - 1].position)
    then = shelf.fill(city.records).ask(replace(question, as_of=as_of), of_alarms)
    assert then == shelf.fill(city.records[:n]).ask(question, of_alarms)


@examples
@given(city=cities.casework(), question=questions)
def test_case_figures_equal_a_naive_recount(shelf: Books, city, question):
    records, figures = city.records, shelf.fill(city.records)
    booked = {measure: oracle.booked(records, question, measure) for measure in Measure}
    total = {measure: sum(found.values()) for measure, found in booked.items()}
    found = figures.ask(question, by_definition)
    period = found.pop(Definition.PERIOD)
    assert (period.numerator, period.denominator) == (total[Measure.CLEARED], total[Measure.FILED] - total[Measure.UNFOUNDED])
    cohort = found.pop(Definition.COHORT)
    assert (cohort.numerator, cohort.denominator) == oracle.cohort_rate(records, question)
    for definition, rate in found.items():
        assert (rate.numerator, rate.denominator) == oracle.window_rate(records, question, rates.WINDOWS[definition])
    listed, added_up = figures.ask(question, by_measure)
    for measure in Measure:
        assert listed[measure] == booked[measure]
        for granularity in Granularity:
            assert added_up[measure, granularity] == total[measure]


@examples
@given(city=cities.casework(), question=questions, as_of=st.integers(1, 1_000_000))
def test_every_figure_lists_just_what_it_counts_and_the_bridge_adds_up(shelf: Books, city, question, as_of):
    asked = replace(question, as_of=AsOf(position=as_of))
    figures = shelf.fill(city.records)
    found = figures.ask(asked, by_definition)
    listed = figures.ask(asked, by_side)
    for definition, rate in found.items():
        for side, count in ((Side.NUMERATOR, rate.numerator), (Side.DENOMINATOR, rate.denominator)):
            assert sum(each.amount for each in listed[definition, side]) == count
    steps = figures.ask(asked, bridging.bridge)
    for side, name in ((Side.NUMERATOR, "numerator"), (Side.DENOMINATOR, "denominator")):
        difference = getattr(found[Definition.COHORT], name) - getattr(found[Definition.PERIOD], name)
        assert sum(step.amount for step in steps if step.side is side) == difference
    bridged = figures.ask(asked, lambda inquiry: [bridging.bridge_cases(inquiry, step.item, step.side, ALL, None) for step in steps])
    for step, cases in zip(steps, bridged, strict=True):
        assert sum(each.amount for each in cases) == step.amount


@examples
@given(city=cities.dispatching(), question=questions, priority=st.sampled_from([None, "0", "1"]), basis=st.sampled_from(list(Basis)))
def test_response_times_equal_a_naive_recount(shelf: Books, city, question, priority, basis):
    asked = replace(question, area=Area())
    expected = oracle.responses(city.records, asked, basis, priority)
    figures: Figures = shelf.fill(city.records)
    for each in figures.ask(asked, lambda inquiry: responses.response_times(inquiry, priority, basis)):
        seconds, left_out = expected[each.segment]
        counted = [(value, 1) for value in seconds]
        assert (each.n, each.p50, each.p90) == (len(seconds), nearest_rank(counted, 50), nearest_rank(counted, 90))
        assert {excluded.reason: excluded.n for excluded in each.excluded} == left_out


channels = st.sampled_from([ContributionChannel.VIDEO, ContributionChannel.PATROL, ContributionChannel.PHONE])


def tally(shelf: Books, records, question, channel):
    found = shelf.fill(records).ask(question, lambda inquiry: contributions.contributions(inquiry, channel))
    return {each.outcome: each.count for each in found}


@examples
@given(city=cities.casework(), question=questions, channel=channels)
def test_a_case_solved_with_a_channels_help_is_tallied_once(shelf: Books, city, question, channel):
    counts = tally(shelf, city.records, question, channel)
    assert counts.pop(ContributionOutcome.CRIMINAL_CASE) == oracle.solved_with(city.records, question, channel)
    assert set(counts.values()) == {0}


@examples
@given(city=cities.dispatching(), question=questions, channel=channels)
def test_what_alarms_achieved_is_tallied_by_the_result_that_stands(shelf: Books, city, question, channel):
    asked = replace(question, area=Area())
    assert tally(shelf, city.records, asked, channel) == oracle.achieved_with(city.records, asked, channel)


@examples
@given(city=cities.casework())
def test_a_trend_as_of_any_position_is_the_sum_of_the_entries_up_to_it(shelf: Books, city):
    figures, year = shelf.fill(city.records), Period(cities.START, cities.START + timedelta(365))
    dated = [ledger.c.measure == Measure.FILED, ledger.c.unit == CountUnit.CASE, ledger.c.effective_day.between(year.first, year.last)]
    booked = shelf.rows(sa.select(ledger.c.position, ledger.c.amount).where(*dated))
    for position in {near for entry in booked for near in (entry.position - 1, entry.position)}:
        question = Question(period=year, as_of=AsOf(position=position))
        points = figures.ask(question, lambda inquiry: trends.trend(inquiry, Measure.FILED, Granularity.YEAR, by_type=False))
        assert sum(point.amount for point in points) == sum(entry.amount for entry in booked if entry.position <= position)


@examples
@given(city=cities.casework())
def test_the_sums_beside_the_ledger_are_those_of_its_entries(shelf: Books, city):
    shelf.fill(city.records)
    days, stations, blocks = defaultdict(int), defaultdict(int), defaultdict(int)
    for entry in shelf.rows(sa.select(ledger).where(ledger.c.effective_day.is_not(None))):
        for division in (EVERYWHERE, entry.division):
            days[division, entry.measure, entry.unit, entry.effective_day, entry.types] += entry.amount
        stations[entry.station, entry.measure, entry.unit, entry.effective_day, entry.types] += entry.amount
        for size in (12, 16, 20):
            blocks[size, entry.measure, entry.unit, entry.position >> size, entry.effective_day, entry.types] += entry.amount
    assert days == {tuple(row[:-1]): row.amount for row in shelf.rows(sa.select(daily_sums))}
    assert stations == {tuple(row[:-1]): row.amount for row in shelf.rows(sa.select(station_sums))}
    assert blocks == {tuple(row[:-1]): row.amount for row in shelf.rows(sa.select(block_sums))}
