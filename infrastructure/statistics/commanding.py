"""How long orders took by way of command (R27): the centre to the unit past the levels between (flat), or from level to level."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from application.oversight.responding import CommandMode, CommandSegment, CommandTime
from domain.dispatching.events import ReportSource
from domain.oversight.percentiles import nearest_rank
from domain.oversight.shares import is_told
from infrastructure.projections.oversight.tables import alarm_facts, run_facts
from infrastructure.statistics.alarms import received
from infrastructure.statistics.cohorts import excluded
from infrastructure.statistics.inquiry import Inquiry
from infrastructure.statistics.responses import MEASURED, REASONS, SECOND

ENDS = {
    CommandSegment.RECEIVED_TO_ORDERED: ("received_at", "ordered_at"),
    CommandSegment.ORDERED_TO_ACKNOWLEDGED: ("ordered_at", "acknowledged_at"),
    CommandSegment.ORDERED_TO_ARRIVED: ("ordered_at", "arrived_at"),
}


def command_times(inquiry: Inquiry, *, small: bool) -> list[CommandTime]:
    """Each mode by each segment, whether there are any or not."""
    runs = _runs(inquiry)
    return [time for segment in CommandSegment for time in _segment(inquiry, runs, segment, small=small)]


def _segment(inquiry: Inquiry, runs: sa.Subquery, segment: CommandSegment, *, small: bool) -> list[CommandTime]:
    state = _state(runs, segment).label("state")
    seconds = sa.case((state == MEASURED, _micros(runs, segment) / sa.literal_column(str(SECOND))), else_=0).label("seconds")
    columns = runs.c.flat, state, seconds, sa.func.count().label("n")
    rows = inquiry.rows(sa.select(*columns).group_by(runs.c.flat, "state", "seconds").order_by("seconds"))
    of = {mode: [row for row in rows if bool(row.flat) is (mode is CommandMode.FLAT)] for mode in CommandMode}
    return [_time(inquiry, of[mode], mode, segment, small=small) for mode in CommandMode]


def _time(
    inquiry: Inquiry, rows: Sequence[sa.Row[*tuple[Any, ...]]], mode: CommandMode, segment: CommandSegment, *, small: bool
) -> CommandTime:
    counted = [(int(row.seconds), row.n) for row in rows if row.state == MEASURED]
    n = sum(each for _, each in counted)
    shown = is_told(n, small=small)
    return CommandTime(
        mode=mode,
        segment=segment,
        median=nearest_rank(counted, 50) if shown else None,
        p90=nearest_rank(counted, 90) if shown else None,
        n=n,
        excluded=excluded(**{reason: sum(row.n for row in rows if row.state == reason) for reason in REASONS}),
        position=inquiry.moment.position,
    )


def _state(runs: sa.Subquery, segment: CommandSegment) -> sa.Case[str]:
    """As response times have it: the first reason that holds. Whoever was called off on the way is measured until they acknowledged."""
    start, end = (runs.c[name] for name in ENDS[segment])
    ended = runs.c.ended.is_(True) if segment is CommandSegment.ORDERED_TO_ARRIVED else sa.false()
    return sa.case(
        (runs.c.test.is_(True), "TEST"),
        (runs.c.source == ReportSource.STREET_PATROL, "SELF_INITIATED"),
        (ended, "CANCELLED_BEFORE_ARRIVAL"),
        (start.is_(None) | end.is_(None), "MISSING"),
        (end < start, "NEGATIVE"),
        else_=MEASURED,
    )


def _micros(runs: sa.Subquery, segment: CommandSegment) -> sa.ColumnElement[Any]:
    start, end = (sa.type_coerce(runs.c[name], sa.BigInteger) for name in ENDS[segment])
    return end - start


def _runs(inquiry: Inquiry) -> sa.Subquery:
    run, alarm = run_facts.c, alarm_facts.c
    columns = run.flat, run.ordered_at, run.acknowledged_at, run.arrived_at, run.ended, alarm.received_at, alarm.test, alarm.source
    asked = sa.select(*columns).join(alarm_facts, alarm.id == run.alarm)
    return asked.where(inquiry.known(run_facts), *received(inquiry)).subquery("runs")
