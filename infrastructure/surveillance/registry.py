"""Questions about cameras, each put to one state of the database, off the event loop."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from application.identity import Principal, Role
from application.oversight.statistics import Period
from application.ports import Clock
from application.surveillance.questions import AcceptedShare, CameraCount, CamerasAsked, CountedBy, OnlineRate, SeeingCamera, Surveillance
from application.surveillance.upkeep import BlindTime, PatrolFinds, PriorityCoverage, Repairs, ViolationCount
from application.surveillance.views import CameraView
from domain.ids import OrganisationId
from domain.oversight.shares import percent
from domain.places import Point
from infrastructure.access.rows import ASKING
from infrastructure.access.seen import Seen
from infrastructure.access.tree import read
from infrastructure.database import Database
from infrastructure.projections.surveillance.facts import NAME, camera_facts
from infrastructure.projections.surveillance.incidents import NAME as INCIDENTS
from infrastructure.projections.surveillance.patrols import OBSERVATIONS, PATROLS
from infrastructure.projections.surveillance.priority import PRIORITY_PLACES
from infrastructure.projections.surveillance.service import NAME as SERVICE
from infrastructure.projections.surveillance.service import service_facts
from infrastructure.statistics.inquiry import Limits, members_of_group
from infrastructure.statistics.moments import Moment, known_until, moment_on
from infrastructure.surveillance import counting, lasting, looking, patrolling, priority, upkeep

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

    async def online_rate(self, period: Period, asked: CamerasAsked) -> OnlineRate:
        return await to_thread(self._read, lambda connection: lasting.online_rate(connection, self._lasting(connection, period, asked)))

    async def priority_coverage(self, asked: CamerasAsked, *, small: bool) -> PriorityCoverage:
        return await to_thread(self._read, lambda connection: self._coverage(connection, asked, small=small))

    async def blind_times(self, period: Period, asked: CamerasAsked, first: int, after: UUID | None) -> Sequence[BlindTime]:
        return await to_thread(self._read, lambda connection: self._blind(connection, period, asked, first, after))

    async def repairs(self, period: Period, asked: CamerasAsked) -> Repairs:
        return await to_thread(
            self._read, lambda connection: upkeep.repairs(connection, self._lasting(connection, period, asked, INCIDENTS))
        )

    async def violations(self, period: Period, asked: CamerasAsked) -> Sequence[ViolationCount]:
        return await to_thread(self._read, lambda connection: self._violations(connection, period, asked))

    async def patrol_finds(self, period: Period, asked: CamerasAsked) -> Sequence[PatrolFinds]:
        return await to_thread(self._read, lambda connection: patrolling.finds(connection, self._patrolled(connection, period, asked)))

    async def seeing(self, place: Point, at_most: int) -> Sequence[SeeingCamera]:
        return await to_thread(self._read, lambda connection: self._seeing(connection, place)[:at_most])

    def _read(self, answer: Callable[[sa.Connection], R]) -> R:
        with self._database.reading() as connection:
            return answer(connection)

    def _seeing(self, connection: sa.Connection, place: Point) -> list[SeeingCamera]:
        limits = self._limits(connection)
        if limits is None:
            return looking.seeing(connection, place, there=True, parameters={})
        there = limits.seen.rows(limits.sight, CameraView)
        return looking.seeing(connection, place, there, {ASKING: limits.sight.officer})

    def _coverage(self, connection: sa.Connection, asked: CamerasAsked, *, small: bool) -> PriorityCoverage:
        """By the stretches that reach over the last moment of the day."""
        day = asked.on or self._today()
        over = self._lasting(connection, Period(day, day), asked)
        at = max(over.end, over.start)
        last = replace(over, start=at - timedelta(microseconds=1), end=at, stations=None)
        rows = self._places(connection, asked, over.moment).of_day(connection, day)
        unseen = priority.unseen(connection, rows, last)
        seen, total = len(rows) - len(unseen), len(rows)
        share = percent(seen, total, small=small)
        return PriorityCoverage(
            on=day, at=at.astimezone(UTC), seen=seen, total=total, percent=share, position=over.moment.position, unseen=unseen
        )

    def _blind(self, connection: sa.Connection, period: Period, asked: CamerasAsked, first: int, after: UUID | None) -> list[BlindTime]:
        over = replace(self._lasting(connection, period, asked), stations=None)
        places = self._places(connection, asked, over.moment)
        rows = places.of_period(connection, period.first, period.last, first, after)
        return priority.blind_times(connection, places, rows, over, self._zone)

    def _places(self, connection: sa.Connection, asked: CamerasAsked, moment: Moment) -> priority.Places:
        limits, within = self._limits(connection), _within(connection, asked.organisation)
        counted = [] if limits is None else limits.counted(PRIORITY_PLACES)
        return priority.Places(moment.position, None if within is None else sorted(within), counted)

    def _violations(self, connection: sa.Connection, period: Period, asked: CamerasAsked) -> list[ViolationCount]:
        limits, moment = self._limits(connection), moment_on(connection, (NAME, INCIDENTS), asked.recorded, self._zone, period.last)
        counted = [] if limits is None else limits.counted(camera_facts)
        return upkeep.violations(connection, period.first, period.last, moment, _within(connection, asked.organisation), counted)

    def _patrolled(self, connection: sa.Connection, period: Period, asked: CamerasAsked) -> patrolling.Patrolled:
        limits, over = self._limits(connection), min(self._midnight(period.last + timedelta(1)), self._clock.now())
        return patrolling.Patrolled(
            start=self._midnight(period.first),
            end=known_until(connection, asked.recorded, self._zone, over),
            position=moment_on(connection, ("patrols",), asked.recorded, self._zone, period.last).position,
            stations=_within(connection, asked.organisation),
            walked=[] if limits is None else limits.counted(PATROLS),
            seen=[] if limits is None else limits.counted(OBSERVATIONS),
        )

    def _today(self) -> date:
        return self._clock.now().astimezone(self._zone).date()

    def _lasting(self, connection: sa.Connection, period: Period, asked: CamerasAsked, *beside: str) -> lasting.Lasting:
        limits = self._limits(connection)
        return lasting.Lasting(
            start=self._midnight(period.first),
            end=min(self._midnight(period.last + timedelta(1)), self._clock.now()),
            moment=moment_on(connection, (SERVICE, *beside), asked.recorded, self._zone, period.last),
            stations=_within(connection, asked.organisation),
            counted=[] if limits is None else limits.counted(service_facts),
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone)

    def _there(self, connection: sa.Connection, asked: CamerasAsked) -> counting.There:
        limits = self._limits(connection)
        day = asked.on or self._today()
        moment = moment_on(connection, (NAME,), asked.recorded, self._zone, day)
        return counting.There(
            moment=moment,
            stations=_stations(connection, asked, moment),
            counted=[] if limits is None else limits.counted(camera_facts),
        )


def _stations(connection: sa.Connection, asked: CamerasAsked, moment: Moment) -> frozenset[str] | None:
    """Of the organisation and of the group, where both are given; none is everywhere."""
    below = _within(connection, asked.organisation)
    if asked.group is None:
        return below
    members = frozenset(each.code for each in members_of_group(connection, asked.group, moment))
    return members if below is None else below & members


def _within(connection: sa.Connection, organisation: OrganisationId | None) -> frozenset[str] | None:
    """It and all below it; none is everywhere."""
    return None if organisation is None else read(connection, (0, 0)).closure(frozenset([organisation]))
