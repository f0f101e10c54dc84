"""The figures of a small town, worked out by hand, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from application.oversight.statistics import (
    Area,
    AsOf,
    BridgeItem,
    Definition,
    Excluded,
    Granularity,
    OutcomeBasis,
    OutcomeScheme,
    Period,
    Question,
    Side,
)
from domain.casework.events import (
    CaseFact,
    CaseFactCorrected,
    CaseMerged,
    CaseReclassified,
    CaseReopened,
    CaseUnmerged,
    ClearanceRevoked,
    Offence,
    WithdrawalReason,
)
from domain.ids import CaseId, CorrectionId
from domain.oversight.measures import CountUnit, Measure
from tests.figures.pages import named
from tests.figures.town import NORTH, SOUTH, YEAR, Town, day, rates

pytestmark = pytest.mark.anyio


async def test_the_definitions_of_the_solving_rate_differ_by_what_they_attribute(books):
    """Ten filed in the year, one before. A backlog clearance, a revoked one, an undated one, a late one, a withdrawn case."""
    town = Town()
    old = town.file("old", day(6, year=2019))
    cases = [town.file(f"c{n}", day(1 + n)) for n in range(10)]
    town.clear(old, day(2))
    town.clear(cases[0], day(2, 5))  # after 35 days
    town.clear(cases[1], day(2, 11))  # after 10 days
    town.clear(cases[2], day(4))
    town.write(cases[2], ClearanceRevoked(reason="r"), day(5))
    town.clear(cases[3], day(6), dated=False)
    town.clear(cases[4], day(3, year=2021))  # after the year
    town.withdraw(cases[5], day(8), WithdrawalReason.NO_CRIME)
    town.withdraw(cases[6], day(9), WithdrawalReason.PLAINLY_MINOR)
    town.withdraw(cases[7], day(9, 5), WithdrawalReason.SUSPECT_DIED)
    found = await rates(books, town, Question(period=YEAR))

    period = found[Definition.PERIOD]
    assert (period.numerator, period.denominator) == (1 + 2 + 1 - 1 + 1, 10 - 2)
    assert (period.current_clearances, period.backlog_clearances) == (3, 1)
    assert period.excluded == (Excluded("UNDATED_CLEARANCE", 1),)
    assert period.value == pytest.approx(4 / 8)
    assert period.ci is not None
    assert period.ci.high > 1  # a ratio, not a proportion

    cohort = found[Definition.COHORT]
    assert (cohort.numerator, cohort.denominator, cohort.pending) == (5, 9, 4)
    assert cohort.excluded == (Excluded("NO_CRIME", 1),)
    assert cohort.maturity == 1.0
    assert cohort.ci is not None
    assert cohort.ci.high < 1

    window = found[Definition.WINDOW_30D]
    assert (window.numerator, window.denominator) == (1, 8)  # c1; c7's suspect died after 35 days; c3 undated
    assert set(window.excluded) == {Excluded("UNDATED_CLEARANCE", 1), Excluded("NO_CRIME", 1)}
    assert found[Definition.WINDOW_90D].numerator == 3
    assert found[Definition.WINDOW_365D].numerator == 4
    assert len({rate.position for rate in found.values()}) == 1


async def test_each_definition_lists_its_cases(books):
    town = Town()
    old, one, two = town.file("old", day(6, year=2019)), town.file("one", day(1)), town.file("two", day(1))
    town.clear(old, day(2))
    town.clear(one, day(2))
    town.clear(two, day(2), dated=False)
    figures, question = books.fill(town.records), Question(period=YEAR)

    async def numbers(definition, side):
        return sorted(each.number for each in await figures.solving_rate_cases(question, definition, side, 50, None))

    assert await numbers(Definition.PERIOD, Side.NUMERATOR) == ["old", "one"]
    assert await numbers(Definition.PERIOD, Side.DENOMINATOR) == ["one", "two"]
    assert await numbers(Definition.COHORT, Side.NUMERATOR) == ["one", "two"]
    assert await numbers(Definition.WINDOW_90D, Side.NUMERATOR) == ["one"]
    assert await numbers(Definition.WINDOW_90D, Side.DENOMINATOR) == ["one"]


async def test_a_list_of_cases_goes_on_after_the_last_one_seen(books):
    town = Town()
    for n in range(5):
        town.file(f"c{n}", day(1))
    figures, question = books.fill(town.records), Question(period=YEAR)
    seen, after = [], None
    while page := await figures.solving_rate_cases(question, Definition.COHORT, Side.DENOMINATOR, 2, after):
        seen += [each.number for each in page]
        after = page[-1].id
    assert sorted(seen) == [f"c{n}" for n in range(5)]


async def test_a_percentage_on_a_small_base_is_shown_when_asked_for(books):
    town = Town()
    for n in range(29):
        town.clear(town.file(f"c{n}", day(1)), day(2))
    hidden = await rates(books, town, Question(period=YEAR), small=False)
    assert [(rate.value, rate.ci) for rate in hidden.values()] == [(None, None)] * 5
    assert hidden[Definition.COHORT].numerator == 29
    town.file("c29", day(1))
    shown = await rates(books, town, Question(period=YEAR), small=False)
    assert shown[Definition.COHORT].value == pytest.approx(29 / 30)


async def test_more_withdrawn_than_filed_gives_no_rate(books):
    town = Town()
    old = town.file("old", day(6, year=2019))
    town.withdraw(old, day(2), WithdrawalReason.NO_CRIME)
    rate = (await rates(books, town, Question(period=YEAR), Definition.PERIOD))[Definition.PERIOD]
    assert (rate.denominator, rate.value, rate.ci) == (-1, None, None)


async def test_a_window_waits_until_it_is_over(books):
    """The log's last record is of 2030-01-01."""
    town = Town()
    town.file("in time", date(2029, 12, 1))
    town.file("too recent", date(2029, 12, 5))
    rate = (await rates(books, town, Question(period=Period(date(2029, 12, 1), date(2029, 12, 31))), Definition.WINDOW_30D))[
        Definition.WINDOW_30D
    ]
    assert (rate.denominator, rate.excluded, rate.maturity) == (1, (Excluded("TOO_RECENT", 1),), 0.5)


async def test_a_case_with_two_types_counts_once_in_a_filter_of_both(books):
    town = Town()
    both = town.file("both", day(1), types=("HOMICIDE", "NON_FATAL"))
    town.file("one", day(1), types=("NON_FATAL",))
    town.clear(both, day(2), offences=1)
    figures = books.fill(town.records)

    async def counted(types, unit):
        question = Question(period=YEAR, types=types, unit=unit)
        (rate,) = await figures.solving_rate(question, [Definition.COHORT], small=True)
        return rate.numerator, rate.denominator

    assert await counted(("HOMICIDE", "NON_FATAL"), CountUnit.CASE) == (1, 2)
    assert await counted(("HOMICIDE",), CountUnit.CASE) == (1, 1)
    assert await counted(("NON_FATAL",), CountUnit.CASE) == (1, 2)
    assert await counted((), CountUnit.CASE) == (1, 2)
    assert await counted(("HOMICIDE", "NON_FATAL"), CountUnit.OFFENCE) == (1, 3)
    assert await counted(("HOMICIDE",), CountUnit.OFFENCE) == (1, 1)
    assert await counted(("NON_FATAL",), CountUnit.OFFENCE) == (0, 2)


async def test_a_figure_as_of_a_past_position_or_time_is_what_was_known_then(books):
    town = Town()
    case = town.file("c", day(1))
    town.clear(case, day(2))
    before = len(town.records)
    town.write(case, ClearanceRevoked(reason="r"), day(3))
    figures = books.fill(town.records)
    (now,) = await figures.solving_rate(Question(period=YEAR), [Definition.COHORT], small=True)
    for as_of in (AsOf(position=before), AsOf(recorded_at=town.records[before - 1].recorded_at + timedelta(milliseconds=1))):
        (then,) = await figures.solving_rate(Question(period=YEAR, as_of=as_of), [Definition.COHORT], small=True)
        assert (then.numerator, then.position) == (1, before)
    assert (now.numerator, now.position) == (0, before + 1)


async def test_the_bridge_adds_up_and_lists_its_cases(books):
    town = Town()
    old, older = town.file("old", day(6, year=2019)), town.file("older", day(5, year=2019))
    cases = [town.file(f"c{n}", day(1)) for n in range(8)]
    town.clear(older, day(7, year=2019))
    town.clear(old, day(2))
    town.write(older, ClearanceRevoked(reason="r"), day(3))
    town.clear(cases[0], day(2, year=2021))
    town.clear(cases[1], day(2))
    town.write(cases[1], ClearanceRevoked(reason="r"), day(3, year=2021))
    town.clear(cases[2], day(4), dated=False)
    town.withdraw(old, day(5), WithdrawalReason.OTHER)
    town.withdraw(cases[3], day(2, year=2021), WithdrawalReason.NO_CRIME)
    town.withdraw(cases[4], day(6), WithdrawalReason.AMNESTY)
    town.write(cases[5], CaseMerged(into=cases[6], reason="r"), day(7, year=2021))
    town.clear(cases[7], day(8))
    town.withdraw(cases[7], day(9), WithdrawalReason.NO_CRIME)
    figures, question = books.fill(town.records), Question(period=YEAR)
    period, cohort = await figures.solving_rate(question, [Definition.PERIOD, Definition.COHORT], small=True)
    steps = await figures.bridge(question)
    for side, start, end in (
        (Side.NUMERATOR, period.numerator, cohort.numerator),
        (Side.DENOMINATOR, period.denominator, cohort.denominator),
    ):
        assert start + sum(step.amount for step in steps if step.side is side) == end
    amounts = {(step.item, step.side): step.amount for step in steps if step.amount}
    assert amounts == {
        (BridgeItem.BACKLOG_CLEARANCES, Side.NUMERATOR): -1,
        (BridgeItem.BACKLOG_REVOCATIONS, Side.NUMERATOR): 1,
        (BridgeItem.LATE_CLEARANCES, Side.NUMERATOR): 1,
        (BridgeItem.LATE_REVOCATIONS, Side.NUMERATOR): -1,
        (BridgeItem.UNDATED_CLEARANCES, Side.NUMERATOR): 1,
        (BridgeItem.CLEARED_BUT_NO_CRIME, Side.NUMERATOR): -1,
        (BridgeItem.BACKLOG_WITHDRAWALS, Side.DENOMINATOR): 1,
        (BridgeItem.LATE_WITHDRAWALS, Side.DENOMINATOR): -1,
        (BridgeItem.WITHDRAWN_NOT_UNFOUNDED, Side.DENOMINATOR): 1,
        (BridgeItem.MOVED, Side.DENOMINATOR): -1,
    }
    for (item, side), amount in amounts.items():
        listed = await figures.bridge_cases(question, item, side, 50, None)
        assert sum(each.amount for each in listed) == amount
    (late,) = await figures.bridge_cases(question, BridgeItem.LATE_CLEARANCES, Side.NUMERATOR, 50, None)
    assert late.number == "c0"


async def test_the_counts_are_the_parts_of_the_rate(books):
    town = Town()
    old, one, two = town.file("old", day(6, year=2019)), town.file("one", day(1)), town.file("two", day(1))
    town.clear(old, day(2))
    town.clear(one, day(2))
    town.write(one, ClearanceRevoked(reason="r"), day(3))
    town.clear(one, day(4))
    town.withdraw(two, day(5), WithdrawalReason.PLAINLY_MINOR)
    counts = await books.fill(town.records).case_counts(Question(period=YEAR))
    assert (counts.filed, counts.withdrawn, counts.known_booked, counts.known_restated) == (2, 1, 1, 2)
    assert (counts.cleared, counts.revoked, counts.clearances_booked) == (3, 1, 2)
    assert (counts.current_clearances, counts.backlog_clearances) == (1, 1)
    booked = await books.figures.cases_booked(Question(period=YEAR), Measure.CLEARED, 50, None)
    assert sorted((each.number, each.amount) for each in booked) == [("old", 1), ("one", 1)]


# --- Trend -----------------------------------------------------------------------------------------------------------


async def test_a_trend_has_a_point_for_every_stretch_now_and_then(books):
    town = Town()
    one = town.file("one", day(1, 20), types=("THEFT",))
    town.file("two", day(3), types=("FRAUD", "THEFT"))
    before = len(town.records)
    theft, fraud = (Offence("THEFT"),), (Offence("FRAUD"),)
    town.write(one, CaseReclassified(before=theft, after=fraud, reason="r"), day(3, 5))
    figures = books.fill(town.records)
    quarter = Period(day(1, 15), day(3, 31))

    async def amounts(**asked):
        question = Question(period=quarter, **asked)
        points = await figures.trend(question, Measure.FILED, Granularity.MONTH, by_type="types" in asked)
        return [(point.start, point.type, point.amount) for point in points]

    starts = [day(1, 15), day(2), day(3)]
    assert await amounts() == [(starts[0], None, 1), (starts[1], None, 0), (starts[2], None, 1)]
    typed = await amounts(types=("FRAUD", "THEFT"))
    assert [(type, n) for _, type, n in typed] == [("FRAUD", 0), ("THEFT", 1), ("FRAUD", 0), ("THEFT", 0), ("FRAUD", 2), ("THEFT", 0)]
    past = await amounts(types=("FRAUD", "THEFT"), as_of=AsOf(position=before))
    assert [n for *_, n in past] == [0, 1, 0, 0, 1, 1]
    assert [n for *_, n in await amounts(area=Area(division=NORTH))] == [1, 0, 1]
    days = await figures.trend(Question(period=quarter), Measure.FILED, Granularity.DAY, by_type=False)
    assert len(days) == 77
    assert {point.start: point.amount for point in days if point.amount} == {day(1, 20): 1, day(3): 1}
    around = await figures.trend(Question(period=Period(day(2, 29), day(3, 31))), Measure.FILED, Granularity.MONTH, by_type=False)
    assert [(point.start, point.amount) for point in around] == [(day(2, 29), 0), (day(3), 1)]


# --- Outcomes --------------------------------------------------------------------------------------------------------


async def test_a_suspects_death_has_three_names(books):
    town = Town()
    died, gone, open_case = town.file("died", day(1)), town.file("gone", day(1)), town.file("open", day(1))
    town.withdraw(died, day(2), WithdrawalReason.SUSPECT_DIED)
    town.withdraw(gone, day(2), WithdrawalReason.NO_CRIME)
    figures = books.fill(town.records)

    async def codes(scheme, basis):
        return {share.code: (share.n, share.total) for share in await figures.outcomes(Question(period=YEAR), scheme, basis)}

    assert await codes(OutcomeScheme.UCR, OutcomeBasis.ASSIGNED_TO) == {"EXCEPTIONAL_A": (1, 2), "NOT_YET_ASSIGNED": (1, 2)}
    assert await codes(OutcomeScheme.HOME_OFFICE, OutcomeBasis.ASSIGNED_TO) == {"5": (1, 2), "NOT_YET_ASSIGNED": (1, 2)}
    assert await codes(OutcomeScheme.CHINA, OutcomeBasis.RECORDED_IN) == {"撤案（犯罪嫌疑人死亡）": (1, 1)}
    listed = await figures.outcome_cases(Question(period=YEAR), OutcomeScheme.UCR, OutcomeBasis.ASSIGNED_TO, "NOT_YET_ASSIGNED", 50, None)
    assert [each.id for each in listed] == [open_case]


# --- What comes back to where it was ---------------------------------------------------------------------------------


async def current(books, town, question):
    figures = books.fill(town.records)
    found = await figures.solving_rate(question, tuple(Definition), small=True)
    counts = await figures.case_counts(question)
    return [(rate.definition, rate.numerator, rate.denominator) for rate in found], (counts.known_booked, counts.clearances_booked)


@pytest.mark.parametrize("change", ["merge", "clear", "transfer", "withdraw", "correct"])
@pytest.mark.parametrize("unit", list(CountUnit))
async def test_what_is_undone_leaves_the_current_figures_as_they_were(books, change, unit):
    town = Town()
    town.file("other", day(1), types=("FRAUD",))
    case = town.file("case", day(1), types=("FRAUD", "THEFT"))
    if change != "clear":
        town.clear(case, day(2), offences=2)
    question = Question(period=YEAR, area=Area(division=NORTH), types=("FRAUD",), unit=unit)
    before = await current(books, town, question)
    match change:
        case "merge":
            town.write(case, CaseMerged(into=CaseId(named("other")), reason="r"), day(3))
            changed = await current(books, town, question)
            town.write(case, CaseUnmerged(out_of=CaseId(named("other")), reason="r"), day(4))
        case "clear":
            town.clear(case, day(2), offences=2)
            changed = await current(books, town, question)
            town.write(case, ClearanceRevoked(reason="r"), day(3))
        case "transfer":
            town.transfer(case, day(3), NORTH, SOUTH)
            changed = await current(books, town, question)
            town.transfer(case, day(4), SOUTH, NORTH)
        case "withdraw":
            town.withdraw(case, day(3), WithdrawalReason.NO_CRIME)
            changed = await current(books, town, question)
            town.write(case, CaseReopened(reason="r"), day(4))
        case _:
            wrong, right = datetime(2021, 6, 1, tzinfo=UTC), datetime(2020, 1, 1, 4, tzinfo=UTC)
            correct = {"correction": CorrectionId(named("c")), "fact": CaseFact.FILED_AT, "corrects": 4, "reason": "r"}
            town.write(case, CaseFactCorrected(**correct, instant=wrong), day(4))
            changed = await current(books, town, question)
            town.write(case, CaseFactCorrected(**correct, instant=right), day(5))
    assert changed != before
    assert await current(books, town, question) == before
