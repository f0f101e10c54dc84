"""The one writer of this process: it commits whatever has arrived as one transaction, and answers each command."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from application.ports import Appended, Clock, LogUnavailable, Outcome, Submission
from domain.events import Event, Recorded
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.append import Inline, store_of
from infrastructure.log.tables import KEYS
from infrastructure.log.waking import Bell
from infrastructure.log.writers import writer

CAPACITY = 20_000
"""Commands that may wait; beyond it they are refused rather than kept waiting without end."""
SWIFT = 0.002
"""Seconds of the last commit up to which the event loop may wait for the next one itself."""
BATCH = 1_000
"""Commands of one commit, or one more sending."""

Answer = list[Outcome] | BaseException


@dataclass(frozen=True, slots=True)
class Sending:
    """Commands that were handed in together, and what to do with their answer."""

    submissions: Sequence[Submission]
    loop: asyncio.AbstractEventLoop | None
    answer: Callable[[Answer], None]


class Appender:
    """The application's event log. Commands that arrive during a commit go into the next one."""

    def __init__(self, database: Database, clock: Clock, bell: Bell, inline: Inline | None = None) -> None:
        self._database = database
        self._bell = bell
        self._writer = writer(database, clock, inline)
        self._waiting: deque[Sending] = deque()
        self._count = 0
        self._busy = False
        self._swift = self._writer.near
        self._planned: asyncio.AbstractEventLoop | None = None
        self._closed = False
        self._arrived = threading.Condition()
        self._thread = threading.Thread(target=self._write, name="appender", daemon=True)
        self._thread.start()

    async def append(self, submission: Submission) -> Outcome:
        return (await self.append_all((submission,)))[0]

    async def append_all(self, submissions: Sequence[Submission]) -> list[Outcome]:
        if not submissions:
            return []
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[Outcome]] = loop.create_future()
        self._hand_in(Sending(submissions, loop, lambda answer: _settle(future, answer)))
        return await future

    def append_now(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """The same for a caller without an event loop."""
        future: Future[list[Outcome]] = Future()
        self._hand_in(Sending(submissions, None, lambda answer: _settle(future, answer)))
        return future.result()

    async def histories(self, after: Mapping[UUID, int]) -> dict[UUID, list[Event]]:
        return await asyncio.to_thread(self._histories, after)

    async def holders(self, kind: str, prefix: str) -> tuple[UUID, ...]:
        return await asyncio.to_thread(self._holders, kind, prefix)

    async def records(self, positions: Collection[int]) -> dict[int, Recorded[Event]]:
        return await asyncio.to_thread(self._records, positions)

    async def find(self, command_id: UUID) -> tuple[bytes, Appended] | None:
        return await asyncio.to_thread(self._find, command_id)

    async def known(self, command_ids: Collection[UUID]) -> set[UUID]:
        return await asyncio.to_thread(self._known, command_ids)

    def close(self) -> None:
        """Commit what has arrived, then stop."""
        with self._arrived:
            self._closed = True
            self._arrived.notify()
        self._thread.join()
        self._writer.close()

    def _hand_in(self, sending: Sending) -> None:
        with self._arrived:
            if self._closed:
                raise LogUnavailable("the log is closing")
            if self._count >= CAPACITY:
                raise LogUnavailable("too many commands are waiting")
            self._count += len(sending.submissions)
            self._waiting.append(sending)
            if self._busy or (sending.loop is not None and sending.loop is self._planned):
                return  # the writer looks again after its commit, and so does the event loop after all that is ready now
            if sending.loop is None:
                self._arrived.notify()
                return
            self._planned = sending.loop
        sending.loop.call_soon(self._gathered)

    def _gathered(self) -> None:
        """On the event loop, when everything that was ready has handed in.

        A command that came alone is committed here and now, for handing it over and back takes as long as writing it.
        Not so where the commit may take its time: on a server, on a slow disk, or while somebody else is writing.
        """
        with self._arrived:
            self._planned = None
            if not self._waiting or self._busy:
                return
            if len(self._waiting) > 1 or not self._swift or not self._writer.lock.acquire(blocking=False):
                self._arrived.notify()
                return
            batch = self._taken()
        try:
            answered = self._committed(batch)
        finally:
            self._writer.lock.release()
        _deliver(answered)

    def _write(self) -> None:
        while batch := self._next():
            _answer(self._committed(batch))

    def _next(self) -> list[Sending]:
        """Whatever has arrived; nothing when it is time to stop."""
        with self._arrived:
            self._busy = False
            while not self._waiting and not self._closed:
                self._arrived.wait()
            self._busy = True
            return self._taken()

    def _taken(self) -> list[Sending]:
        batch: list[Sending] = []
        taken = 0
        while self._waiting and taken < BATCH:
            batch.append(self._waiting.popleft())
            taken += len(batch[-1].submissions)
        self._count -= taken
        return batch

    def _committed(self, batch: Sequence[Sending]) -> list[tuple[Sending, Answer]]:
        """Each sending with its answer. What spoils a batch is found by trying each sending alone."""
        submissions = [submission for sending in batch for submission in sending.submissions]
        start = time.perf_counter()
        try:
            outcomes = self._writer.commit(submissions)
        except LogUnavailable as fault:
            return [(sending, fault) for sending in batch]
        except Exception as fault:  # noqa: BLE001 - whatever it is, whoever sent it hears of it
            if len(batch) == 1:
                return [(batch[0], fault)]
            return [answered for sending in batch for answered in self._committed([sending])]
        self._swift = self._writer.near and time.perf_counter() - start < SWIFT
        self._bell.ring(max((each.last for each in outcomes if isinstance(each, Appended)), default=0))
        return list(zip(batch, _shared_out(batch, outcomes), strict=True))

    def _histories(self, after: Mapping[UUID, int]) -> dict[UUID, list[Event]]:
        with self._database.reading() as connection:
            found = ((id, reading.events(connection, id, version)) for id, version in after.items())
            return {id: events for id, events in found if events}

    def _holders(self, kind: str, prefix: str) -> tuple[UUID, ...]:
        wanted = (KEYS.c.kind == kind) & KEYS.c.name.startswith(prefix, autoescape=True)
        with self._database.reading() as connection:
            return tuple(connection.scalars(sa.select(KEYS.c.holder).where(wanted).order_by(KEYS.c.name)))

    def _records(self, positions: Collection[int]) -> dict[int, Recorded[Event]]:
        with self._database.reading() as connection:
            return {record.position: record for record in reading.records(reading.at(connection, positions))}

    def _find(self, command_id: UUID) -> tuple[bytes, Appended] | None:
        """What was done is told only after a commit that was written after it: so a standby has it too."""
        with self._database.reading() as connection:
            found = dict(store_of(connection).find(connection, [command_id])).get(command_id)
        if found is not None and self._database.shared:
            with self._database.writing() as connection:
                store_of(connection).remember(connection, command_id)
        return found

    def _known(self, command_ids: Collection[UUID]) -> set[UUID]:
        with self._database.reading() as connection:
            return {id for id, _ in store_of(connection).find(connection, command_ids)}


def _shared_out(batch: Sequence[Sending], outcomes: list[Outcome]) -> list[Answer]:
    answers: list[Answer] = []
    start = 0
    for sending in batch:
        answers.append(outcomes[start : start + len(sending.submissions)])
        start += len(sending.submissions)
    return answers


def _answer(answered: Sequence[tuple[Sending, Answer]]) -> None:
    """Each event loop is called once for all its commands: waking it costs more than answering."""
    loops = {sending.loop for sending, _ in answered}
    for loop in loops:
        own = [(sending, answer) for sending, answer in answered if sending.loop is loop]
        if loop is None:
            _deliver(own)
        elif not loop.is_closed():
            loop.call_soon_threadsafe(_deliver, own)


def _deliver(answered: Sequence[tuple[Sending, Answer]]) -> None:
    for sending, answer in answered:
        sending.answer(answer)


def _settle(future: asyncio.Future[list[Outcome]] | Future[list[Outcome]], answer: Answer) -> None:
    if future.done():
        return  # whoever asked has gone away
    if isinstance(answer, BaseException):
        future.set_exception(answer)
    else:
        future.set_result(answer)
