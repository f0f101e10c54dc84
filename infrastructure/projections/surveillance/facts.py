"""How cameras stood on each day, as far as it was known at each position: intervals of days, in versions.

A row holds for the days from `valid_from` until before `valid_to`, and was known from position `known_from` until before
`known_to`. What is recorded late splits the days it speaks of and leaves the later ones as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping, Sequence
from datetime import date, tzinfo
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.events import Event, Recorded
from domain.surveillance.events import Builder, CameraAccepted, CameraMoved, CameraRegistered, CameraRetired, OwnerSector
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.columns import Coded
from infrastructure.projections.projection import Projection, Tables

NAME = "camera_facts"
FOR_EVER = date.max


def _facts(name: str, *columns: sa.Column[Any]) -> sa.Table:
    table = sa.Table(
        name,
        sa.MetaData(),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("valid_from", sa.Date, primary_key=True),
        sa.Column("known_from", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("valid_to", sa.Date, nullable=False),
        sa.Column("known_to", sa.BigInteger),
        *columns,
    )
    sa.Index(f"{name}_station", table.c.station)
    return table


camera_facts = _facts(
    NAME,
    sa.Column("sector", Coded(OwnerSector), nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("builder", Coded(Builder), nullable=False),
    sa.Column("division", sa.Text, nullable=False),
    sa.Column("station", sa.Text, nullable=False),
)
"""A camera that is not there on a day has no row for it."""

acceptance_facts = sa.Table(
    "acceptance_facts",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("known_from", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("standard", sa.Text, nullable=False),
    sa.Column("standard_version", sa.Text, nullable=False),
    sa.Column("accepted_on", sa.Date, nullable=False),
)
"""That a camera was accepted stays true."""


class Stretch(NamedTuple):
    """Days on which a camera stood so, and the position that says it."""

    valid_from: date
    valid_to: date
    known_from: int
    fact: Mapping[str, Any]


Stretches = tuple[Stretch, ...]


class CameraFold:
    events: Collection[type[Event]] = (CameraRegistered, CameraMoved, CameraRetired, CameraAccepted)

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def keys(self, record: Recorded[Any]) -> Iterable[UUID]:
        return (record.originator_id,) if isinstance(record.event, CameraMoved | CameraRetired) else ()

    def load(self, connection: sa.Connection, tables: Tables, keys: Collection[UUID]) -> dict[UUID, Stretches]:
        table = tables[NAME]
        rows = connection.execute(sa.select(table).where(table.c.id.in_(keys), table.c.known_to.is_(None)).order_by(table.c.valid_from))
        found: dict[UUID, Stretches] = {}
        for row in rows.mappings():
            stretch = Stretch(row["valid_from"], row["valid_to"], row["known_from"], {name: row[name] for name in _FACT})
            found[row["id"]] = (*found.get(row["id"], ()), stretch)
        return found

    def step(self, states: MutableMapping[UUID, Any], record: Recorded[Any]) -> Iterable[Change]:
        event, day = record.event, record.effective_at.astimezone(self._zone).date()
        if isinstance(event, CameraAccepted):
            values = {"id": record.originator_id, "known_from": record.position, "accepted_on": day}
            return [Insert(acceptance_facts, values | {"standard": event.standard, "standard_version": event.standard_version})]
        before: Stretches = states.get(record.originator_id, ())
        after = tuple(_after(before, event, day, record.position))
        states[record.originator_id] = after
        return [*_superseded(record, before, after), *_told(record, before, after)]


_FACT = ("sector", "owner", "builder", "division", "station")


def facts(zone: tzinfo) -> Projection:
    """Days are those of the deployment's zone."""
    return Projection(name=NAME, version=1, tables=(camera_facts, acceptance_facts), fold=CameraFold(zone), basis=str(zone))


def _after(before: Stretches, event: Event, day: date, position: int) -> Iterator[Stretch]:
    match event:
        case CameraRegistered():
            yield Stretch(day, FOR_EVER, position, {name: getattr(event, name) for name in _FACT})
        case CameraMoved(division=division, station=station):
            yield from _moved(before, {"division": division, "station": station}, day, position)
        case _:
            yield from (_until(each, day, position) for each in before if each.valid_from < day)


def _moved(before: Sequence[Stretch], there: Mapping[str, Any], day: date, position: int) -> Iterator[Stretch]:
    """Whoever moved before it was registered has moved on that first day."""
    day = max([day, *(each.valid_from for each in before[:1])])
    for each in before:
        if not each.valid_from <= day < each.valid_to or each.fact == {**each.fact, **there}:
            yield each
            continue
        if each.valid_from < day:
            yield _until(each, day, position)
        yield Stretch(day, each.valid_to, position, {**each.fact, **there})


def _until(stretch: Stretch, day: date, position: int) -> Stretch:
    return stretch if stretch.valid_to <= day else stretch._replace(valid_to=day, known_from=position)


def _superseded(record: Recorded[Any], before: Stretches, after: Stretches) -> Iterator[Change]:
    for each in before:
        if each not in after:
            yield Patch(camera_facts, (record.originator_id, each.valid_from, each.known_from), {"known_to": record.position})


def _told(record: Recorded[Any], before: Stretches, after: Stretches) -> Iterator[Change]:
    for each in after:
        if each not in before:
            days = {"valid_from": each.valid_from, "valid_to": each.valid_to}
            values = {"id": record.originator_id, "known_from": each.known_from, "known_to": None, **days}
            yield Insert(camera_facts, {**values, **each.fact})
