"""How long cameras were online, and how long not, and what they saw meanwhile: stretches of time, in versions.

Of a camera only its last stretch is open. What is recorded with an earlier time than that stretch began counts from there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, MutableMapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.events import Event, Recorded
from domain.surveillance.events import (
    CameraHealth,
    CameraMoved,
    CameraRegistered,
    CameraResumed,
    CameraRetired,
    CameraSuspended,
    HealthChanged,
)
from domain.surveillance.seeing import reach
from infrastructure.database import Instant
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.columns import Coded
from infrastructure.projections.projection import Projection, Tables

NAME = "camera_service"

service_facts = sa.Table(
    "service_facts",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("began_at", Instant, primary_key=True),
    sa.Column("known_from", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("ended_at", Instant),
    sa.Column("known_to", sa.BigInteger),
    sa.Column("station", sa.Text, nullable=False),
    sa.Column("health", Coded(CameraHealth)),
    sa.Column("suspended", sa.Boolean, nullable=False),
    *(sa.Column(name, sa.Double, nullable=False) for name in ("latitude", "longitude")),
    sa.Column("range", sa.BigInteger, nullable=False),
    sa.Column("bearing", sa.Double),
    sa.Column("field_of_view", sa.Double, nullable=False),
    sa.Column("reach", sa.BigInteger, nullable=False),
)
sa.Index("service_facts_place", service_facts.c.reach, service_facts.c.latitude, service_facts.c.longitude)
sa.Index("service_facts_ended_at", service_facts.c.ended_at)


class Span(NamedTuple):
    """Since when, and the position that says it; whose, how its device is doing, whether it is meant to work, and what it sees."""

    began_at: datetime
    known_from: int
    station: str
    health: CameraHealth | None
    suspended: bool
    latitude: float
    longitude: float
    range: int
    bearing: float | None
    field_of_view: float


def _looks(event: CameraRegistered | CameraMoved) -> dict[str, Any]:
    outlook = {"range": event.range, "bearing": event.bearing, "field_of_view": event.field_of_view}
    return {"latitude": event.place.latitude, "longitude": event.place.longitude, **outlook}


class ServiceFold:
    events: Collection[type[Event]] = (CameraRegistered, CameraMoved, CameraSuspended, CameraResumed, CameraRetired, HealthChanged)

    def keys(self, record: Recorded[Any]) -> Iterable[UUID]:
        return () if isinstance(record.event, CameraRegistered) else (record.originator_id,)

    def load(self, connection: sa.Connection, tables: Tables, keys: Collection[UUID]) -> dict[UUID, Span]:
        table = tables[service_facts.name]
        statement = sa.select(table).where(table.c.id.in_(keys), table.c.known_to.is_(None), table.c.ended_at.is_(None))
        rows = connection.execute(statement)
        return {row["id"]: Span(**{name: row[name] for name in Span._fields}) for row in rows.mappings()}

    def step(self, states: MutableMapping[UUID, Any], record: Recorded[Any]) -> Iterable[Change]:
        before: Span | None = states.get(record.originator_id)
        after = _after(before, record)
        if before is not None and after is not None and after[2:] == before[2:]:
            return []
        states[record.originator_id] = after
        return list(_told(record, before, after))


def service() -> Projection:
    return Projection(name=NAME, version=2, tables=(service_facts,), fold=ServiceFold())


def _after(before: Span | None, record: Recorded[Any]) -> Span | None:
    """The open stretch from now on; none where the camera is retired."""
    event = record.event
    if isinstance(event, CameraRegistered):
        return Span(record.effective_at, record.position, event.station, None, suspended=False, **_looks(event))
    if before is None or isinstance(event, CameraRetired):
        return None
    begun = before._replace(began_at=max(record.effective_at, before.began_at), known_from=record.position)
    match event:
        case CameraMoved(station=station):
            return begun._replace(station=station, **_looks(event))
        case HealthChanged(health=health):
            return begun._replace(health=health)
        case _:
            return begun._replace(suspended=isinstance(event, CameraSuspended))


def _told(record: Recorded[Any], before: Span | None, after: Span | None) -> Iterator[Change]:
    if before is not None:
        yield Patch(service_facts, (record.originator_id, before.began_at, before.known_from), {"known_to": record.position})
        ended_at = after.began_at if after is not None else max(record.effective_at, before.began_at)
        if before.began_at < ended_at:
            yield _row(record, before._replace(known_from=record.position), ended_at)
    if after is not None:
        yield _row(record, after, None)


def _row(record: Recorded[Any], span: Span, ended_at: datetime | None) -> Insert:
    values = {"id": record.originator_id, "ended_at": ended_at, "known_to": None, "reach": reach(span.range)}
    return Insert(service_facts, values | span._asdict())
