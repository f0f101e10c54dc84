"""Appending a batch of commands within one transaction, the same on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol, cast
from uuid import UUID

import sqlalchemy as sa

from application.ports import Appended, Entry, Outcome, Submission
from domain.events import Event, Recorded
from domain.ids import OfficerId, OrganisationId
from infrastructure.database import instant, microseconds
from infrastructure.log import postgres, sqlite
from infrastructure.log.judging import Expected, Standing, Winners, Won, expect, judge

Inline = Callable[[sa.Connection, Sequence[Recorded[Any]]], None]
"""Writes the views that stand in the same commit as their events."""


class Store(Protocol):
    """What a database does in its own way; the modules `sqlite` and `postgres` are one each."""

    def append_at_once(self, connection: sa.Connection, expected: Expected, moment: int) -> tuple[int, int] | None: ...

    def lock(self, connection: sa.Connection) -> None: ...

    def look(self, connection: sa.Connection, submissions: Sequence[Submission]) -> tuple[Standing, int]: ...

    def find(self, connection: sa.Connection, ids: Iterable[UUID]) -> Iterator[tuple[UUID, tuple[bytes, Appended]]]: ...

    def remember(self, connection: sa.Connection, id: UUID) -> None: ...

    def write(self, connection: sa.Connection, winners: Winners, head: int, recorded: int) -> None: ...


_STORES: dict[str, Store] = {"sqlite": sqlite, "postgresql": postgres}


def append(connection: sa.Connection, submissions: Sequence[Submission], now: datetime, inline: Inline | None) -> list[Outcome]:
    """Judge the commands in their order and record the winners; whoever opened the transaction commits it."""
    outcomes = append_at_once(connection, submissions, now, inline)
    return _append_with_care(connection, submissions, now, inline) if outcomes is None else outcomes


def append_at_once(
    connection: sa.Connection, submissions: Sequence[Submission], now: datetime, inline: Inline | None
) -> list[Outcome] | None:
    """The short way, which most batches go: record all of them, or nothing where something stands against one of them."""
    store = store_of(connection)
    expected = expect(submissions)
    if expected is None:
        return None
    written = store.append_at_once(connection, expected, microseconds(now))
    if written is None:
        return None
    head, recorded = written[0], instant(written[1])
    if inline is not None:
        inline(connection, list(records(expected.winners, head, recorded)))
    return [Appended(head + first, head + last, recorded) for first, last in expected.winners.offsets]


def _append_with_care(connection: sa.Connection, submissions: Sequence[Submission], now: datetime, inline: Inline | None) -> list[Outcome]:
    """The long way: look at what stands, judge each command by it, record the winners."""
    store = store_of(connection)
    store.lock(connection)
    standing, last_recorded = store.look(connection, submissions)
    head = standing.head
    fates, winners = judge(submissions, standing)
    recorded = max(microseconds(now), last_recorded)
    if winners.submissions:
        store.write(connection, winners, head, recorded)
        _show(connection, winners, head, instant(recorded), inline)
    outcomes = [_outcome(fate, head, instant(recorded)) for fate in fates]
    for submission, outcome in zip(submissions, outcomes, strict=True):
        if isinstance(outcome, Appended) and outcome.repeated:
            store.remember(connection, submission.command_id)
    return outcomes


def store_of(connection: sa.Connection) -> Store:
    return _STORES[connection.dialect.name]


def _show(connection: sa.Connection, winners: Winners, head: int, recorded: datetime, inline: Inline | None) -> None:
    """Commands that decided that there is nothing new leave nothing to show."""
    if inline is not None and (news := list(records(winners, head, recorded))):
        inline(connection, news)


def _outcome(fate: Outcome | Won, head: int, recorded: datetime) -> Outcome:
    return Appended(head + fate.first, head + fate.last, recorded, fate.repeated) if isinstance(fate, Won) else fate


def records(winners: Winners, head: int, recorded: datetime) -> Iterator[Recorded[Event]]:
    """The winners' events as they stand in the log."""
    position = head
    for submission in winners.submissions:
        for entry in submission.entries:
            position += 1
            yield cast("Recorded[Event]", Fresh(submission, entry, position, recorded))


class Fresh:
    """A record on its way in, which looks its less wanted values up when they are asked for; to a handler it is a `Recorded`."""

    __slots__ = ("_submission", "effective_at", "event", "originator_id", "position", "recorded_at", "version")

    def __init__(self, submission: Submission, entry: Entry, position: int, recorded_at: datetime) -> None:
        self._submission = submission
        self.position = position
        self.originator_id = entry.originator_id
        self.version = entry.version
        self.event = entry.event
        self.effective_at = entry.effective_at
        self.recorded_at = recorded_at

    @property
    def device_at(self) -> datetime | None:
        return self._submission.device_at

    @property
    def by(self) -> OfficerId:
        return self._submission.by

    @property
    def organisation(self) -> OrganisationId:
        return self._submission.organisation

    @property
    def command_id(self) -> UUID:
        return self._submission.command_id

    @property
    def causation(self) -> int | None:
        return self._submission.causation

    @property
    def correlation(self) -> UUID:
        return self._submission.correlation or self._submission.command_id
