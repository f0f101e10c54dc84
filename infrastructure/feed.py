"""The log as readers see it, and how far the projections have come."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa

from application.feed import ProjectionStatus, Stretch
from application.views import View
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.waking import Bell
from infrastructure.projections.freshness import Freshness
from infrastructure.projections.projection import Projection
from infrastructure.projections.status import Health, Standing, status

SCAN = 50_000
"""Positions looked through for one answer: a rare type must not make it slow."""
POLL = 0.5
"""Seconds after which waiting is given up for a look at the log itself."""


class LogFeed:
    """The feed of the application's port. `bell` rings for the log; `reached` for a projector in this process, if there is one."""

    def __init__(self, database: Database, projections: Iterable[Projection], bell: Bell, reached: Bell) -> None:
        self._database = database
        self._bell = bell
        self._projections = tuple(projections)
        self._everything = Freshness(database, self._projections, reached)
        self._of = {view: Freshness(database, [each], Bell()) for each in self._projections for view in _views(each)}

    async def history(self, id: UUID, after: int, first: int) -> Stretch:
        return await to_thread(self._history, id, after, first)

    async def events(self, after: int, types: Collection[str], first: int) -> Stretch:
        return await to_thread(self._events, after, types, first)

    async def of_thing(self, id: UUID, after: int, first: int) -> Stretch:
        return await to_thread(self._of_thing, id, after, first)

    async def grown(self, after: int) -> bool:
        return await self._bell.heard(after, POLL) > after

    async def head(self) -> int:
        return await to_thread(self._head)

    async def reached(self, position: int, view: type[View] | None, timeout: float) -> bool:  # noqa: ASYNC109 - the port's signature
        """Only what shows the view has to have come that far: one that stands still does not hold up the others."""
        freshness = self._everything if view is None else self._of[view]
        return position <= await self.head() and await freshness.wait_for(position, timeout)

    async def status(self) -> Sequence[ProjectionStatus]:
        return [_told(standing) for standing in await to_thread(status, self._database, self._projections)]

    def _history(self, id: UUID, after: int, first: int) -> Stretch:
        with self._database.reading() as connection:
            records = reading.history(connection, id, after, first + 1)
        shown = records[:first]
        return Stretch(shown, shown[-1].version if shown else after, len(records) > first)

    def _events(self, after: int, types: Collection[str], first: int) -> Stretch:
        with self._database.reading() as connection:
            head = reading.head(connection)
            rows, position = _matching(connection, after, types, first)
        return Stretch(list(reading.records(rows)), position, position < head)

    def _of_thing(self, id: UUID, after: int, first: int) -> Stretch:
        with self._database.reading() as connection:
            head = reading.head(connection)
            rows = reading.read_thing(connection, id, after, first)
        position = rows[-1][0] if len(rows) == first else max(after, head)
        return Stretch(list(reading.records(rows)), position, position < head)

    def _head(self) -> int:
        with self._database.reading() as connection:
            return reading.head(connection)


def _matching(connection: sa.Connection, after: int, types: Collection[str], first: int) -> tuple[list[reading.Row], int]:
    """At most so many rows of the types, and the position up to which there are no others."""
    if not types:
        rows = reading.read(connection, after, first)
        return rows, rows[-1][0] if rows else after
    rows, position = reading.read_types(connection, after, SCAN, types)
    return (rows[:first], rows[first - 1][0]) if len(rows) >= first else (rows, position)


def _views(projection: Projection) -> Iterable[type[View]]:
    return (table.info["view"] for table in projection.tables if "view" in table.info)


def _told(standing: Standing) -> ProjectionStatus:
    failure = None if standing.health in {Health.CURRENT, Health.BEHIND} else standing.error or standing.health.value
    return ProjectionStatus(
        name=standing.name,
        inline=standing.inline,
        position=standing.position,
        lag=standing.lag,
        updated_at=standing.updated_at,
        failure=failure,
    )
