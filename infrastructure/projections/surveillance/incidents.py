"""What befell cameras, event by event: faults with what ended them, and traffic violations with the day they are of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from domain.events import Event, Recorded
from domain.surveillance.events import CameraRetired, FaultRepaired, FaultReported, ViolationRecorded
from infrastructure.database import Instant
from infrastructure.projections.changes import Change, Insert
from infrastructure.projections.columns import Coded
from infrastructure.projections.projection import Handlers, Projection

NAME = "camera_incidents"


class FaultTurn(StrEnum):
    """A fault is reported, and ends by its repair or with its camera."""

    REPORTED = "REPORTED"
    REPAIRED = "REPAIRED"
    RETIRED = "RETIRED"


TURNS: dict[type[Event], FaultTurn] = {
    FaultReported: FaultTurn.REPORTED,
    FaultRepaired: FaultTurn.REPAIRED,
    CameraRetired: FaultTurn.RETIRED,
}

fault_turns = sa.Table(
    "fault_turns",
    sa.MetaData(),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Uuid, nullable=False),
    sa.Column("turn", Coded(FaultTurn), nullable=False),
    sa.Column("at", Instant, nullable=False),
)
sa.Index("fault_turns_id", fault_turns.c.id, fault_turns.c.position)

violation_facts = sa.Table(
    "violation_facts",
    sa.MetaData(),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Uuid, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
)
sa.Index("violation_facts_day", violation_facts.c.day)


def incidents(zone: tzinfo) -> Projection:
    """Days are those of the deployment's zone."""
    on = Handlers()

    @on(*TURNS)
    def turned(record: Recorded[Any]) -> Iterable[Change]:
        values = {"position": record.position, "id": record.originator_id, "turn": TURNS[type(record.event)], "at": record.effective_at}
        return (Insert(fault_turns, values),)

    @on(ViolationRecorded)
    def violated(record: Recorded[ViolationRecorded]) -> Iterable[Change]:
        day = record.effective_at.astimezone(zone).date()
        return (Insert(violation_facts, {"position": record.position, "id": record.originator_id, "day": day, "code": record.event.code}),)

    return Projection(name=NAME, version=1, tables=(fault_turns, violation_facts), handlers=on, basis=str(zone))
