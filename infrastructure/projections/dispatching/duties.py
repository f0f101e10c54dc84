"""When each unit was on duty and when out of service, and what it could do meanwhile: stretches of time, of which the last is open.

What is recorded with an earlier time than the open stretch began counts from there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, MutableMapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.dispatching.events import (
    CapabilitiesChanged,
    UnitCommitted,
    UnitRegistered,
    UnitReleased,
    UnitSignedOff,
    UnitSignedOn,
    UnitStatus,
    UnitStatusChanged,
)
from domain.events import Event, Recorded
from infrastructure.database import Instant
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.columns import Json
from infrastructure.projections.projection import Projection, Tables

NAME = "unit_duties"

unit_duties = sa.Table(
    NAME,
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("began_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("ended_position", sa.BigInteger),
    sa.Column("station", sa.Text, nullable=False),
    sa.Column("capabilities", Json(tuple[str, ...]), nullable=False),
    sa.Column("on_duty", sa.Boolean, nullable=False),
    sa.Column("out_of_service", sa.Boolean, nullable=False),
)
sa.Index("unit_duties_station", unit_duties.c.station, unit_duties.c.began_at)


class Duty(NamedTuple):
    """Since when, and the position that says it; where the unit stands, what it can do, and whether it can be sent."""

    position: int
    began_at: datetime
    station: str
    capabilities: tuple[str, ...]
    on_duty: bool = False
    out_of_service: bool = False


class DutyFold:
    events: Collection[type[Event]] = (
        UnitRegistered,
        UnitSignedOn,
        UnitSignedOff,
        UnitStatusChanged,
        UnitCommitted,
        UnitReleased,
        CapabilitiesChanged,
    )

    def keys(self, record: Recorded[Any]) -> Iterable[UUID]:
        return () if isinstance(record.event, UnitRegistered) else (record.originator_id,)

    def load(self, connection: sa.Connection, tables: Tables, keys: Collection[UUID]) -> dict[UUID, Duty]:
        table = tables[NAME]
        rows = connection.execute(sa.select(table).where(table.c.id.in_(keys), table.c.ended_at.is_(None))).mappings()
        return {row["id"]: Duty(**{name: row[name] for name in Duty._fields}) for row in rows}

    def step(self, states: MutableMapping[UUID, Any], record: Recorded[Any]) -> Iterable[Change]:
        before: Duty | None = states.get(record.originator_id)
        after = _after(before, record)
        if after is None or (before is not None and after[2:] == before[2:]):
            return []
        states[record.originator_id] = after
        return list(_told(record, before, after))


def duties() -> Projection:
    return Projection(name=NAME, version=2, tables=(unit_duties,), fold=DutyFold())


def _after(before: Duty | None, record: Recorded[Any]) -> Duty | None:  # noqa: PLR0911 - one line for each event
    event = record.event
    if isinstance(event, UnitRegistered):
        return Duty(record.position, record.effective_at, event.station, event.capabilities)
    if before is None:
        return None
    begun = before._replace(position=record.position, began_at=max(record.effective_at, before.began_at))
    match event:
        case UnitSignedOn():
            return begun._replace(on_duty=True, out_of_service=False)
        case UnitSignedOff():
            return begun._replace(on_duty=False, out_of_service=False)
        case CapabilitiesChanged(capabilities=capabilities):
            return begun._replace(capabilities=capabilities)
        case UnitCommitted():
            return begun._replace(out_of_service=False)
        case _:
            return begun._replace(out_of_service=event.status is UnitStatus.OUT_OF_SERVICE)


def _told(record: Recorded[Any], before: Duty | None, after: Duty) -> Iterator[Change]:
    if before is not None:
        ended = {"ended_at": after.began_at, "ended_position": after.position}
        yield Patch(unit_duties, (record.originator_id, before.position), ended)
    yield Insert(unit_duties, {"id": record.originator_id, "ended_at": None, "ended_position": None, **after._asdict()})
