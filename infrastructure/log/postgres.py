"""The log on PostgreSQL: a batch goes in with one call where nothing stands against it, else after a closer look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa

from application.ports import Appended, Key, Submission
from infrastructure.database import instant, microseconds
from infrastructure.log.codec import CODEC
from infrastructure.log.judging import Expected, Standing, Winners

ORDER_LOCK = 7083190
"""The advisory lock that puts all commits of the log in one order; the migration's function takes it too."""

_WINNERS = (
    "%b::uuid[], %b::text[], %b::bytea[], %b::int8[], %b::int8[], %b::text[], %b::text[], %b::int8[], %b::int8[], %b::uuid[], "
    "%b::int8[], %b::uuid[], %b::int8[], %b::text[], %b::int2[], %b::bytea[], %b::int8[], %b::uuid[], %b::text[], %b::text[], %b::uuid[]"
)
_APPEND = f"SELECT head, recorded FROM log_append(%b::int8, %b::uuid[], %b::int8[], {_WINNERS})"
_WRITE = f"SELECT log_write(%b::int8, %b::int8, {_WINNERS})"
_LOCK = f"SELECT pg_advisory_xact_lock({ORDER_LOCK})"
_HEAD = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1"
_VERSIONS = """SELECT x.id, coalesce((SELECT e.originator_version FROM events e WHERE e.originator_id = x.id
    ORDER BY e.originator_version DESC LIMIT 1), 0) FROM unnest(%b::uuid[]) AS x(id)"""
_COMMANDS = "SELECT command_id, content, first, last, recorded_at FROM commands WHERE command_id = ANY(%b::uuid[])"
_HOLDERS = (
    "SELECT kind, name, holder FROM keys WHERE (kind, name) IN (SELECT * FROM unnest(%b::text[], %b::text[])) OR holder = ANY(%b::uuid[])"
)
_REMEMBER = "SELECT pg_logical_emit_message(true, 'repeated', %s::text)"


def append_at_once(connection: sa.Connection, expected: Expected, moment: int) -> tuple[int, int] | None:
    """Record the batch if all is as expected: the head before it and the time of recording; else None, with the lock held."""
    versions = expected.versions
    parameters = [moment, list(versions), list(versions.values()), *_columns(expected.winners)]
    row = driver(connection).execute(_APPEND, parameters, prepare=True, binary=True).fetchone()
    assert row is not None  # noqa: S101 - the function always answers with one row
    return None if row[0] is None else row


def lock(connection: sa.Connection) -> None:
    driver(connection).execute(_LOCK)


def look(connection: sa.Connection, submissions: Sequence[Submission]) -> tuple[Standing, int]:
    """What stands about the things these submissions speak of, and when the last event was recorded."""
    run = driver(connection).execute
    head, recorded = run(_HEAD).fetchone() or (0, 0)
    things = {id for each in submissions for id, _ in each.seen} | {entry.originator_id for each in submissions for entry in each.entries}
    keys = {key for each in submissions for key, _ in each.claims}
    released = [id for each in submissions for id in each.releases]
    holders = run(_HOLDERS, ([key.kind for key in keys], [key.name for key in keys], released)).fetchall() if keys or released else []
    standing = Standing(
        head=head,
        versions=dict(run(_VERSIONS, (list(things),)).fetchall()),
        commands=dict(find(connection, [each.command_id for each in submissions])),
        holders={Key(kind, name): holder for kind, name, holder in holders},
    )
    return standing, recorded


def find(connection: sa.Connection, ids: Iterable[UUID]) -> Iterator[tuple[UUID, tuple[bytes, Appended]]]:
    for id, content, first, last, recorded in driver(connection).execute(_COMMANDS, (list(ids),)).fetchall():
        yield id, (content, Appended(first, last, instant(recorded)))


def remember(connection: sa.Connection, id: UUID) -> None:
    """Write to the WAL that a repeat was answered: only so does its commit wait for the standby, as the first one did."""
    driver(connection).execute(_REMEMBER, (id,))


def write(connection: sa.Connection, winners: Winners, head: int, recorded: int) -> None:
    driver(connection).execute(_WRITE, [head, recorded, *_columns(winners)], prepare=True)


def driver(connection: sa.Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - the engine is ours
    return driver


def _columns(winners: Winners) -> tuple[list[Any], ...]:
    """The winners as arrays, in the order of the functions' parameters."""
    commands = winners.submissions
    entries = [(number, entry) for number, command in enumerate(commands, 1) for entry in command.entries]
    encoded = [CODEC.encode(entry.event) for _, entry in entries]
    return (
        [each.command_id for each in commands],
        [each.name for each in commands],
        [each.content for each in commands],
        [first for first, _ in winners.offsets],
        [last for _, last in winners.offsets],
        [each.by for each in commands],
        [each.organisation for each in commands],
        [each.device_at and microseconds(each.device_at) for each in commands],
        [each.causation for each in commands],
        [each.correlation or each.command_id for each in commands],
        [number for number, _ in entries],
        [entry.originator_id for _, entry in entries],
        [entry.version for _, entry in entries],
        [type for type, _, _ in encoded],
        [schema for _, schema, _ in encoded],
        [data for _, _, data in encoded],
        [microseconds(entry.effective_at) for _, entry in entries],
        list(winners.released),
        [key.kind for key in winners.claimed],
        [key.name for key in winners.claimed],
        list(winners.claimed.values()),
    )
