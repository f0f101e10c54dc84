"""The bridge from the booked rate to the cohort rate (S13): every difference is a sum of ledger entries, or of cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from application.oversight.statistics import BridgeItem, BridgeStep, Listed, Side
from domain.oversight.measures import Cause, Measure
from infrastructure.projections.oversight.tables import ledger
from infrastructure.statistics.books import cases_of
from infrastructure.statistics.cohorts import cleared_but_no_crime, cleared_but_no_crime_cases
from infrastructure.statistics.inquiry import Condition, Inquiry, total

MOVING = (Cause.TRANSFERRED, Cause.RECLASSIFIED, Cause.SPLIT, Cause.MERGED, Cause.UNMERGED)
TAKING_BACK = (Cause.REVOKED, Cause.REOPENED)


class Part(NamedTuple):
    """Entries that one rate counts and the other does not; the sign leads from the booked rate to the cohort's."""

    item: BridgeItem
    side: Side
    sign: int
    condition: Condition


def bridge(inquiry: Inquiry) -> list[BridgeStep]:
    steps = [(item, side) for item, side, *_ in _parts(inquiry)]
    sums = [total(_signed(inquiry, item, side)).label(f"s{at}") for at, (item, side) in enumerate(dict.fromkeys(steps))]
    row = inquiry.row(sa.select(*sums).where(*_relevant(inquiry)))
    amounts = dict(zip(dict.fromkeys(steps), row, strict=True))
    amounts[BridgeItem.CLEARED_BUT_NO_CRIME, Side.NUMERATOR] = -cleared_but_no_crime(inquiry)
    order = list(BridgeItem)
    return [
        BridgeStep(item=item, side=side, amount=amount, position=inquiry.moment.position)
        for (item, side), amount in sorted(amounts.items(), key=lambda each: (each[0][1] is Side.DENOMINATOR, order.index(each[0][0])))
    ]


def bridge_cases(inquiry: Inquiry, item: BridgeItem, side: Side, first: int, after: UUID | None) -> Sequence[Listed]:
    if item is BridgeItem.CLEARED_BUT_NO_CRIME:
        return cleared_but_no_crime_cases(inquiry, first, after) if side is Side.NUMERATOR else []
    return cases_of(inquiry, _signed(inquiry, item, side), _relevant(inquiry), first, after)


def _signed(inquiry: Inquiry, item: BridgeItem, side: Side) -> sa.ColumnElement[int]:
    parts = [part for part in _parts(inquiry) if (part.item, part.side) == (item, side)]
    if not parts:
        return sa.literal_column("0", sa.BigInteger)
    return sa.case(*((part.condition, part.sign * ledger.c.amount) for part in parts), else_=0)


def _relevant(inquiry: Inquiry) -> list[Condition]:
    entry = ledger.c
    measures = [Measure.FILED, Measure.UNFOUNDED, Measure.NO_CRIME, Measure.CLEARED]
    return [entry.measure.in_(measures), inquiry.in_period(entry.effective_day) | inquiry.in_period(entry.cohort_day), *inquiry.booked()]


def _parts(inquiry: Inquiry) -> list[Part]:
    entry, num, den = ledger.c, Side.NUMERATOR, Side.DENOMINATOR
    undated = entry.effective_day.is_(None)
    effective, cohort = ~undated & inquiry.in_period(entry.effective_day), inquiry.in_period(entry.cohort_day)
    backlog, late = effective & ~cohort, ~undated & ~effective & cohort
    moved, taken = entry.cause.in_(MOVING), entry.cause.in_(TAKING_BACK)
    filed, cleared = entry.measure == Measure.FILED, entry.measure == Measure.CLEARED
    unfounded, no_crime = entry.measure == Measure.UNFOUNDED, entry.measure == Measure.NO_CRIME
    return [
        Part(BridgeItem.MOVED, num, -1, cleared & backlog & moved),
        Part(BridgeItem.MOVED, num, 1, cleared & late & moved),
        Part(BridgeItem.BACKLOG_REVOCATIONS, num, -1, cleared & backlog & taken),
        Part(BridgeItem.LATE_REVOCATIONS, num, 1, cleared & late & taken),
        Part(BridgeItem.BACKLOG_CLEARANCES, num, -1, cleared & backlog & ~moved & ~taken),
        Part(BridgeItem.LATE_CLEARANCES, num, 1, cleared & late & ~moved & ~taken),
        Part(BridgeItem.UNDATED_CLEARANCES, num, 1, cleared & undated & cohort),
        Part(BridgeItem.MOVED, den, -1, filed & backlog),
        Part(BridgeItem.MOVED, den, 1, filed & late),
        Part(BridgeItem.MOVED, den, 1, unfounded & backlog & moved),
        Part(BridgeItem.MOVED, den, -1, unfounded & late & moved),
        Part(BridgeItem.BACKLOG_WITHDRAWALS, den, 1, unfounded & backlog & ~moved),
        Part(BridgeItem.LATE_WITHDRAWALS, den, -1, unfounded & late & ~moved),
        Part(BridgeItem.WITHDRAWN_NOT_UNFOUNDED, den, 1, unfounded & cohort),
        Part(BridgeItem.WITHDRAWN_NOT_UNFOUNDED, den, -1, no_crime & cohort),
    ]
