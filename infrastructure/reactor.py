"""The reactor: policies answer events with commands, in the order of the log, each once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from uuid import UUID, uuid5

import sqlalchemy as sa

from application.casework import policies as casework
from application.commands import Command
from application.desk import Desk, Request
from application.dispatching import policies as dispatching
from application.policies import POLICIES, Policy
from application.ports import LogUnavailable
from application.refusals import TooBusy
from domain.events import Event, Recorded
from domain.ids import CommandId
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.waking import Bell
from infrastructure.projections.generations import PROJECTIONS, begin, pointers

NAME = "reactor"
PAGE = 500
READ = (casework, dispatching)
"""The modules whose policies are carried out; reading them fills the register."""
_NAMESPACE = UUID("0d9c6c0e-6f1b-5a5f-8f0e-70c51a000001")
_log = logging.getLogger(__name__)


class Reactor:
    """Follows the log. A command's id follows from its event and its policy, so that a second run changes nothing."""

    def __init__(self, database: Database, desk: Desk, bell: Bell) -> None:
        self._database = database
        self._desk = desk
        self._bell = bell

    async def run(self) -> None:
        """Until cancelled. A fault is logged and tried again; nothing is passed over because of one."""
        while True:
            try:
                position = await self.catch_up()
                await self._bell.heard(position, 1.0)
            except (OSError, sa.exc.SQLAlchemyError, LogUnavailable, TooBusy):
                _log.exception("the reactor could not go on and tries again")
                await asyncio.sleep(1)

    async def catch_up(self) -> int:
        """Answer everything recorded so far; answers with the position reached."""
        position = await asyncio.to_thread(self._position)
        while records := await asyncio.to_thread(self._page, position):
            for record in records:
                for policy in POLICIES.get(type(record.event), ()):
                    await self._react(policy, record)
            position = records[-1].position
            await asyncio.to_thread(self._move, position)
        return position

    async def _react(self, policy: Policy, record: Recorded[Event]) -> None:
        command = policy.answer(record)
        if command is None:
            return
        try:
            await self._desk.carry_out(_request(policy, record, command))
        except TooBusy:
            raise  # not a decision: it is tried again
        except Rejected as refusal:
            _log.warning("policy %s on position %d was refused: %s", policy.name, record.position, refusal.code)

    def _position(self) -> int:
        with self._database.writing() as connection:
            begin(connection, NAME, 1)
            return pointers(connection)[NAME].position

    def _page(self, after: int) -> list[Recorded[Event]]:
        """The next records that some policy answers, and the last of the page, so that the position moves on."""
        with self._database.reading() as connection:
            rows = reading.read(connection, after, PAGE)
        return list(_worth_reading(reading.records(rows)))

    def _move(self, position: int) -> None:
        with self._database.writing() as connection:
            connection.execute(sa.update(PROJECTIONS).where(PROJECTIONS.c.name == NAME).values(position=position))


def _worth_reading(records: Iterator[Recorded[Event]]) -> Iterator[Recorded[Event]]:
    last = None
    for last in records:
        if type(last.event) in POLICIES:
            yield last
    if last is not None and type(last.event) not in POLICIES:
        yield last


def _request(policy: Policy, record: Recorded[Event], command: Command) -> Request:
    return Request(
        command=command,
        command_id=CommandId(uuid5(_NAMESPACE, f"{record.position}/{policy.name}")),
        by=record.by,
        organisation=record.organisation,
        effective_at=record.effective_at,
        causation=record.position,
        correlation=record.correlation,
    )
