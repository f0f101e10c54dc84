"""The log on SQLite: looking at what stands, and writing the winners of a batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from uuid import UUID

import msgspec
import sqlalchemy as sa

from application.ports import Appended, Key, Submission
from infrastructure.database import instant, microseconds, sqlite_driver
from infrastructure.log.codec import CODEC
from infrastructure.log.judging import THING, Expected, Standing, Winners

_COMMAND = "SELECT content, first, last, recorded_at FROM commands WHERE command_id = ?"
_VERSION = "SELECT max(originator_version) FROM events WHERE originator_id = ?"
_HOLDER = "SELECT holder FROM keys WHERE kind = ? AND name = ?"
_HELD = "SELECT kind, name FROM keys WHERE holder = ?"
_HEAD = "SELECT position, recorded_at FROM events ORDER BY position DESC LIMIT 1"
_MOVED = """SELECT EXISTS (SELECT 1 FROM json_each(?) x
    WHERE coalesce((SELECT max(e.originator_version) FROM events e WHERE e.originator_id = x.key), 0) <> x.value)"""
_TAKEN = """SELECT EXISTS (SELECT 1 FROM json_each(?) x
    CROSS JOIN keys k ON k.kind = json_extract(x.value, '$[0]') AND k.name = json_extract(x.value, '$[1]'))"""
_EVENT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_DONE = "INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?)"
_RELEASE = "DELETE FROM keys WHERE holder = ?"
_CLAIM = "INSERT INTO keys VALUES (?, ?, ?) ON CONFLICT DO NOTHING"


def append_at_once(connection: sa.Connection, expected: Expected, moment: int) -> tuple[int, int] | None:
    """Record the batch if all is as expected: the head before it and the time of recording; else None.

    Whether a thing or a command stands already is not asked: the tables' own keys refuse it, and then all is taken back.
    """
    driver = sqlite_driver(connection)
    if _moved(driver, expected) or _taken(driver, expected.passing | expected.winners.claimed.keys()):
        return None
    head, recorded = driver.execute(_HEAD).fetchone() or (0, 0)
    recorded = max(recorded, moment)
    try:
        _write(driver, expected.winners, head, recorded)
    except sqlite3.IntegrityError:
        driver.rollback()
        driver.execute("BEGIN IMMEDIATE")
        return None
    return head, recorded


def _moved(driver: sqlite3.Connection, expected: Expected) -> bool:
    looked_at = {id.hex: version for id, version in expected.versions.items() if id not in expected.born}
    if not looked_at:
        return False
    return bool(driver.execute(_MOVED, (msgspec.json.encode(looked_at).decode(),)).fetchone()[0])


def _taken(driver: sqlite3.Connection, keys: Collection[Key]) -> bool:
    return bool(keys) and bool(driver.execute(_TAKEN, (msgspec.json.encode(list(keys)).decode(),)).fetchone()[0])


def lock(connection: sa.Connection) -> None:
    """`BEGIN IMMEDIATE` took it."""


def look(connection: sa.Connection, submissions: Sequence[Submission]) -> tuple[Standing, int]:
    """What stands about the things these submissions speak of, and when the last event was recorded."""
    driver = sqlite_driver(connection)
    head, recorded = driver.execute(_HEAD).fetchone() or (0, 0)
    things = {id for each in submissions for id, _ in each.seen} | {entry.originator_id for each in submissions for entry in each.entries}
    standing = Standing(
        head=head,
        versions={id: driver.execute(_VERSION, (id.hex,)).fetchone()[0] or 0 for id in things},
        commands=dict(find(connection, (each.command_id for each in submissions))),
        holders={},
    )
    for submission in submissions:
        for key, _ in submission.claims:
            for (holder,) in driver.execute(_HOLDER, (key.kind, key.name)):
                standing.holders[key] = UUID(holder)
        for id in submission.releases:
            standing.holders.update((Key(*key), id) for key in driver.execute(_HELD, (id.hex,)))
    return standing, recorded


def find(connection: sa.Connection, ids: Iterable[UUID]) -> Iterator[tuple[UUID, tuple[bytes, Appended]]]:
    driver = sqlite_driver(connection)
    for id in ids:
        for content, first, last, recorded in driver.execute(_COMMAND, (id.hex,)):
            yield id, (content, Appended(first, last, instant(recorded)))


def remember(connection: sa.Connection, id: UUID) -> None:
    """Nothing waits for a standby here."""


def write(connection: sa.Connection, winners: Winners, head: int, recorded: int) -> None:
    _write(sqlite_driver(connection), winners, head, recorded)


def _write(driver: sqlite3.Connection, winners: Winners, head: int, recorded: int) -> None:
    driver.executemany(_EVENT, _event_rows(winners, head, recorded))
    driver.executemany(_DONE, _command_rows(winners, head, recorded))
    if winners.released:
        driver.executemany(_RELEASE, [(id.hex,) for id in winners.released])
    if winners.claimed:
        driver.executemany(_CLAIM, [(key.kind, key.name, holder.hex) for key, holder in winners.claimed.items()])


def _event_rows(winners: Winners, head: int, recorded: int) -> Iterator[tuple[object, ...]]:
    position, encode = head, CODEC.encode
    for submission in winners.submissions:
        device_at = microseconds(submission.device_at) if submission.device_at else None
        command = submission.command_id.hex
        around = submission.by, submission.organisation, command, submission.causation
        correlation = submission.correlation.hex if submission.correlation else command
        for id, entries in groupby(submission.entries, THING):
            thing = id.hex
            for entry in entries:
                position += 1
                moment = microseconds(entry.effective_at)
                yield (position, thing, entry.version, *encode(entry.event), moment, device_at, recorded, *around, correlation)


def _command_rows(winners: Winners, head: int, recorded: int) -> Iterator[tuple[object, ...]]:
    for submission, (first, last) in zip(winners.submissions, winners.offsets, strict=True):
        yield submission.command_id.hex, submission.name, submission.content, head + first, head + last, recorded
