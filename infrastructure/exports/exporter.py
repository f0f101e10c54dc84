"""The job that reads exports: a page of each in turn, as its asker, and now and then a part that is kept."""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from asyncio import to_thread
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from application.commands import Command
from application.desk import Desk
from application.oversight import exports
from application.oversight.exports import Asker, Askers, NotYet, Pages, Reading, ReadingFailed, ReadingRefused, ReadPage
from application.ports import Clock
from application.requests import Request
from domain.ids import CommandId, ExportId, OfficerId, OrganisationId
from domain.oversight.events import ExportFailure
from domain.rules import Rejected
from infrastructure.exports import packing
from infrastructure.exports.store import End, ExportStore, NewPart

EXPORTER = OfficerId("exporter")
"""Who says that an export has ended."""
PAUSE = 0.5
"""Seconds between looks whether there is something to export."""
PART = 1 << 20
"""Bytes of a part, about."""
PATIENCE = 2.0
"""Seconds after which a part is kept although it is small, so that progress shows and little is read twice."""
ATTEMPTS = 8
"""Of one page, each after twice the rest: some two minutes in all."""
LONGEST_REST = 0.25
_NAMESPACE = UUID("0d9c6c0e-6f1b-5a5f-8f0e-70c51a000003")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one export may hold, how long it may take, and how long it is kept."""

    rows: int
    bytes: int
    life: timedelta


class Underway:
    """An export that is read: what is kept of it already, and what was read since."""

    def __init__(self, row: sa.Row[Any], job: sa.Row[Any]) -> None:
        self.id = ExportId(row.id)
        self.asker = Asker(officer=row.requested_by, organisation=row.organisation, role=row.role, key=row.api_key)
        self.reading = Reading(query=row.query, variables=row.variables, began=row.began, after=job.after)
        self.requested_at: datetime = row.requested_at
        self.parts: int = job.parts
        self.rows: int = job.rows
        self.bytes: int = job.bytes
        self.total: int | None = job.total
        self.ended: bool = job.ended_at is not None
        self.failures = 0
        self.rest_until = 0.0
        self._digest, self._crc = sha256(), 0
        self._start_part()

    def remember(self, content: bytes) -> None:
        """What digest and CRC know of."""
        self._digest.update(content)
        self._crc = zlib.crc32(content, self._crc)

    def take(self, page: ReadPage) -> None:
        self._lines += page.lines
        self._secrets |= page.secrets
        self.rows += len(page.lines)
        self._size += sum(map(len, page.lines))
        self.total = page.total if self.reading.after is None else self.total
        self.reading = Reading(query=self.reading.query, variables=self.reading.variables, began=self.reading.began, after=page.after)
        self.failures = 0

    @property
    def size(self) -> int:
        return self.bytes + self._size

    @property
    def is_due(self) -> bool:
        return self._size >= PART or (self._size > 0 and time.monotonic() - self._since > PATIENCE)

    def part(self) -> NewPart | None:
        """What is to be kept now; from here on it counts as kept."""
        if not self._lines:
            return None
        content, rows, secrets = b"".join(self._lines), len(self._lines), packing.bound(self._secrets)
        self.remember(content)
        self.bytes += len(content)
        self._start_part()
        return NewPart(content=content, packed=packing.packed(content), secrets=secrets, rows=rows)

    def end(self, now: datetime) -> End:
        return End(digest=self._digest.hexdigest(), crc=self._crc, ended_at=now)

    def _start_part(self) -> None:
        self._lines: list[bytes] = []
        self._secrets: set[UUID] = set()
        self._size = 0
        self._since = time.monotonic()


class Exporter:
    """Nothing is kept in memory that could not be read again: a part goes into the database with the place to go on after it."""

    def __init__(self, store: ExportStore, desk: Desk, clock: Clock, pages: Pages, askers: Askers, limits: Limits) -> None:
        self._store = store
        self._desk = desk
        self._clock = clock
        self._pages = pages
        self._askers = askers
        self._limits = limits
        self._underway: dict[UUID, Underway] = {}

    async def run(self) -> None:
        """Until cancelled. A fault is logged and tried again."""
        while True:
            try:
                if not await self.go_on():
                    await asyncio.sleep(PAUSE)
            except Exception as error:  # noqa: BLE001 - whatever stood in the way, the exports are there still
                _log.error("exports could not go on and are tried again: %s", type(error).__name__)
                self._underway.clear()
                await asyncio.sleep(PAUSE)

    async def catch_up(self) -> None:
        """Read everything there is to read, and drop everything there is to drop."""
        while await self.go_on():
            pass

    async def go_on(self) -> bool:
        """A page of each export; whether there was anything to do."""
        rows = await to_thread(self._store.going_on)
        self._underway = {row.id: self._underway[row.id] for row in rows if row.id in self._underway}
        worked = [await self._turn(row) for row in rows]
        return any([await to_thread(self._store.drop_some), *worked])

    async def _turn(self, row: sa.Row[Any]) -> bool:
        """Afterwards this process is left to others for as long as the page took."""
        began = time.monotonic()
        it = self._underway.get(row.id)
        if it is None:
            it = self._underway[row.id] = await to_thread(self._taken_up, row)
        if began < it.rest_until:
            return False
        await self._go_on_with(it)
        await asyncio.sleep(min(time.monotonic() - began, LONGEST_REST))
        return True

    def _taken_up(self, row: sa.Row[Any]) -> Underway:
        it = Underway(row, self._store.job(row.id))
        for number in range(it.parts):
            it.remember(packing.unpacked(self._store.kept(it.id, number) or b""))
        return it

    async def _go_on_with(self, it: Underway) -> None:
        reason = None if it.ended else await self._read(it)
        if reason is not None:
            await self._carry_out(it, exports.fail(it.id, reason))
        elif it.ended:
            await self._complete(it)

    async def _read(self, it: Underway) -> ExportFailure | None:
        """Why it cannot go on, if it cannot."""
        principal = await self._askers.still(it.asker)
        if principal is None:
            return ExportFailure.ACCESS_ENDED
        if self._clock.now() - it.requested_at > self._limits.life:
            return ExportFailure.TOOK_TOO_LONG
        try:
            it.take(await self._pages.read(it.reading, principal))
        except ReadingRefused:
            return ExportFailure.QUERY_REFUSED
        except NotYet:
            it.rest_until = time.monotonic() + PAUSE
        except ReadingFailed:
            return self._again(it)
        else:
            return await self._keep(it)
        return None

    def _again(self, it: Underway) -> ExportFailure | None:
        it.failures += 1
        it.rest_until = time.monotonic() + PAUSE * 2**it.failures
        return ExportFailure.QUERY_FAILED if it.failures >= ATTEMPTS else None

    async def _keep(self, it: Underway) -> ExportFailure | None:
        if it.rows > self._limits.rows or it.size > self._limits.bytes:
            return ExportFailure.TOO_LARGE
        if it.reading.after is None or it.is_due:
            await self._append(it, at_end=it.reading.after is None)
        return None

    async def _append(self, it: Underway, *, at_end: bool) -> None:
        number = it.parts
        part = await to_thread(it.part)
        end = it.end(self._clock.now()) if at_end else None
        if await to_thread(self._store.append, it.id, number, part, it.reading.after, it.total, end):
            it.parts += part is not None
            it.ended = at_end
        else:
            self._underway.pop(it.id, None)  # somebody else reads it, or it is over: look again

    async def _complete(self, it: Underway) -> None:
        job = await to_thread(self._store.job, it.id)
        expires_at = job.ended_at + self._limits.life
        await self._carry_out(it, exports.complete(it.id, job.rows, job.bytes, job.digest, job.position, expires_at))

    async def _carry_out(self, it: Underway, command: Command) -> None:
        """Its id follows from its content: said twice it is recorded once. Whoever cancels at the same time may come first."""
        id = CommandId(uuid5(_NAMESPACE, command.content.hex()))
        request = Request(command=command, command_id=id, by=EXPORTER, organisation=OrganisationId("tocsin"))
        try:
            await self._desk.carry_out(request)
        except Rejected as refusal:
            _log.info("%s was refused: %s", command.name, refusal.code)
        self._underway.pop(it.id, None)
