"""Alarms received in a period (S1), after the merges known at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from application.dispatching.views import AlarmView
from application.oversight.statistics import AlarmCount
from domain.dispatching.events import PROACTIVE, AlarmResult
from infrastructure.projections.oversight.tables import alarm_facts
from infrastructure.statistics.cohorts import excluded
from infrastructure.statistics.inquiry import Condition, Inquiry, paged, total

ONE = sa.literal_column("1", sa.BigInteger)


def alarm_counts(inquiry: Inquiry) -> AlarmCount:
    facts = alarm_facts.c
    real, own = facts.test.is_(False), facts.merged_into.is_(None)
    row = inquiry.row(
        sa.select(
            total(ONE, real, own).label("alarms"),
            total(facts.reports, real).label("reports"),
            total(ONE, real, own, facts.source.in_(PROACTIVE)).label("proactive"),
            total(ONE, real, own, facts.result == AlarmResult.UNFOUNDED).label("unfounded"),
            total(ONE, real, ~own).label("merged"),
            total(ONE, ~real).label("tests"),
        ).where(*received(inquiry))
    )
    return AlarmCount(
        alarms=row.alarms,
        reports=row.reports,
        proactive=row.proactive,
        unfounded=row.unfounded,
        merged=row.merged,
        excluded=excluded(TEST=row.tests),
        position=inquiry.moment.position,
    )


def alarms_counted(inquiry: Inquiry, first: int, after: UUID | None) -> Sequence[UUID]:
    facts = alarm_facts.c
    counted = sa.select(facts.id).where(facts.test.is_(False), facts.merged_into.is_(None), *received(inquiry))
    return [row.id for row in inquiry.rows(paged(inquiry, AlarmView, counted, facts.id, first, after))]


def received(inquiry: Inquiry) -> list[Condition]:
    """The alarms that the question is about."""
    facts, types = alarm_facts.c, inquiry.question.types
    conditions = [inquiry.in_period(facts.received_day), inquiry.known(alarm_facts), *inquiry.within(alarm_facts)]
    return [*conditions, facts.alarm_type.in_(types)] if types else conditions
