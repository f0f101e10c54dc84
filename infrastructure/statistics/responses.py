"""Response intervals (S15): by run or by the first unit that arrived, nearest rank, with everything left out counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.dispatching.views import OrderView
from application.oversight.responding import Basis, ResponseTime, Segment
from domain.dispatching.events import ReportSource
from domain.oversight.percentiles import nearest_rank
from infrastructure.projections.oversight.tables import alarm_facts, run_facts
from infrastructure.statistics.alarms import received
from infrastructure.statistics.cohorts import excluded
from infrastructure.statistics.inquiry import Inquiry, Selected, known, paged

SECOND = 1_000_000
"""In microseconds."""
MEASURED = "MEASURED"
REASONS = ("TEST", "SELF_INITIATED", "CANCELLED_BEFORE_ARRIVAL", "MISSING", "NEGATIVE")
ENDS = {
    Segment.PROCESSING: ("received_at", "ordered_at"),
    Segment.TURNOUT: ("ordered_at", "en_route_at"),
    Segment.TRAVEL: ("en_route_at", "arrived_at"),
    Segment.TOTAL: ("received_at", "arrived_at"),
}


def response_times(inquiry: Inquiry, priority: str | None, basis: Basis) -> list[ResponseTime]:
    runs = _runs(inquiry, priority, basis)
    return [_segment(inquiry, runs, basis, segment) for segment in Segment]


def runs_measured(inquiry: Inquiry, priority: str | None, basis: Basis, segment: Segment, first: int, after: UUID | None) -> Sequence[UUID]:
    runs = _runs(inquiry, priority, basis)
    measured = sa.select(runs.c.id).where(_state(runs, segment) == MEASURED)
    return [row.id for row in inquiry.rows(paged(inquiry, OrderView, measured, runs.c.id, first, after))]


def _segment(inquiry: Inquiry, runs: sa.Subquery, basis: Basis, segment: Segment) -> ResponseTime:
    state = _state(runs, segment).label("state")
    seconds = sa.case((state == MEASURED, _micros(runs, segment) / sa.literal_column(str(SECOND))), else_=0)
    rows = inquiry.rows(
        sa.select(state, seconds.label("seconds"), sa.func.count().label("n")).group_by("state", "seconds").order_by("seconds")
    )
    counted = [(int(row.seconds), row.n) for row in rows if row.state == MEASURED]
    return ResponseTime(
        segment=segment,
        basis=basis,
        p50=nearest_rank(counted, 50),
        p90=nearest_rank(counted, 90),
        n=sum(n for _, n in counted),
        excluded=excluded(**{reason: sum(row.n for row in rows if row.state == reason) for reason in REASONS}),
        position=inquiry.moment.position,
    )


def _state(runs: sa.Subquery, segment: Segment) -> sa.Case[str]:
    """Whether a run is measured in this segment, or why not; the first reason that holds."""
    start, end = (runs.c[name] for name in ENDS[segment])
    return sa.case(
        (runs.c.test.is_(True), "TEST"),
        (runs.c.source == ReportSource.STREET_PATROL, "SELF_INITIATED"),
        (runs.c.ended.is_(True), "CANCELLED_BEFORE_ARRIVAL"),
        (start.is_(None) | end.is_(None), "MISSING"),
        (end < start, "NEGATIVE"),
        else_=MEASURED,
    )


def _micros(runs: sa.Subquery, segment: Segment) -> sa.ColumnElement[Any]:
    start, end = (sa.type_coerce(runs.c[name], sa.BigInteger) for name in ENDS[segment])
    return end - start


def _runs(inquiry: Inquiry, priority: str | None, basis: Basis) -> sa.Subquery:
    """The runs asked about, each with its alarm and the priority at its dispatch."""
    run, alarm = run_facts.c, alarm_facts.c
    columns = [run.id, run.ordered_at, run.en_route_at, run.arrived_at, run.ended, alarm.received_at, alarm.test, alarm.source]
    runs = (
        sa.select(*columns, _priority().label("priority"))
        .join(alarm_facts, alarm.id == run.alarm)
        .where(inquiry.known(run_facts), *received(inquiry))
    )
    if basis is Basis.FIRST_ARRIVING:
        runs = _ranked(inquiry, runs)
    found = runs.subquery("runs")
    chosen = sa.select(found)
    if priority is not None:
        chosen = chosen.where(found.c.priority == priority)
    if basis is Basis.FIRST_ARRIVING:
        chosen = chosen.where(found.c.rank == 1)
    return chosen.subquery("measured")


def _priority() -> sa.ColumnElement[str | None]:
    """What the order says, else what the alarm's priority was known to be when the unit was ordered."""
    then, run = alarm_facts.alias("then"), run_facts.c
    ends = then.c.known_to.is_(None) | (then.c.known_to > run.ordered_position)
    at_dispatch = sa.select(then.c.priority).where(then.c.id == run.alarm, then.c.known_from <= run.ordered_position, ends)
    return sa.func.coalesce(run.priority, at_dispatch.scalar_subquery())


def _ranked(inquiry: Inquiry, runs: Selected) -> Selected:
    """The first unit to arrive stands for its happening; where none arrived, a run that was not called off does."""
    run, roots = run_facts.c, _roots(inquiry)
    happening = sa.func.coalesce(roots.c.root, alarm_facts.c.id)
    order = (run.arrived_at.is_(None), run.ended, run.arrived_at, run.ordered_at, run.id)
    rank = sa.func.row_number().over(partition_by=happening, order_by=order)
    return runs.outerjoin(roots, roots.c.id == alarm_facts.c.id).add_columns(rank.label("rank"))


def _roots(inquiry: Inquiry) -> sa.Subquery:
    """For each merged alarm the one that goes on at the end of its merges."""
    merged = alarm_facts.alias("merged")
    start = sa.select(merged.c.id, merged.c.merged_into.label("root")).where(
        merged.c.merged_into.is_not(None), known(merged, inquiry.moment)
    )
    chain = start.cte("chain", recursive=True)
    link = alarm_facts.alias("link")
    further = (
        sa.select(chain.c.id, link.c.merged_into)
        .join(link, link.c.id == chain.c.root)
        .where(link.c.merged_into.is_not(None), known(link, inquiry.moment))
    )
    chain = chain.union(further)
    end = alarm_facts.alias("goes_on")
    return (
        sa.select(chain.c.id, chain.c.root)
        .join(end, end.c.id == chain.c.root)
        .where(end.c.merged_into.is_(None), known(end, inquiry.moment))
        .subquery("roots")
    )
