"""A new generation of a projection's tables, filled from the log beside the live ones: folded in memory, loaded in bulk."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.events import Event, Recorded
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.projections.applying import place, tables
from infrastructure.projections.changes import Batch, Key, RowChange
from infrastructure.projections.generations import disown, drop_others, make_indexes, make_tables, pointers
from infrastructure.projections.projection import Fold, Projection
from infrastructure.projections.replay import PAGE, Replay
from infrastructure.projections.writing import load

HELD = 50_000
"""Changed rows that are held in memory before they are written."""
PORTION = 5_000
"""Rows written in one transaction, so that commands on SQLite get their turn."""
REMEMBERED = 1_000_000
"""States of a fold that are held in memory; when there are more they are read back from the tables as they are needed."""

Progress = Callable[[int, int, float], None]
"""Positions done, positions there are, positions per second."""


@dataclass(slots=True)
class Building:
    """One projection's new generation as it grows: how far it is, changes not written yet, and the states its fold needs."""

    projection: Projection
    generation: int
    position: int = 0
    batch: Batch = field(default_factory=Batch)
    states: dict[UUID, Any] = field(default_factory=dict[UUID, Any])
    whole: bool = True
    """Whether every state that there is is in memory."""
    indexed: bool = False

    def take(self, connection: sa.Connection, records: Iterable[Recorded[Any]]) -> None:
        fold, handlers = self.projection.fold, self.projection.handlers
        if fold is not None:
            self._fold(connection, fold, [record for record in records if type(record.event) in fold.events])
            return
        take = self.batch.take
        for record in records:
            handler = handlers.get(type(record.event))
            if handler is not None:
                take(handler(record))

    def _fold(self, connection: sa.Connection, fold: Fold, records: Sequence[Recorded[Any]]) -> None:
        if not self.whole:
            missing = {key for record in records for key in fold.keys(record)} - self.states.keys()
            self.states |= fold.load(connection, tables(self.projection, self.generation), missing) if missing else {}
        for record in records:
            self.batch.take(fold.step(self.states, record))

    def write(self, connection: sa.Connection) -> None:
        load(connection, self.batch, place(self.generation))
        self.batch = Batch()


def build(database: Database, projections: Sequence[Projection], progress: Progress, until: int | None = None) -> list[Building]:
    """New generations that show the log up to a position, or to its end as it is now."""
    begun = _begin(database, projections)
    with database.reading() as connection:
        end = reading.head(connection) if until is None else until
    started = time.monotonic()
    with _few_collections():
        for position in grow(database, begun, end):
            progress(position, end, position / max(time.monotonic() - started, 1e-9))
    for each in begun:
        _index(database, each)
    return begun


def grow(database: Database, begun: Sequence[Building], end: int) -> Iterator[int]:
    """Bring generations that stand at one position forward to another, page by page."""
    replay = Replay(handled(begun))
    position = begun[0].position
    while position < end:
        last = min(position + PAGE, end)
        with database.reading() as connection:
            records = replay.page(connection, position, last)
            for each in begun:
                each.take(connection, records)
        for each in begun:
            each.position = last
            if each.batch.size() > HELD or last == end:
                _flush(database, each)
            if len(each.states) > REMEMBERED:
                _forget(database, each)
        position = last
        yield position


@contextmanager
def _few_collections() -> Generator[None]:
    """Changes and states make no cycles; looking for some again and again takes a third of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def handled(begun: Iterable[Building]) -> Collection[type[Event]]:
    return {event for each in begun for event in each.projection.handled}


def discard(database: Database, begun: Iterable[Building]) -> None:
    with database.writing() as connection:
        for each in begun:
            drop_others(connection, each.projection, keep=pointers(connection)[each.projection.name].generation)


def _begin(database: Database, projections: Sequence[Projection]) -> list[Building]:
    with database.writing() as connection:
        disown(connection, projections)
        known = pointers(connection)
        begun = [Building(each, known[each.name].generation + 1) for each in projections]
        for each in begun:
            drop_others(connection, each.projection, keep=each.generation - 1)
            make_tables(connection, each.projection, each.generation)
    return begun


def _flush(database: Database, building: Building) -> None:
    batch, building.batch = building.batch, Batch()
    for portion in _portions(batch) if not database.shared else [batch]:
        with database.writing() as connection:
            load(connection, portion, place(building.generation))


def _portions(batch: Batch) -> Iterator[Batch]:
    """No row stands in two portions, so their order does not matter."""
    for table, rows in batch.tables.items():
        changes: list[tuple[Key, RowChange]] = list(rows.items())
        for start in range(0, len(changes), PORTION):
            yield Batch({table: dict(changes[start : start + PORTION])})


def _forget(database: Database, building: Building) -> None:
    """From now on states are read back by their keys, for which the tables need their indexes."""
    _flush(database, building)
    _index(database, building)
    building.states.clear()
    building.whole = False


def _index(database: Database, building: Building) -> None:
    if not building.indexed:
        with database.writing() as connection:
            make_indexes(connection, building.projection, building.generation)
        building.indexed = True
