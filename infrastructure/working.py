"""What one process does for all: it reacts, reads exports, delivers webhooks and keeps the timetable, while it is the one elected to."""

from __future__ import annotations

import asyncio
import logging
import threading
from asyncio import to_thread
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.projections.leading import leading
from infrastructure.schedule import Schedule

LOOK = 1.0
"""Seconds between looks whether this process is still the one."""
_log = logging.getLogger(__name__)


class Working:
    """The schedule, and whatever else runs until it is cancelled, for as long as it is entered."""

    def __init__(self, database: Database, runs: Sequence[Callable[[], Coroutine[Any, Any, None]]], schedule: Schedule) -> None:
        self._database = database
        self._runs = tuple(runs)
        self._schedule = schedule
        self._stopping = threading.Event()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stopping.set()
        await self._task

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                async with self._elected() as still:
                    await self._work(still)
            except (OSError, sa.exc.SQLAlchemyError):
                _log.exception("the work is taken up again")
                await asyncio.sleep(LOOK)

    async def _work(self, still: Callable[[], bool]) -> None:
        running = [asyncio.create_task(run()) for run in self._runs]
        try:
            async with self._schedule:
                while await to_thread(still):
                    await to_thread(self._stopping.wait, LOOK)
        finally:
            for each in running:
                each.cancel()
            await asyncio.wait(running)

    @asynccontextmanager
    async def _elected(self) -> AsyncGenerator[Callable[[], bool]]:
        """Waiting to be elected blocks, so it is done in a thread."""
        election = leading(self._database, "working", self._stopping)
        still = await to_thread(election.__enter__)
        try:
            yield still
        finally:
            await to_thread(election.__exit__, None, None, None)
