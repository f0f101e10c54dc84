"""The reactor: policies answer events with commands, in the order of the log, each once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid5

import sqlalchemy as sa

from application.casework import policies as casework
from application.commands import Command
from application.desk import Desk
from application.dispatching import policies as dispatching
from application.policies import POLICIES, Policy, Undecided
from application.refusals import TooBusy
from application.requests import Request
from domain.events import Event, Recorded
from domain.ids import CommandId
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.waking import Bell
from infrastructure.projections.generations import PROJECTIONS, begin, pointers

NAME = "reactor"
PAGE = 500
PAUSE = 1.0
"""Seconds until the log is looked at even if nobody rang, or until what failed is tried again."""
READ = (casework, dispatching)
"""The modules whose policies are carried out; reading them fills the register."""
_NAMESPACE = UUID("0d9c6c0e-6f1b-5a5f-8f0e-70c51a000001")
_log = logging.getLogger(__name__)
Decided = Callable[[Undecided], Awaitable[Command | None]]


class Reactor:
    """Follows the log. A command's id follows from its event and its policy, so that a second run changes nothing."""

    def __init__(self, database: Database, desk: Desk, bell: Bell, decided: Decided | None = None) -> None:
        """`decided` answers the questions of commands that hang on how things stand; without it those are passed over."""
        self._decided = decided
        self._database = database
        self._desk = desk
        self._bell = bell
        self._types = {event.__name__ for event in POLICIES}
        self._stored = 0

    async def run(self) -> None:
        """Until cancelled. A fault is logged and tried again; nothing is passed over because of one."""
        while True:
            try:
                position = await self.catch_up()
                while True:
                    await self._bell.heard(position, PAUSE)
                    position = await self.catch_up(position)
            except Exception:  # noqa: BLE001 - an event that was not answered must be, whatever stood in the way
                _log.exception("the reactor could not go on and tries again")
                await asyncio.sleep(PAUSE)

    async def catch_up(self, after: int | None = None) -> int:
        """Answer everything recorded after a position, or since the last run; answers with the position reached.

        It is stored where something was answered, and now and then: what is read twice changes nothing.
        """
        position = await asyncio.to_thread(self._begin) if after is None else after
        while True:
            records, last = await asyncio.to_thread(self._page, position)
            if last == position:
                return position
            answered = [await self._react(policy, record) for record in records for policy in POLICIES[type(record.event)]]
            position = last
            if any(answered) or position - self._stored >= PAGE:
                await asyncio.to_thread(self._move, position)

    async def _react(self, policy: Policy, record: Recorded[Event]) -> bool:
        """Whether there was anything to do."""
        command = policy.answer(record)
        if command is None:
            return False
        refusal = await self._carry_out(policy.name, record, command)
        follows = policy.refused(record, refusal) if refusal and policy.refused else None
        if follows is not None:
            await self._carry_out(f"{policy.name}/refused", record, follows)
        return True

    async def _carry_out(self, name: str, record: Recorded[Event], answer: Command | Undecided) -> Rejected | None:
        """The refusal, where a rule stands against it."""
        try:
            command = await self._settled(answer) if isinstance(answer, Undecided) else answer
            if command is not None:
                await self._desk.carry_out(_request(name, record, command))
        except TooBusy:
            raise  # no answer: it is asked again
        except Rejected as refusal:
            _log.warning("policy %s on position %d was refused: %s", name, record.position, refusal.code)
            return refusal
        return None

    async def _settled(self, undecided: Undecided) -> Command | None:
        return None if self._decided is None else await self._decided(undecided)

    def _begin(self) -> int:
        with self._database.writing() as connection:
            begin(connection, NAME, 1)
            self._stored = pointers(connection)[NAME].position
        return self._stored

    def _page(self, after: int) -> tuple[list[Recorded[Event]], int]:
        """The next records that some policy answers, and the position up to which there are no others."""
        with self._database.reading() as connection:
            rows, last = reading.read_types(connection, after, PAGE, self._types)
        return list(reading.records(rows)), last

    def _move(self, position: int) -> None:
        with self._database.writing() as connection:
            connection.execute(sa.update(PROJECTIONS).where(PROJECTIONS.c.name == NAME).values(position=position))
        self._stored = position


def _request(name: str, record: Recorded[Event], command: Command) -> Request:
    return Request(
        command=command,
        command_id=CommandId(uuid5(_NAMESPACE, f"{record.position}/{name}")),
        by=record.by,
        organisation=record.organisation,
        effective_at=record.effective_at,
        causation=record.position,
        correlation=record.correlation,
    )
