"""Cases by the day of their filing (S5, S8, S9): what became of them, as known at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from application.casework.views import CaseView
from application.oversight.statistics import Excluded, Listed
from domain.casework.events import WithdrawalReason
from domain.oversight.measures import CountUnit
from infrastructure.projections.oversight.tables import case_facts, type_bags
from infrastructure.statistics.inquiry import Condition, Inquiry, paged, total

MATURE = 365
"""Days after which a cohort is called mature where the definition has no window of its own."""


class Cohort(NamedTuple):
    """The cases filed in the period, one row each: `n` is what each counts, `c` what of it is cleared."""

    rows: sa.Subquery
    counts: Condition
    """Neither merged nor found to be no crime (S5)."""
    no_crime: Condition

    @property
    def cleared(self) -> Condition:
        return self.rows.c.cleared.is_(True)


class Follow(NamedTuple):
    """How a cohort was followed up: `numerator` of `denominator`, and what was left out."""

    numerator: int
    denominator: int
    pending: int
    old: int
    base: int
    excluded: tuple[Excluded, ...]

    @property
    def maturity(self) -> float | None:
        return self.old / self.base if self.base else None


def cohort(inquiry: Inquiry) -> Cohort:
    whole, cleared = _weights(inquiry)
    facts = case_facts.c
    rows = (
        sa.select(
            facts.id,
            facts.number,
            facts.filed_day,
            facts.cleared,
            facts.cleared_day,
            facts.cleared_after,
            facts.withdrawal,
            facts.merged_into,
            facts.outcome,
            whole.label("n"),
            cleared.label("c"),
        )
        .where(inquiry.in_period(facts.filed_day), inquiry.known(case_facts), *inquiry.within(case_facts), *inquiry.of_types(facts.bag))
        .subquery("cohort")
    )
    own, no_crime = rows.c.merged_into.is_(None), WithdrawalReason.NO_CRIME
    return Cohort(rows, own & rows.c.withdrawal.is_distinct_from(no_crime), own & (rows.c.withdrawal == no_crime))


def follow_up(inquiry: Inquiry) -> Follow:
    """S8: cleared as known, of those that count."""
    group = cohort(inquiry)
    rows, old = group.rows.c, group.rows.c.filed_day <= inquiry.moment.day - timedelta(MATURE)
    row = inquiry.row(
        sa.select(
            total(rows.n, group.counts).label("base"),
            total(rows.c, group.counts).label("cleared"),
            total(rows.n, group.counts, old).label("old"),
            total(rows.n, group.no_crime).label("no_crime"),
            total(rows.n, rows.merged_into.is_not(None)).label("merged"),
        )
    )
    return Follow(row.cleared, row.base, row.base - row.cleared, row.old, row.base, excluded(NO_CRIME=row.no_crime, MERGED=row.merged))


def follow_up_within(inquiry: Inquiry, days: int) -> Follow:
    """S9: cleared within so many days, of those filed so many days ago; undated clearances are left out on both sides."""
    group = cohort(inquiry)
    rows, old, undated = group.rows.c, _old(inquiry, group, days), _undated(group)
    followed = [group.counts, old, ~undated]
    row = inquiry.row(
        sa.select(
            total(rows.n, group.counts).label("base"),
            total(rows.n, group.counts, old).label("old"),
            total(rows.n, *followed).label("followed"),
            total(rows.c, *followed).label("ever"),
            total(rows.c, *followed, rows.cleared_after <= days).label("within"),
            total(rows.n, group.counts, old, undated).label("undated"),
            total(rows.n, group.no_crime).label("no_crime"),
            total(rows.n, rows.merged_into.is_not(None)).label("merged"),
        )
    )
    left_out = excluded(TOO_RECENT=row.base - row.old, UNDATED_CLEARANCE=row.undated, NO_CRIME=row.no_crime, MERGED=row.merged)
    return Follow(row.within, row.followed, row.followed - row.ever, row.old, row.base, left_out)


def cohort_cases(inquiry: Inquiry, days: int | None, *, cleared: bool, first: int, after: UUID | None) -> Sequence[Listed]:
    """The cases of a cohort's denominator, or of its numerator; with a window, those of S9."""
    group = cohort(inquiry)
    rows = group.rows.c
    amount = rows.c if cleared else rows.n
    conditions = [group.counts, amount != 0]
    if days is not None:
        conditions += [_old(inquiry, group, days), ~_undated(group)]
        conditions += [rows.cleared_after <= days] if cleared else []
    return _listed(inquiry, group, amount, conditions, first, after)


def cleared_but_no_crime(inquiry: Inquiry) -> int:
    group = cohort(inquiry)
    return int(inquiry.row(sa.select(total(group.rows.c.c, group.no_crime)))[0])


def cleared_but_no_crime_cases(inquiry: Inquiry, first: int, after: UUID | None) -> Sequence[Listed]:
    group = cohort(inquiry)
    return _listed(inquiry, group, -group.rows.c.c, [group.no_crime, group.rows.c.c != 0], first, after)


def excluded(**reasons: int) -> tuple[Excluded, ...]:
    return tuple(Excluded(reason, n) for reason, n in reasons.items() if n)


def weight(inquiry: Inquiry, bag: sa.ColumnElement[int]) -> sa.ColumnElement[int]:
    """How many offences of the types asked for are in a bag."""
    types = inquiry.question.types
    count = sa.select(sa.func.sum(type_bags.c.count)).where(type_bags.c.bag == bag)
    if types:
        count = count.where(type_bags.c.type.in_(types))
    return sa.func.coalesce(count.scalar_subquery(), 0)


def _weights(inquiry: Inquiry) -> tuple[sa.ColumnElement[int], sa.ColumnElement[int]]:
    if inquiry.question.unit is CountUnit.OFFENCE:
        return weight(inquiry, case_facts.c.bag), weight(inquiry, case_facts.c.cleared_bag)
    return sa.literal_column("1", sa.BigInteger), sa.case((case_facts.c.cleared.is_(True), 1), else_=0)


def _old(inquiry: Inquiry, group: Cohort, days: int) -> Condition:
    return group.rows.c.filed_day <= inquiry.moment.day - timedelta(days)


def _undated(group: Cohort) -> Condition:
    return group.cleared & group.rows.c.cleared_day.is_(None)


def _listed(
    inquiry: Inquiry, group: Cohort, amount: sa.ColumnElement[int], conditions: Sequence[Condition], first: int, after: UUID | None
) -> Sequence[Listed]:
    rows = group.rows.c
    statement = paged(inquiry, CaseView, sa.select(rows.id, rows.number, amount.label("amount")).where(*conditions), rows.id, first, after)
    return [Listed(row.id, row.number, row.amount) for row in inquiry.rows(statement)]
