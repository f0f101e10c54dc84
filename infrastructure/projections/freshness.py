"""Reads that follow writes: waiting until the projections have come to a position."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

from infrastructure.database import Database
from infrastructure.log.waking import Bell
from infrastructure.projections.generations import pointers
from infrastructure.projections.projection import Projection

ASK = 0.02
"""Seconds between looks where the projector runs in another process."""


class Freshness:
    """Knows how far all projections have come: at once where the projector runs here, else by asking the database."""

    def __init__(self, database: Database, projections: Iterable[Projection], reached: Bell) -> None:
        self._database = database
        self._projections = tuple(projections)
        self._reached = reached

    async def wait_for(self, position: int, timeout: float) -> bool:  # noqa: ASYNC109 - running out of time is an answer here
        """Whether the views show this position, now or before time is up."""
        deadline = time.monotonic() + timeout
        while self._reached.position < position:
            self._reached.ring(await asyncio.to_thread(self._shown))
            left = deadline - time.monotonic()
            if self._reached.position >= position or left <= 0:
                break
            await self._reached.heard(position - 1, min(ASK, left))
        return self._reached.position >= position

    def _shown(self) -> int:
        """A projection that stopped, or is of another version, shows no more than it does."""
        with self._database.reading() as connection:
            known = pointers(connection)
        return min((known[each.name].position if each.name in known else 0 for each in self._projections), default=0)
