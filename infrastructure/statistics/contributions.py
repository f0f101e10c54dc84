"""What was achieved with the help of a channel (S23), as known at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.casework.views import CaseView
from application.dispatching.views import AlarmView
from application.oversight.statistics import ContributionTally, Excluded, Listed
from domain.casework.events import ContributionChannel, WithdrawalReason
from domain.dispatching.events import AlarmOutcome
from domain.oversight.contributions import OF_ALARMS, ContributionOutcome, naming
from infrastructure.projections.oversight.tables import alarm_facts, case_facts
from infrastructure.statistics.alarms import ONE
from infrastructure.statistics.cohorts import excluded
from infrastructure.statistics.inquiry import Condition, Inquiry, paged, total

Counted = tuple[int, tuple[Excluded, ...]]


def contributions(inquiry: Inquiry, channel: ContributionChannel) -> list[ContributionTally]:
    found = {**_alarms(inquiry, channel), ContributionOutcome.CRIMINAL_CASE: _cases(inquiry, channel)}
    return [
        ContributionTally(outcome=outcome, count=count, excluded=left_out, position=inquiry.moment.position)
        for outcome, (count, left_out) in ((outcome, found.get(outcome, (0, ()))) for outcome in ContributionOutcome)
    ]


def _alarms(inquiry: Inquiry, channel: ContributionChannel) -> Mapping[ContributionOutcome, Counted]:
    """A merged alarm is counted with the one that goes on."""
    facts = alarm_facts.c
    real, own = facts.test.is_(False), facts.merged_into.is_(None)
    columns = (
        total(ONE, real, own).label("counted"),
        total(ONE, real, ~own).label("merged"),
        total(ONE, ~real).label("tests"),
    )
    rows = inquiry.rows(sa.select(facts.outcome, *columns).where(*_achieved(inquiry, channel)).group_by(facts.outcome))
    return {_outcome(row.outcome): (row.counted, excluded(TEST=row.tests, MERGED=row.merged)) for row in rows}


def _outcome(outcome: Any) -> ContributionOutcome:
    return OF_ALARMS[AlarmOutcome(outcome)]


def _cases(inquiry: Inquiry, channel: ContributionChannel) -> Counted:
    """Cases with a clearance that stands; one without a day may lie anywhere, and is left out."""
    facts = case_facts.c
    own, crime = _counting()
    dated, undated = inquiry.in_period(facts.cleared_day), facts.cleared_day.is_(None)
    row = inquiry.row(
        sa.select(
            total(ONE, dated, own, crime).label("counted"),
            total(ONE, undated, own, crime).label("undated"),
            total(ONE, dated, own, ~crime).label("no_crime"),
            total(ONE, dated, ~own).label("merged"),
        ).where(facts.clearance.is_not(None), dated | undated, *_helped(inquiry, case_facts, channel))
    )
    return row.counted, excluded(UNDATED_CLEARANCE=row.undated, NO_CRIME=row.no_crime, MERGED=row.merged)


def alarms_contributed(
    inquiry: Inquiry, channel: ContributionChannel, outcome: ContributionOutcome, first: int, after: UUID | None
) -> Sequence[UUID]:
    """The alarms that a tally counts under an outcome of alarms; there are none under another."""
    facts, meant = alarm_facts.c, [each for each, told in OF_ALARMS.items() if told is outcome]
    counted = [facts.outcome.in_(meant), facts.test.is_(False), facts.merged_into.is_(None), *_achieved(inquiry, channel)]
    rows = inquiry.rows(paged(inquiry, AlarmView, sa.select(facts.id).where(*counted), facts.id, first, after))
    return [row.id for row in rows]


def cases_contributed(
    inquiry: Inquiry, channel: ContributionChannel, outcome: ContributionOutcome, first: int, after: UUID | None
) -> Sequence[Listed]:
    """The cases that a tally counts; each is one of it, however many offences it has."""
    if outcome is not ContributionOutcome.CRIMINAL_CASE:
        return ()
    facts = case_facts.c
    counted = [facts.clearance.is_not(None), inquiry.in_period(facts.cleared_day), *_counting(), *_helped(inquiry, case_facts, channel)]
    rows = inquiry.rows(paged(inquiry, CaseView, sa.select(facts.id, facts.number).where(*counted), facts.id, first, after))
    return [Listed(row.id, row.number) for row in rows]


def _achieved(inquiry: Inquiry, channel: ContributionChannel) -> list[Condition]:
    return [inquiry.in_period(alarm_facts.c.achieved_day), *_helped(inquiry, alarm_facts, channel)]


def _counting() -> tuple[Condition, Condition]:
    """Cases that stand for themselves, and were crimes."""
    return case_facts.c.merged_into.is_(None), case_facts.c.withdrawal.is_distinct_from(WithdrawalReason.NO_CRIME)


def _helped(inquiry: Inquiry, facts: sa.Table, channel: ContributionChannel) -> list[Condition]:
    """The versions known then, in the area and as far as it may be counted, to which the channel contributed."""
    return [facts.c.channels.contains(naming(channel)), inquiry.known(facts), *inquiry.within(facts)]
