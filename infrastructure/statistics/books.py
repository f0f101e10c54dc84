"""Sums of the ledger (S4, S6): what was booked in a period, and the cases behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from application.casework.views import CaseView
from application.oversight.statistics import Listed
from domain.oversight.measures import Cause, Measure
from infrastructure.projections.oversight.tables import case_stories, ledger
from infrastructure.statistics.inquiry import Condition, Inquiry, paged, total


class Booked(NamedTuple):
    """What was booked in a period; the split is by whether the case was filed in it."""

    filed: int
    withdrawn: int
    cleared: int
    revoked: int
    current: int
    backlog: int

    @property
    def known(self) -> int:
        """S4."""
        return self.filed - self.withdrawn

    @property
    def clearances(self) -> int:
        """S6."""
        return self.cleared - self.revoked


def booked(inquiry: Inquiry) -> Booked:
    entry = ledger.c
    cleared, revoked = entry.measure == Measure.CLEARED, entry.cause == Cause.REVOKED
    cohort = inquiry.in_period(entry.cohort_day)
    row = inquiry.row(
        sa.select(
            total(entry.amount, entry.measure == Measure.FILED).label("filed"),
            total(entry.amount, entry.measure == Measure.UNFOUNDED).label("withdrawn"),
            total(entry.amount, cleared, ~revoked).label("cleared"),
            total(-entry.amount, cleared, revoked).label("revoked"),
            total(entry.amount, cleared, cohort).label("current"),
            total(entry.amount, cleared, ~cohort).label("backlog"),
        ).where(
            entry.measure.in_([Measure.FILED, Measure.UNFOUNDED, Measure.CLEARED]),
            inquiry.in_period(entry.effective_day),
            *inquiry.booked(),
        )
    )
    return Booked(row.filed, row.withdrawn, row.cleared, row.revoked, row.current, row.backlog)


def undated(inquiry: Inquiry) -> int:
    """Clearances without a day that stand for cases filed by the period's end: any of them may lie in the period."""
    entry = ledger.c
    conditions = [entry.measure == Measure.CLEARED, entry.effective_day.is_(None), entry.cohort_day <= inquiry.question.period.last]
    return int(inquiry.row(sa.select(total(entry.amount)).where(*conditions, *inquiry.booked()))[0])


def booked_cases(inquiry: Inquiry, signs: dict[Measure, int], first: int, after: UUID | None) -> Sequence[Listed]:
    """The cases with an amount left over in the period, each measure taken with its sign."""
    entry = ledger.c
    amount = sa.case(*((entry.measure == measure, sign * entry.amount) for measure, sign in signs.items()), else_=0)
    conditions = [entry.measure.in_(list(signs)), inquiry.in_period(entry.effective_day), *inquiry.booked()]
    return cases_of(inquiry, amount, conditions, first, after)


def cases_of(
    inquiry: Inquiry, amount: sa.ColumnElement[int], conditions: Sequence[Condition], first: int, after: UUID | None
) -> Sequence[Listed]:
    """The cases whose entries under these conditions do not cancel out."""
    entry = ledger.c
    left = total(amount)
    sums = sa.select(entry.case_id, left.label("amount")).where(*conditions).group_by(entry.case_id).having(left != 0)
    page = paged(inquiry, CaseView, sums, entry.case_id, first, after).subquery("page")
    named = sa.select(case_stories.c.id, case_stories.c.number, page.c.amount).join(page, page.c.case_id == case_stories.c.id)
    return [Listed(row.id, row.number, row.amount) for row in inquiry.rows(named.order_by(case_stories.c.id))]
