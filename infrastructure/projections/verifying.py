"""Views must equal what the log says: they are worked out again beside and compared row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.projections.building import Progress, build, discard
from infrastructure.projections.generations import install, pointers
from infrastructure.projections.projection import Projection
from infrastructure.projections.rebuilding import alone
from infrastructure.projections.tables import physical

ENOUGH = 100
"""Differences that are reported of one table."""
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not what the log says. `columns` are those that differ; without any the row is missing or one too many."""

    projection: str
    table: str
    key: tuple[Any, ...]
    columns: tuple[str, ...] = ()


def verify_views(database: Database, projections: Sequence[Projection], progress: Progress = lambda *_: None) -> list[Difference]:
    """Compare each projection's live rows, as they are now, with the log up to the same position."""
    with alone(database):
        install(database, projections)
        return [difference for each in projections for difference in _verify(database, each, progress)]


def _verify(database: Database, projection: Projection, progress: Progress) -> list[Difference]:
    with database.reading() as live:
        pointer = pointers(live)[projection.name]
        begun = build(database, [projection], progress, until=pointer.position)
        try:
            with database.reading() as scratch:
                return [
                    difference
                    for table in projection.tables
                    for difference in _compared(
                        projection.name, table, _rows(live, table, pointer.generation), _rows(scratch, table, begun[0].generation)
                    )
                ]
        finally:
            live.rollback()
            discard(database, begun)


def _rows(connection: sa.Connection, table: sa.Table, generation: int) -> Iterator[sa.Row[Any]]:
    kept = physical(table, generation)
    ordered = sa.select(kept).order_by(*kept.primary_key.columns)
    return iter(connection.execution_options(yield_per=AT_ONCE).execute(ordered))


def _compared(projection: str, table: sa.Table, live: Iterator[sa.Row[Any]], right: Iterator[sa.Row[Any]]) -> list[Difference]:
    """Both come in the order of their keys, so that what has no partner yet is never much."""
    keys = [list(table.columns).index(column) for column in table.primary_key.columns]
    found: list[Difference] = []
    waiting: tuple[dict[tuple[Any, ...], sa.Row[Any]], dict[tuple[Any, ...], sa.Row[Any]]] = ({}, {})
    for pair in zip_longest(live, right):
        for side, row in enumerate(pair):
            if row is None:
                continue
            key = tuple(row[place] for place in keys)
            partner = waiting[1 - side].pop(key, None)
            if partner is None:
                waiting[side][key] = row
            elif partner != row:
                found.append(Difference(projection, table.name, key, _differing(table, partner, row)))
        if len(found) >= ENOUGH:
            return found
    return found + [Difference(projection, table.name, key) for side in waiting for key in side][:ENOUGH]


def _differing(table: sa.Table, one: sa.Row[Any], other: sa.Row[Any]) -> tuple[str, ...]:
    return tuple(column.name for column, a, b in zip(table.columns, one, other, strict=True) if a != b)
