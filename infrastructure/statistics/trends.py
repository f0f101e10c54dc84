"""How much of a measure was booked day by day, month by month or year by year, from whatever sums lie ready."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from application.oversight.statistics import Granularity, Period, TrendPoint
from domain.oversight.measures import Measure
from infrastructure.projections.oversight.tables import BLOCKS, EVERYWHERE, block_sums, daily_sums, ledger, type_bags
from infrastructure.statistics.inquiry import Condition, Inquiry, Selected

DECEMBER = 12


def trend(inquiry: Inquiry, measure: Measure, granularity: Granularity, *, by_type: bool) -> list[TrendPoint]:
    """A point for each stretch of the period, and for each type where they are told apart; nothing booked is 0."""
    starts = _starts(inquiry.question.period, granularity)
    amounts = _amounts(inquiry, measure, starts)
    kinds = _by_type(inquiry, amounts) if by_type else {None: _together(amounts)}
    return [
        TrendPoint(start=start, type=kind, measure=measure, amount=sums[at], position=inquiry.moment.position)
        for at, start in enumerate(starts)
        for kind, sums in kinds.items()
    ]


def _starts(period: Period, granularity: Granularity) -> list[date]:
    """The first days of the stretches; the first one begins with the period."""
    starts = [period.first]
    while (following := _following(starts[-1], granularity)) <= period.last:
        starts.append(following)
    return starts


def _following(day: date, granularity: Granularity) -> date:
    match granularity:
        case Granularity.DAY:
            return day + timedelta(1)
        case Granularity.MONTH:
            return date(day.year + day.month // DECEMBER, day.month % DECEMBER + 1, 1)
        case Granularity.YEAR:
            return date(day.year + 1, 1, 1)


def _amounts(inquiry: Inquiry, measure: Measure, starts: Sequence[date]) -> Sequence[tuple[int, int, int]]:
    """Stretch, set of types, amount."""
    booked = _source(inquiry, measure)
    later = [(booked.c.day < following, at) for at, following in enumerate(starts[1:])]
    stretch = sa.case(*later, else_=len(starts) - 1) if later else sa.literal_column("0")
    days = len(starts) == (inquiry.question.period.last - inquiry.question.period.first).days + 1
    by = booked.c.day if days else stretch.label("stretch")
    rows = inquiry.rows(
        sa.select(by, booked.c.types, sa.cast(sa.func.sum(booked.c.amount), sa.BigInteger)).group_by(sa.text("1"), sa.text("2"))
    )
    return [((row[0] - starts[0]).days if days else row[0], row[1], row[2]) for row in rows]


def _together(amounts: Iterable[tuple[int, int, int]]) -> Counter[int]:
    sums: Counter[int] = Counter()
    for stretch, _, amount in amounts:
        sums[stretch] += amount
    return sums


def _by_type(inquiry: Inquiry, amounts: Sequence[tuple[int, int, int]]) -> dict[str | None, Counter[int]]:
    """A case with several types counts for each of them; types that were asked for are there even with nothing booked."""
    held = _types(inquiry, {types for _, types, _ in amounts})
    wanted = inquiry.question.types or sorted({type for types in held.values() for type in types})
    sums: dict[str | None, Counter[int]] = {type: Counter() for type in wanted}
    for stretch, types, amount in amounts:
        for type in held[types]:
            if type in sums:
                sums[type][stretch] += amount
    return sums


def _types(inquiry: Inquiry, sets: set[int]) -> dict[int, list[str]]:
    held: dict[int, list[str]] = defaultdict(list)
    for bag, type in inquiry.rows(sa.select(type_bags.c.bag, type_bags.c.type).where(type_bags.c.bag.in_(sets))):
        held[bag].append(type)
    return held


def _source(inquiry: Inquiry, measure: Measure) -> sa.Subquery:
    """Amounts by day and set of types: daily sums for now, sums of blocks for a past position, else the ledger itself."""
    codes = _summed_divisions(inquiry)
    if inquiry.moment.latest and codes is not None:
        return _sums(inquiry, measure, daily_sums, daily_sums.c.division.in_(codes)).subquery("booked")
    if codes == [EVERYWHERE]:
        return sa.union_all(*_past(inquiry, measure)).subquery("booked")
    return _entries(inquiry, ledger.c.measure == measure, *inquiry.booked()).subquery("booked")


def _summed_divisions(inquiry: Inquiry) -> list[str] | None:
    """The divisions whose daily sums answer the question; None where a station or a reused code needs the ledger."""
    if inquiry.everywhere:
        return [EVERYWHERE]
    if inquiry.place is None or any(meant.since or meant.until for meant in inquiry.place):
        return None
    return [meant.code for meant in inquiry.place]


def _past(inquiry: Inquiry, measure: Measure) -> Iterable[Selected]:
    """The entries up to a position: whole blocks, the largest first, and then single entries."""
    end, covered = inquiry.moment.position + 1, 0
    for size in reversed(BLOCKS):
        blocks = range(covered >> size, end >> size)
        if blocks:
            yield _sums(inquiry, measure, block_sums, block_sums.c.size == size, block_sums.c.block.in_(blocks))
        covered = (end >> size) << size
    few = [ledger.c.position >= covered, ledger.c.position < end]
    # A cast keeps SQLite from the index by measure and unit, which holds all there ever were.
    kinds = [sa.cast(ledger.c.measure, sa.Text) == measure.value, sa.cast(ledger.c.unit, sa.Text) == inquiry.question.unit.value]
    yield _entries(inquiry, *few, *kinds, *inquiry.of_types(ledger.c.types))


def _sums(inquiry: Inquiry, measure: Measure, table: sa.Table, *conditions: Condition) -> Selected:
    sums = table.c
    return sa.select(sums.day.label("day"), sums.types.label("types"), sums.amount.label("amount")).where(
        *conditions, sums.measure == measure, sums.unit == inquiry.question.unit, inquiry.in_period(sums.day), *inquiry.of_types(sums.types)
    )


def _entries(inquiry: Inquiry, *conditions: Condition) -> Selected:
    entry = ledger.c
    columns = (entry.effective_day.label("day"), entry.types.label("types"), entry.amount.label("amount"))
    return sa.select(*columns).where(inquiry.in_period(entry.effective_day), *conditions)
