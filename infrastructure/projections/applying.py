"""Applies records to a projection: works out the changes, folds them, writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from domain.events import Recorded
from infrastructure.projections.changes import Batch
from infrastructure.projections.projection import Fold, Projection, Tables
from infrastructure.projections.tables import physical
from infrastructure.projections.writing import Place, write


def apply(connection: sa.Connection, projection: Projection, generations: Sequence[int], records: Sequence[Recorded[Any]]) -> None:
    """Bring these generations' tables, which are the same, forward by these records."""
    batch = changes(connection, projection, generations[0], records)
    for generation in generations:
        write(connection, batch, place(generation))


def changes(connection: sa.Connection, projection: Projection, generation: int, records: Sequence[Recorded[Any]]) -> Batch:
    if projection.fold is None:
        return _handled(projection, records)
    return _folded(connection, projection.fold, tables(projection, generation), records)


def place(generation: int) -> Place:
    return lambda table: f"{table.name}_g{generation}"


def tables(projection: Projection, generation: int) -> Tables:
    return {table.name: physical(table, generation) for table in projection.tables}


def _handled(projection: Projection, records: Sequence[Recorded[Any]]) -> Batch:
    batch = Batch()
    handlers = projection.handlers
    for record in records:
        handler = handlers.get(type(record.event))
        if handler is not None:
            batch.take(handler(record))
    return batch


def _folded(connection: sa.Connection, fold: Fold, tables: Tables, records: Sequence[Recorded[Any]]) -> Batch:
    batch = Batch()
    concerned = [record for record in records if type(record.event) in fold.events]
    keys = {key for record in concerned for key in fold.keys(record)}
    states = fold.load(connection, tables, keys) if keys else {}
    for record in concerned:
        batch.take(fold.step(states, record))
    return batch
