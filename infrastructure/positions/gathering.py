"""Reports of many units are gathered for a moment and written together: each commit costs the log's writer as much as a command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

PAUSE = 0.25
"""Seconds for which reports are gathered: a position is seconds old anyway."""

R = TypeVar("R")
A = TypeVar("A")


class Gathering(Generic[R, A]):
    """Hands what has come in to `write`, in a thread; what comes in meanwhile waits for the next time."""

    def __init__(self, write: Callable[[Sequence[R]], Sequence[A]]) -> None:
        self._write = write
        self._waiting: list[tuple[R, asyncio.Future[A]]] = []
        self._running: asyncio.Task[None] | None = None

    async def put(self, report: R) -> A:
        """Answered when it is written."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[A] = loop.create_future()
        self._waiting.append((report, answer))
        if self._running is None:
            self._running = loop.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                await asyncio.sleep(PAUSE)
                taken, self._waiting = self._waiting, []
                await self._written([report for report, _ in taken], [answer for _, answer in taken])
        finally:
            self._running = None

    async def _written(self, reports: Sequence[R], waiting: Sequence[asyncio.Future[A]]) -> None:
        """Whoever has gone away meanwhile is not answered."""
        try:
            answers = await asyncio.to_thread(self._write, reports)
        except Exception as fault:  # noqa: BLE001 - whatever it is, whoever reported hears of it
            for each in waiting:
                if not each.done():
                    each.set_exception(fault)
            return
        for each, answer in zip(waiting, answers, strict=True):
            if not each.done():
                each.set_result(answer)
