"""How long repairs took, and which traffic violations were corrected, as far as it was known at a moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from application.surveillance.upkeep import Repairs, ViolationCount
from domain.oversight.percentiles import nearest_rank
from infrastructure.access.conditions import Condition
from infrastructure.database import microseconds
from infrastructure.projections.surveillance.facts import camera_facts
from infrastructure.projections.surveillance.incidents import FaultTurn, fault_turns, violation_facts
from infrastructure.projections.surveillance.service import service_facts
from infrastructure.statistics.inquiry import known
from infrastructure.statistics.moments import Moment
from infrastructure.surveillance.lasting import Lasting

SECOND = 1_000_000
"""Microseconds."""


def repairs(connection: sa.Connection, asked: Lasting) -> Repairs:
    """By the moment of the report: the station is the one that the camera stood with then."""
    rows = connection.execute(_faults(asked)).all()
    ends = Counter(row.next_turn for row in rows)
    lasted = Counter((microseconds(row.next_at) - microseconds(row.at)) // SECOND for row in rows if row.next_turn is FaultTurn.REPAIRED)
    counted = sorted(lasted.items())
    return Repairs(
        reported=len(rows),
        repaired=ends[FaultTurn.REPAIRED],
        open=ends[None],
        retired=ends[FaultTurn.RETIRED],
        median=nearest_rank(counted, 50),
        p90=nearest_rank(counted, 90),
        position=asked.moment.position,
    )


def _faults(asked: Lasting) -> sa.Select[Any]:
    """Each report of the period with what came next for its camera, if anything did."""
    own, stands = fault_turns.c, service_facts.c
    order: dict[str, Any] = {"partition_by": own.id, "order_by": own.position}
    turns = sa.select(
        own.id,
        own.turn,
        own.at,
        sa.func.lead(own.turn, type_=own.turn.type).over(**order).label("next_turn"),
        sa.func.lead(own.at, type_=own.at.type).over(**order).label("next_at"),
    )
    told = turns.where(own.position <= asked.moment.position).subquery("turn")
    turn = told.c
    there = (stands.id == turn.id) & (stands.began_at <= turn.at) & (stands.ended_at.is_(None) | (stands.ended_at > turn.at))
    within = [] if asked.stations is None else [stands.station.in_(sorted(asked.stations))]
    reported = [turn.turn == FaultTurn.REPORTED, turn.at >= asked.start, turn.at < asked.end]
    where_it_stood = told.join(service_facts, there)
    told_of = sa.select(turn.at, turn.next_turn, turn.next_at).select_from(where_it_stood)
    return told_of.where(*reported, known(service_facts, asked.moment), *within, *asked.counted)


def violations(
    connection: sa.Connection, first: date, last: date, moment: Moment, stations: Collection[str] | None, counted: Sequence[Condition]
) -> list[ViolationCount]:
    """By who owned the camera on the day, most first."""
    own, stood = violation_facts.c, camera_facts.c
    there = violation_facts.join(camera_facts, (stood.id == own.id) & (stood.valid_from <= own.day) & (stood.valid_to > own.day))
    within = [] if stations is None else [stood.station.in_(sorted(stations))]
    of_period = [own.position <= moment.position, own.day.between(first, last)]
    count = sa.func.count()
    statement = sa.select(stood.owner, own.code, count).select_from(there).group_by(stood.owner, own.code)
    statement = statement.where(*of_period, known(camera_facts, moment), *within, *counted)
    rows = connection.execute(statement.order_by(count.desc(), stood.owner, own.code)).all()
    total = sum(n for _, _, n in rows)
    return [ViolationCount(owner=owner, code=code, count=n, total=total, position=moment.position) for owner, code, n in rows]
