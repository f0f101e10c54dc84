"""The timetable: APScheduler wakes what is due; it keeps no state, for deadlines are rows that are swept."""

from __future__ import annotations

import logging
from asyncio import sleep, to_thread
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID, uuid5

import sqlalchemy as sa
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # the library has no types

from application.commands import Command
from application.desk import Desk
from application.ports import Clock, LogUnavailable
from application.requests import Request
from domain.ids import CommandId, OfficerId, OrganisationId
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.due import due

EVERY_SECOND = 1
EVERY_MINUTE = 60
BREATH = 0.02
"""Seconds between two lots of what is forgotten."""
CLOCKWORK = OfficerId("clockwork")
"""Who did it where nobody did: the time on the clock."""
_NAMESPACE = UUID("0d9c6c0e-6f1b-5a5f-8f0e-70c51a000002")
_log = logging.getLogger(__name__)


class Tracks(Protocol):
    def forget_some(self) -> bool:
        """Forget a little of what has been kept long enough; whether there may be more."""
        ...


class Schedule:
    """Runs the duties of this process while it is entered. A sweep that comes late does all that is overdue."""

    def __init__(self, database: Database, desk: Desk, clock: Clock, tracks: Tracks | None = None) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock
        self._tracks = tracks

    async def __aenter__(self) -> Self:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(self.sweep, "interval", seconds=EVERY_SECOND, max_instances=1, coalesce=True, misfire_grace_time=None)
        self._scheduler.add_job(self.forget, "interval", seconds=EVERY_MINUTE, max_instances=1, coalesce=True, misfire_grace_time=None)
        self._scheduler.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._scheduler.shutdown(wait=False)

    async def sweep(self) -> None:
        """Carry out what is due now."""
        try:
            commands = await to_thread(self._due)
        except sa.exc.SQLAlchemyError:
            _log.exception("the sweep could not look and tries again")
            return
        for command in commands:
            await self._carry_out(command)

    async def forget(self) -> None:
        """Forget what tracks have held long enough, a little at a time, so that commands come in between."""
        if self._tracks is None:
            return
        try:
            while await to_thread(self._tracks.forget_some):  # noqa: ASYNC110 - it is not waited for anything
                await sleep(BREATH)
        except sa.exc.SQLAlchemyError:
            _log.exception("tracks that are old are still there, and will be due again")

    async def _carry_out(self, command: Command) -> None:
        try:
            await self._desk.carry_out(_request(command))
        except Rejected as refusal:
            _log.info("%s was refused: %s", command.name, refusal.code)  # the unit answered meanwhile
        except LogUnavailable:
            _log.exception("%s could not be recorded and will be due again", command.name)

    def _due(self) -> list[Command]:
        with self._database.reading() as connection:
            return due(connection, self._clock.now())


def _request(command: Command) -> Request:
    """The command's content is the same each time it is due, so its id can follow from it: a second sweep changes nothing."""
    return Request(
        command=command,
        command_id=CommandId(uuid5(_NAMESPACE, command.content.hex())),
        by=CLOCKWORK,
        organisation=OrganisationId("tocsin"),
    )
