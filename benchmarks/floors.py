"""The floors: what the raw drivers do with the log's own table, without any of our code."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa

from benchmarks.alarms import encoded, fresh_id
from benchmarks.table import seconds
from infrastructure.log.reading import COLUMNS

_EVENTS = "INSERT INTO floor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_UNNESTED = (
    "INSERT INTO floor SELECT * FROM unnest(%b::int8[], %b::uuid[], %b::int8[], %b::text[], %b::int2[], %b::bytea[], %b::int8[],"
    " %b::int8[], %b::int8[], %b::text[], %b::text[], %b::uuid[], %b::int8[], %b::uuid[])"
)
_LIKE_EVENTS = (
    "CREATE TABLE floor (position {key} PRIMARY KEY, originator_id {id}, originator_version {number}, type text, schema {small}, "
    "data {bytes}, effective_at {number}, device_at {number}, recorded_at {number}, acting text, organisation text, command_id {id},"
    " causation {number}, correlation {id}, UNIQUE (originator_id, originator_version))"
)


_STREAM = "SELECT {columns} FROM events WHERE originator_id = {mark} ORDER BY originator_version"


@contextmanager
def three_rows_a_commit(url: str) -> Iterator[Callable[[int], float]]:
    """F3: one raw connection that commits three rows at a time; answers with events a second over so many commits."""
    if url.startswith("sqlite"):
        with closing(_sqlite(url)) as connection:
            yield _on_sqlite(connection)
    else:
        with psycopg.connect(url, autocommit=True) as connection:
            yield _on_postgres(connection)


def _on_sqlite(connection: sqlite3.Connection) -> Callable[[int], float]:
    connection.execute(_LIKE_EVENTS.format(key="integer", id="text", number="integer", small="integer", bytes="blob"))
    positions = count(1)

    def commit(batches: list[list[tuple[Any, ...]]]) -> None:
        for rows in batches:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(_EVENTS, rows)
            connection.execute("COMMIT")

    def measure(commits: int) -> float:
        batches = [_rows(positions, lambda each: each.hex) for _ in range(commits)]
        return 3 * commits / seconds(lambda: commit(batches))

    return measure


def _on_postgres(connection: psycopg.Connection[Any]) -> Callable[[int], float]:
    """In autocommit, one round trip a commit: the quickest that the driver can do."""
    connection.execute(_LIKE_EVENTS.format(key="int8", id="uuid", number="int8", small="int2", bytes="bytea"))
    positions = count(1)

    def measure(commits: int) -> float:
        batches = [[list(column) for column in zip(*_rows(positions, lambda each: each), strict=True)] for _ in range(commits)]
        return 3 * commits / seconds(lambda: [connection.execute(_UNNESTED, columns, prepare=True) for columns in batches])

    return measure


@contextmanager
def one_stream(url: str, thing: UUID) -> Iterator[Callable[[], float]]:
    """FS: one raw connection that selects one thing's rows; answers with seconds."""
    if url.startswith("sqlite"):
        with closing(_sqlite(url)) as reader:
            statement = _STREAM.format(columns=COLUMNS, mark="?")
            yield lambda: seconds(lambda: reader.execute(statement, (thing.hex,)).fetchall())
    else:
        with psycopg.connect(url, autocommit=True) as connection:
            statement = _STREAM.format(columns=COLUMNS, mark="%s")
            yield lambda: seconds(lambda: connection.execute(statement, (thing,), prepare=True, binary=True).fetchall())


def _sqlite(url: str) -> sqlite3.Connection:
    connection = sqlite3.connect(str(sa.make_url(url).database), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _rows(positions: count[int], bound: Callable[[UUID], Any]) -> list[tuple[Any, ...]]:
    id, command = bound(fresh_id()), bound(fresh_id())
    return [
        (next(positions), id, version, *event, 1, None, 1, "O-1", "S-1", command, None, command)
        for version, event in enumerate(encoded(), 1)
    ]
