"""The one writer of this process: it commits whatever has arrived as one transaction, and answers each command."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from application.ports import Appended, Clock, Outcome, Submission
from domain.events import Event, Recorded
from infrastructure.database import Database
from infrastructure.log import postgres, reading, sqlite
from infrastructure.log.append import Inline, append
from infrastructure.log.waking import Bell


class Appender:
    """The event log of the application's port, with group commit."""

    def __init__(self, database: Database, clock: Clock, bell: Bell, inline: Inline | None = None) -> None:
        self._database = database
        self._clock = clock
        self._bell = bell
        self._inline = inline

    async def append(self, submission: Submission) -> Outcome:
        return (await self.append_all([submission]))[0]

    async def append_all(self, submissions: Sequence[Submission]) -> list[Outcome]:
        return await asyncio.to_thread(self.append_now, submissions)

    def append_now(self, submissions: Sequence[Submission]) -> list[Outcome]:
        with self._database.writing() as connection:
            outcomes = append(connection, submissions, self._clock.now(), self._inline)
        self._bell.ring()
        return outcomes

    async def histories(self, after: Mapping[UUID, int]) -> dict[UUID, list[Recorded[Event]]]:
        return await asyncio.to_thread(self._histories, after)

    async def find(self, command_id: UUID) -> tuple[bytes, Appended] | None:
        return await asyncio.to_thread(self._find, command_id)

    async def known(self, command_ids: Collection[UUID]) -> set[UUID]:
        return await asyncio.to_thread(self._known, command_ids)

    def close(self) -> None: ...

    def _histories(self, after: Mapping[UUID, int]) -> dict[UUID, list[Recorded[Event]]]:
        with self._database.reading() as connection:
            return reading.histories(connection, after)

    def _find(self, command_id: UUID) -> tuple[bytes, Appended] | None:
        store = postgres if self._database.shared else sqlite
        with self._database.writing() as connection:
            found = dict(store.find(connection, iter([command_id])))
            if found and store is postgres:
                postgres.remember(connection, command_id)
        return found.get(command_id)

    def _known(self, command_ids: Collection[UUID]) -> set[UUID]:
        store = postgres if self._database.shared else sqlite
        with self._database.reading() as connection:
            return {id for id, _ in store.find(connection, iter(command_ids))}
