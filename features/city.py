"""The system under promise: the desk on a real log, with a clock that stands still."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from application.casework import policies as _casework
from application.commands import Command
from application.desk import Desk, Request
from application.dispatching import policies as _dispatching
from application.policies import POLICIES
from domain.events import Event, Recorded
from domain.ids import CommandId, OfficerId, OrganisationId
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell

__all__ = ["City", "StoppedClock", "_casework", "_dispatching"]

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
NAMES = UUID("00000000-0000-4000-8000-000000000000")
MANY = 10_000


class StoppedClock:
    """Moves only when a step says so."""

    def __init__(self) -> None:
        self.time = MORNING

    def now(self) -> datetime:
        return self.time

    def passes(self, time: timedelta) -> None:
        self.time += time


class City:
    """What steps act on. Things have names in a feature; their ids follow from the names."""

    def __init__(self, database: Database, clock: StoppedClock) -> None:
        self.clock = clock
        self.database = database
        self.refusal: Rejected | None = None
        self._log = Appender(database, clock, Bell())
        self._desk = Desk(self._log, clock, shared=database.shared)
        self._loop = asyncio.Runner()
        self._acted = 0
        self._answered = 0

    def id(self, kind: str, name: str) -> UUID:
        return uuid5(NAMES, f"{kind}/{name}")

    def happened(self, command: Command, *, by: str = "P-1", at: datetime | None = None) -> None:
        """Given: it was done, and nothing stood against it."""
        self._loop.run(self._desk.carry_out(self._request(command, by, at)))
        self.policies_answer()

    def act(self, command: Command, *, by: str = "P-1", at: datetime | None = None) -> None:
        """When: it is tried; what comes of it is for the steps after."""
        self.attempt(self._request(command, by, at))

    def attempt(self, *requests: Request) -> None:
        """Several at once race one another."""
        self._acted, self.refusal = self.head(), None
        for answer in self._loop.run(self._together(requests)):
            if isinstance(answer, Rejected):
                self.refusal = answer
            elif isinstance(answer, BaseException):
                raise answer

    def request(self, command: Command, *, by: str = "P-1") -> Request:
        return self._request(command, by, None)

    def policies_answer(self) -> None:
        """Each policy answers each fact once, until there is no more to answer."""
        while news := self.records(self._answered):
            self._answered = news[-1].position
            for record in news:
                for policy in POLICIES.get(type(record.event), ()):
                    command = policy.answer(record)
                    if command is not None:
                        id = CommandId(uuid5(NAMES, f"{policy.name}/{record.position}"))
                        request = Request(command=command, command_id=id, by=OfficerId("policy"), organisation=record.organisation)
                        self._loop.run(self._desk.carry_out(request))

    def recorded(self) -> list[Recorded[Event]]:
        """What the last act, and the policies after it, put on record."""
        return self.records(self._acted)

    def records(self, after: int) -> list[Recorded[Event]]:
        with self.database.reading() as connection:
            return list(reading.records(reading.read(connection, after, MANY)))

    def head(self) -> int:
        with self.database.reading() as connection:
            return reading.head(connection)

    def close(self) -> None:
        self._log.close()
        self._loop.close()

    async def _together(self, requests: tuple[Request, ...]) -> list[object]:
        return await asyncio.gather(*map(self._desk.carry_out, requests), return_exceptions=True)

    def _request(self, command: Command, by: str, at: datetime | None) -> Request:
        station = OrganisationId("S-1")
        return Request(command=command, command_id=CommandId(uuid4()), by=OfficerId(by), organisation=station, effective_at=at)
