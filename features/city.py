"""The system under promise: everything assembled as it is served, with a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

from api.http import GraphQL
from api.main import Tocsin
from api.requests import Asked
from application.commands import Command
from application.identity import OWNER
from application.requests import Done, Request
from application.views import Order, View, Wanted
from domain.events import Event, Recorded
from domain.ids import CommandId, OfficerId, OrganisationId
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.schedule import Schedule
from infrastructure.settings import Settings
from tests.registering import Registry

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)
NAMES = UUID("00000000-0000-4000-8000-000000000000")
STATION = OrganisationId("S-1")
MANY = 10_000
V = TypeVar("V", bound=View)
R = TypeVar("R")


class StoppedClock:
    """Moves only when a step says so."""

    def __init__(self) -> None:
        self.time = MORNING

    def now(self) -> datetime:
        return self.time

    def passes(self, time: timedelta) -> None:
        self.time += time


class City:
    """What steps act on. Things have names in a feature; their ids follow from the names.

    Nothing runs in the background: views, policies and duties come forward when a step asks for them.
    """

    def __init__(self, database: Database, clock: StoppedClock, settings: Settings) -> None:
        self.clock = clock
        self.database = database
        self.refusal: Rejected | None = None
        self.tocsin = Tocsin(settings, database, clock, working=False)
        self._loop = asyncio.Runner()
        self._acted = 0
        self._registry = Registry()

    def id(self, kind: str, name: str) -> UUID:
        return uuid5(NAMES, f"{kind}/{name}")

    def happened(self, command: Command, *, by: str = "P-1", at: datetime | None = None, of: str = STATION) -> None:
        """Given: it was done, and nothing stood against it."""
        self.places_stand(command)
        self._loop.run(self.tocsin.desk.carry_out(self._request(command, by, at, of)))
        self.policies_answer()

    def act(self, command: Command, *, by: str = "P-1", at: datetime | None = None, of: str = STATION) -> None:
        """When: it is tried; what comes of it is for the steps after."""
        self.places_stand(command)
        self.attempt(self._request(command, by, at, of))

    def attempt(self, *requests: Request) -> None:
        """Several at once race one another."""
        self._acted, self.refusal = self.head(), None
        for answer in self._loop.run(self._together(requests)):
            if isinstance(answer, Rejected):
                self.refusal = answer
            elif isinstance(answer, BaseException):
                raise answer

    def in_one_commit(self, *requests: Request) -> list[Done | Rejected]:
        """When: one after the other, each answered by itself."""
        self._acted, self.refusal = self.head(), None
        return self._loop.run(self.tocsin.desk.carry_out_in_order(requests))

    def all_happened(self, commands: Sequence[Command]) -> None:
        """Given: the same of many at once."""
        for command in commands:
            self.places_stand(command)
        answers = self._loop.run(self.tocsin.desk.carry_out_in_order([self.request(each) for each in commands]))
        assert not any(isinstance(each, Rejected) for each in answers)
        self.policies_answer()

    def places_stand(self, command: Command) -> None:
        """The divisions and stations that a feature speaks of are registered, unless it says that they are not."""
        for registration in self._registry.missing(command):
            self._loop.run(self.tocsin.desk.carry_out(self._request(registration, "P-1", None)))

    def knows_division(self, code: str) -> None:
        self._registry.knows_division(code)

    def request(self, command: Command, *, by: str = "P-1", at: datetime | None = None) -> Request:
        return self._request(command, by, at)

    def policies_answer(self) -> None:
        self._loop.run(self.tocsin.reactor.catch_up())

    def duties_are_swept(self) -> None:
        self.catch_up()
        self._acted, self.refusal = self.head(), None
        self._loop.run(Schedule(self.database, self.tocsin.desk, self.clock).sweep())

    def does(self, work: Coroutine[Any, Any, None]) -> None:
        """When: something that runs by itself does all that is to be done."""
        self._acted, self.refusal = self.head(), None
        self.goes_on(work)

    def answered(self, asked: Coroutine[Any, Any, R]) -> R:
        return self._loop.run(asked)

    def goes_on(self, work: Coroutine[Any, Any, None]) -> None:
        self._loop.run(work)

    def catch_up(self) -> None:
        """Every view comes forward to the end of the log."""
        self.tocsin.projector.catch_up()

    def view(self, view: type[V], id: UUID) -> V:
        self.catch_up()
        row = self._loop.run(self.tocsin.read_models.one(view, id))
        assert row is not None
        return row

    def listed(self, view: type[V], wanted: Wanted, order: Order) -> Sequence[V]:
        self.catch_up()
        return self._loop.run(self.tocsin.read_models.page(view, wanted, order, MANY, None)).rows

    def asked(self, query: str) -> dict[str, Any]:
        """What the API answers the owner, with every view at the end of the log."""
        self.catch_up()
        answer = self._loop.run(GraphQL(self.tocsin.services()).answer(Asked(query, {}, None), OWNER))
        assert "errors" not in answer, answer
        told: dict[str, Any] = answer["data"]
        return told

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
        self.tocsin.log.close()
        self._loop.close()

    async def _together(self, requests: tuple[Request, ...]) -> list[object]:
        return await asyncio.gather(*map(self.tocsin.desk.carry_out, requests), return_exceptions=True)

    def _request(self, command: Command, by: str, at: datetime | None, of: str = STATION) -> Request:
        """`of` is the officer's organisation."""
        id = CommandId(uuid4())
        return Request(command=command, command_id=id, by=OfficerId(by), organisation=OrganisationId(of), effective_at=at)
