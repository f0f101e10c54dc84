"""Questions about cameras, each put to one state of the database, off the event loop."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from datetime import date, tzinfo
from typing import TypeVar

import sqlalchemy as sa

from application.identity import Principal, Role
from application.oversight.statistics import AsOf
from application.ports import Clock
from application.surveillance.questions import AcceptedShare, CameraCount, CamerasAsked, CountedBy, SeeingCamera, Surveillance
from application.surveillance.views import CameraView
from domain.places import Point
from infrastructure.access.rows import ASKING
from infrastructure.access.seen import Seen, sql
from infrastructure.access.tree import read
from infrastructure.database import Database
from infrastructure.log.reading import position_at
from infrastructure.projections.generations import PROJECTIONS
from infrastructure.projections.surveillance.facts import NAME, camera_facts
from infrastructure.statistics.inquiry import Limits, Moment
from infrastructure.surveillance import counting, looking

R = TypeVar("R")


class SeenRegistry:
    """The registry for each principal: what is there for them, and what they may count."""

    def __init__(self, database: Database, zone: tzinfo, seen: Seen, clock: Clock) -> None:
        self._registry = Registry(database, zone, clock)
        self._seen = seen

    def seen_by(self, principal: Principal) -> Surveillance:
        if principal.role is Role.OWNER:
            return self._registry
        return self._registry.limited(lambda connection: Limits(self._seen, self._seen.sight(connection, principal)))


class Registry:
    """Business days are those of the zone. Without limits everything is there."""

    def __init__(
        self, database: Database, zone: tzinfo, clock: Clock, limits: Callable[[sa.Connection], Limits | None] = lambda _: None
    ) -> None:
        self._database = database
        self._zone = zone
        self._clock = clock
        self._limits = limits

    def limited(self, limits: Callable[[sa.Connection], Limits]) -> Registry:
        return Registry(self._database, self._zone, self._clock, limits)

    async def counts(self, asked: CamerasAsked, by: CountedBy) -> Sequence[CameraCount]:
        return await to_thread(self._read, lambda connection: counting.counts(connection, self._there(connection, asked), by))

    async def accepted(self, asked: CamerasAsked) -> Sequence[AcceptedShare]:
        return await to_thread(self._read, lambda connection: counting.accepted(connection, self._there(connection, asked)))

    async def seeing(self, place: Point, at_most: int) -> Sequence[SeeingCamera]:
        return await to_thread(self._read, lambda connection: self._seeing(connection, place)[:at_most])

    def _read(self, answer: Callable[[sa.Connection], R]) -> R:
        with self._database.reading() as connection:
            return answer(connection)

    def _seeing(self, connection: sa.Connection, place: Point) -> list[SeeingCamera]:
        limits = self._limits(connection)
        if limits is None:
            return looking.seeing(connection, place, [], {})
        there = sql(limits.seen.rows(limits.sight, CameraView))
        return looking.seeing(connection, place, [there], {ASKING: limits.sight.officer})

    def _there(self, connection: sa.Connection, asked: CamerasAsked) -> counting.There:
        limits = self._limits(connection)
        within = None if asked.organisation is None else read(connection, (0, 0)).closure(frozenset([asked.organisation]))
        day = asked.on or self._clock.now().astimezone(self._zone).date()
        return counting.There(
            moment=_moment(connection, asked.recorded, day),
            stations=within,
            counted=[] if limits is None else limits.counted(camera_facts),
        )


def _moment(connection: sa.Connection, as_of: AsOf, day: date) -> Moment:
    """No later than what is projected, whatever is asked."""
    projected = connection.execute(sa.select(PROJECTIONS.c.position).where(PROJECTIONS.c.name == NAME)).scalar_one()
    wanted = projected if as_of.position is None else as_of.position
    if as_of.recorded_at is not None:
        wanted = position_at(connection, as_of.recorded_at)
    return Moment(min(projected, wanted), day, latest=wanted >= projected)
