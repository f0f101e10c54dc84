"""How much of a measure was booked day by day, month by month or year by year, from whatever sums lie ready."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from application.oversight.statistics import Granularity, Period, TrendPoint
from domain.oversight.measures import Measure
from infrastructure.access.rows import sealed_cases
from infrastructure.access.seen import sql
from infrastructure.log.tables import EVENTS
from infrastructure.projections.oversight.tables import BLOCKS, EVERYWHERE, block_sums, daily_sums, ledger, station_sums, type_bags
from infrastructure.statistics.inquiry import Condition, Inquiry, Selected, total

DECEMBER = 12


def trend(inquiry: Inquiry, measure: Measure, granularity: Granularity, *, by_type: bool) -> list[TrendPoint]:
    """A point for each stretch of the period, and for each type where they are told apart; nothing booked is 0."""
    starts = _starts(inquiry.question.period, granularity)
    amounts = _amounts(inquiry, measure, starts, by_type=by_type)
    kinds = sorted({*inquiry.question.types, *(kind for _, kind in amounts if kind)}) if by_type else [None]
    return [
        TrendPoint(start=start, type=kind, measure=measure, amount=amounts.get((start, kind), 0), position=inquiry.moment.position)
        for start in starts
        for kind in kinds
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


def _amounts(inquiry: Inquiry, measure: Measure, starts: Sequence[date], *, by_type: bool) -> dict[tuple[date, str | None], int]:
    """By stretch and type. Sets of types are added up first: there are few of them beside the days."""
    booked = _source(inquiry, measure)
    columns = (_start(inquiry, booked.c.day, starts).label("start"), booked.c.types, sa.func.sum(booked.c.amount).label("amount"))
    added = sa.select(*columns).group_by("start", booked.c.types).subquery("added")
    amount = total(added.c.amount).label("amount")
    if not by_type:
        rows = inquiry.rows(sa.select(added.c.start, amount).group_by(added.c.start))
        return {(row.start, None): row.amount for row in rows}
    typed = sa.select(added.c.start, type_bags.c.type, amount).join(type_bags, type_bags.c.bag == added.c.types)
    if inquiry.question.types:
        typed = typed.where(type_bags.c.type.in_(inquiry.question.types))
    rows = inquiry.rows(typed.group_by(added.c.start, type_bags.c.type))
    return {(row.start, row.type): row.amount for row in rows}


def _start(inquiry: Inquiry, day: sa.ColumnElement[date], starts: Sequence[date]) -> sa.ColumnElement[date]:
    """The start of the stretch that a day is in: the day itself where stretches are days."""
    days = (inquiry.question.period.last - inquiry.question.period.first).days + 1
    return day if len(starts) == days else _between(day, starts)


def _between(day: sa.ColumnElement[date], starts: Sequence[date]) -> sa.ColumnElement[date]:
    if len(starts) == 1:
        return sa.literal(starts[0], sa.Date)
    middle = len(starts) // 2
    return sa.case((day < starts[middle], _between(day, starts[:middle])), else_=_between(day, starts[middle:]))


def _source(inquiry: Inquiry, measure: Measure) -> sa.Subquery:
    """Amounts by day and set of types: from sums, less what they hold of sealed cases, or else from the ledger itself."""
    summed = _now(inquiry, measure) if inquiry.moment.latest else _then(inquiry, measure)
    if not summed:
        return _entries(inquiry, ledger.c.measure == measure, *inquiry.booked()).subquery("booked")
    hidden = inquiry.hidden()
    less = [] if hidden is None else [_taken_off(inquiry, measure, hidden)]
    return sa.union_all(*summed, *less).subquery("booked")


def _now(inquiry: Inquiry, measure: Measure) -> list[Selected]:
    """Daily sums of the city, of divisions or of stations; none where a code was reused, or a division is asked for by a station."""
    reach, place = inquiry.summed(station_sums), inquiry.place
    if place is None and inquiry.stations is None and reach is True:
        return [_sums(inquiry, measure, daily_sums, daily_sums.c.division == EVERYWHERE)]
    if place is None:
        return [_sums(inquiry, measure, station_sums, sql(reach), *inquiry.there(station_sums))]
    if reach is True and not any(meant.since or meant.until for meant in place):
        return [_sums(inquiry, measure, daily_sums, daily_sums.c.division.in_([meant.code for meant in place]))]
    return []


def _then(inquiry: Inquiry, measure: Measure) -> list[Selected]:
    """Sums of blocks, which are there for the whole city."""
    everywhere = inquiry.place is None and inquiry.stations is None and inquiry.summed(station_sums) is True
    return list(_past(inquiry, measure)) if everywhere else []


def _taken_off(inquiry: Inquiry, measure: Measure, hidden: Condition) -> Selected:
    """Found by the log's events of sealed cases, of which there are few, and not by the ledger's own order."""
    entry = ledger.c
    sealed = sa.select(EVENTS.c.position).where(EVENTS.c.originator_id.in_(sealed_cases()), EVENTS.c.position <= inquiry.moment.position)
    positions = sealed.cte("sealed").prefix_with("MATERIALIZED")
    asked = [entry.measure == measure, entry.unit == inquiry.question.unit, inquiry.in_period(entry.effective_day), *inquiry.there(ledger)]
    return (
        sa.select(entry.effective_day.label("day"), entry.types.label("types"), (-entry.amount).label("amount"))
        .select_from(positions.join(ledger, entry.position == positions.c.position))
        .where(hidden, *asked, *inquiry.of_types(entry.types))
    )


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
