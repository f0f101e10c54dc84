"""A new generation of a projection's tables, filled from the log beside the live ones: folded in memory, loaded in bulk."""

from __future__ import annotations

import gc
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.events import Event, Recorded
from infrastructure.collecting import few_collections
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.projections.applying import place, tables
from infrastructure.projections.changes import Batch, Change
from infrastructure.projections.generations import disown, drop_others, learn, make_indexes, make_tables, pointers
from infrastructure.projections.projection import Projection
from infrastructure.projections.replay import PAGE, Replay
from infrastructure.projections.writing import Part, load, parts

HELD = 100_000
"""Changed rows that are held in memory before they are written."""
PORTION = 5_000
"""Rows written in one transaction, so that commands on SQLite get their turn."""
REMEMBERED = 1_000_000
"""States of a fold that are held in memory; when there are more they are read back from the tables as they are needed."""

STRIDE = 50_000
"""Positions for which a log that grows is waited for."""
PAUSE = 0.1
"""Seconds between two looks at a log that grows."""

Progress = Callable[[int, int, float], None]
"""Positions done, positions there are, positions per second."""
Growing = Callable[[], bool]
"""Whether a log that is being filled still grows."""


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

    def recall(self, connection: sa.Connection, records: Iterable[Recorded[Any]]) -> None:
        """Read back the states that a fold will need, where it does not have them all."""
        fold = self.projection.fold
        if fold is None or self.whole:
            return
        needed = {key for record in records if type(record.event) in fold.events for key in fold.keys(record)}
        missing = needed - self.states.keys()
        self.states |= fold.load(connection, tables(self.projection, self.generation), missing) if missing else {}

    def handler(self, event: type[Event]) -> Callable[[Recorded[Any]], Iterable[Change]]:
        fold = self.projection.fold
        return self.projection.handlers[event] if fold is None else partial(fold.step, self.states)

    def write(self, connection: sa.Connection) -> None:
        load(connection, parts(self.batch), place(self.generation))
        self.batch = Batch()


def take(connection: sa.Connection, begun: Sequence[Building], records: Sequence[Recorded[Any]]) -> None:
    """Each record is looked at once, by all that handle it."""
    handlers: dict[type[Event], list[tuple[Batch, Callable[[Recorded[Any]], Iterable[Change]]]]] = defaultdict(list)
    for each in begun:
        each.recall(connection, records)
        for event in each.projection.handled:
            handlers[event].append((each.batch, each.handler(event)))
    for record in records:
        for batch, handler in handlers[type(record.event)]:
            batch.take(handler(record))


def build(
    database: Database,
    projections: Sequence[Projection],
    progress: Progress,
    until: int | None = None,
    *,
    growing: Growing = lambda: False,
) -> list[Building]:
    """New generations that show the log up to a position, or to its end as it is once it has grown."""
    begun = _begin(database, projections)
    started = time.monotonic()
    with few_collections():
        for end in _ends(database, begun, growing) if until is None else [until]:
            for position in grow(database, begun, end):
                progress(position, end, position / max(time.monotonic() - started, 1e-9))
    for each in begun:
        _index(database, each)
        with database.writing() as connection:
            learn(connection, each.projection, each.generation)
    return begun


def grow(database: Database, begun: Sequence[Building], end: int) -> Iterator[int]:
    """Bring generations that stand at one position forward to another, page by page."""
    replay = Replay(handled(begun))
    position = begun[0].position
    while position < end:
        last = min(position + PAGE, end)
        with database.reading() as connection:
            take(connection, begun, replay.page(connection, position, last))
        if last == end or sum(each.batch.size() for each in begun) > HELD:
            _flush(database, begun)
        for each in begun:
            each.position = last
            if len(each.states) > REMEMBERED:
                _forget(database, each)
        position = last
        yield position


def _ends(database: Database, begun: Sequence[Building], growing: Growing) -> Iterator[int]:
    """How far to go next: while the log grows in long strides, for what changes twice within one is written once."""
    more = True
    while more:
        more = growing()
        with database.reading() as connection:
            head = reading.head(connection)
        if more and head - begun[0].position < STRIDE:
            time.sleep(PAUSE)
        else:
            yield head


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


def _flush(database: Database, begun: Iterable[Building]) -> None:
    for each in begun:
        batch, each.batch = each.batch, Batch()
        for portion in [parts(batch)] if database.shared else _portions(batch):
            with database.writing() as connection:
                load(connection, portion, place(each.generation))
    del batch
    gc.collect(0)  # now there is little to look through for what other threads have left


def _portions(batch: Batch) -> Iterator[list[Part]]:
    """No row stands in two portions, so their order does not matter."""
    portion, room = list[Part](), PORTION
    for piece in (piece for part in parts(batch) for piece in part.cut(PORTION)):
        if len(piece.rows) > room:
            yield portion
            portion, room = [], PORTION
        portion.append(piece)
        room -= len(piece.rows)
    if portion:
        yield portion


def _forget(database: Database, building: Building) -> None:
    """From now on states are read back by their keys, for which the tables need their indexes."""
    _flush(database, [building])
    _index(database, building)
    building.states.clear()
    building.whole = False


def _index(database: Database, building: Building) -> None:
    if not building.indexed:
        with database.writing() as connection:
            make_indexes(connection, building.projection, building.generation)
        building.indexed = True
