"""The log on PostgreSQL: a batch goes in with one call where nothing stands against it, else after a closer look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

from application.ports import Appended, Key, Submission
from infrastructure import arrays
from infrastructure.arrays import Binary
from infrastructure.database import PREPARED, instant, microseconds
from infrastructure.log.codec import CODEC
from infrastructure.log.judging import Expected, Standing, Winners

ORDER_LOCK = 7083190
"""The advisory lock that puts all commits of the log in one order; the migration's function takes it too."""

_APPEND = f"SELECT head, recorded FROM log_append({', '.join(f'${n}' for n in range(1, 25))})"
_WRITE = f"SELECT log_write({', '.join(f'${n}' for n in range(1, 24))})"
_LOCK = f"SELECT pg_advisory_xact_lock({ORDER_LOCK})"
_HEAD = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1"
_VERSIONS = """SELECT x.id, coalesce((SELECT e.originator_version FROM events e WHERE e.originator_id = x.id
    ORDER BY e.originator_version DESC LIMIT 1), 0) FROM unnest(%b::uuid[]) AS x(id)"""
_COMMANDS = "SELECT command_id, content, first, last, recorded_at FROM commands WHERE command_id = ANY(%b::uuid[])"
_HOLDERS = (
    "SELECT kind, name, holder FROM keys WHERE (kind, name) IN (SELECT * FROM unnest(%b::text[], %b::text[])) OR holder = ANY(%b::uuid[])"
)
_NAMES = count(1)
_REMEMBER = "SELECT pg_logical_emit_message(true, 'repeated', %s::text)"


def append_at_once(connection: sa.Connection, expected: Expected, moment: int) -> tuple[int, int] | None:
    """Record the batch if all is as expected: the head before it and the time of recording; else None."""
    if expected.passing:
        return None  # the server's function looks at the keys that are held in the end
    versions = expected.versions
    checks = arrays.int8(moment), arrays.uuids(list(versions)), arrays.int8s(list(versions.values()))
    found = _called(connection, _APPEND, (*checks, *_columns(expected.winners)))
    head, recorded = found.get_value(0, 0), found.get_value(0, 1)
    return None if head is None or recorded is None else (int.from_bytes(head), int.from_bytes(recorded))


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
    _called(connection, _WRITE, (arrays.int8(head), arrays.int8(recorded), *_columns(winners)))


def _called(connection: sa.Connection, text: str, parameters: Sequence[Binary]) -> PGresult:
    """Straight by libpq: for each call psycopg looks at every parameter anew, which takes a sixth of a commit's time."""
    ours = driver(connection)
    server = ours.pgconn
    if not ours.autocommit and server.transaction_status == TransactionStatus.IDLE:
        _done(server, server.exec_(b"BEGIN"))
    types, values = [each.oid for each in parameters], [each.data for each in parameters]
    formats = [Format.BINARY] * len(parameters)
    prepared: dict[str, bytes] | None = connection.info.get(PREPARED)
    if prepared is None:
        return _done(server, server.exec_params(text.encode(), values, types, formats, Format.BINARY))
    if text not in prepared:
        name = b"tocsin_%d" % next(_NAMES)
        _done(server, server.prepare(name, text.encode(), types))
        prepared[text] = name
    return _done(server, server.exec_prepared(prepared[text], values, formats, Format.BINARY))


def _done(server: PGconn, result: PGresult) -> PGresult:
    if result.status in {ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK}:
        return result
    if server.status != ConnStatus.OK:
        raise psycopg.OperationalError(result.get_error_message())
    raise error_from_result(result)


def driver(connection: sa.Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - the engine is ours
    return driver


def _columns(winners: Winners) -> tuple[Binary, ...]:
    """The winners as arrays, in the order of the functions' parameters."""
    commands = winners.submissions
    entries = [entry for command in commands for entry in command.entries]
    encoded = [CODEC.encode(entry.event) for entry in entries]
    return (
        arrays.uuids([each.command_id for each in commands]),
        arrays.texts([each.name for each in commands]),
        arrays.byteas([each.content for each in commands]),
        arrays.int8s([first for first, _ in winners.offsets]),
        arrays.int8s([last for _, last in winners.offsets]),
        arrays.texts([each.by for each in commands]),
        arrays.texts([each.organisation for each in commands]),
        arrays.int8s([microseconds(each.device_at) if each.device_at else None for each in commands]),
        arrays.int8s([each.causation for each in commands]),
        arrays.uuids([each.correlation or each.command_id for each in commands]),
        arrays.int8s([number for number, command in enumerate(commands, 1) for _ in command.entries]),
        arrays.uuids([entry.originator_id for entry in entries]),
        arrays.int8s([entry.version for entry in entries]),
        arrays.texts([type for type, _, _ in encoded]),
        arrays.int2s([schema for _, schema, _ in encoded]),
        arrays.byteas([data for _, _, data in encoded]),
        arrays.int8s([microseconds(entry.effective_at) for entry in entries]),
        arrays.uuids(list(winners.released)),
        arrays.texts([key.kind for key in winners.claimed]),
        arrays.texts([key.name for key in winners.claimed]),
        arrays.uuids(list(winners.claimed.values())),
    )
