"""The application's positions: what is reported is checked, written many at a time, shown, and forgotten."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from application.access import NotYours
from application.dispatching.positions import Nearby, UnitPosition
from application.dispatching.views import UnitView
from application.identity import Principal
from application.ports import Clock
from domain.dispatching.positions import Fix, FixOutcome, outcome
from domain.dispatching.recommending import Candidate
from domain.ids import UnitId
from domain.places import Point, distance
from domain.rules import NotFound, Rejected
from infrastructure.access.rows import ASKING
from infrastructure.access.seen import Seen, Sight, sql
from infrastructure.database import Database, microseconds
from infrastructure.positions.gathering import Gathering
from infrastructure.positions.tables import POSITIONS, TRACKS
from infrastructure.projections.dispatching.units import UNITS

MINUTE = 60_000_000
"""In microseconds."""
TOGETHER = 500
"""Fixes that are written, or forgotten, in one transaction: a command that comes meanwhile waits for no more than these."""
STRETCH = 1_000
"""Minutes of a track that are looked through at once."""
S = TypeVar("S")
Answers = list[FixOutcome | Rejected]

_COLUMNS = "unit, fixed_at, longitude, latitude, accuracy, speed, heading"
_VALUES = ":unit, :fixed_at, :longitude, :latitude, :accuracy, :speed, :heading"
_TYPES = sa.bindparam("unit", type_=sa.Uuid), sa.bindparam("fixed_at", type_=POSITIONS.c.fixed_at.type)
_LATEST = sa.text(
    f"INSERT INTO unit_positions ({_COLUMNS}) VALUES ({_VALUES}) ON CONFLICT (unit) DO UPDATE SET fixed_at = excluded.fixed_at,"
    " longitude = excluded.longitude, latitude = excluded.latitude, accuracy = excluded.accuracy, speed = excluded.speed,"
    " heading = excluded.heading WHERE excluded.fixed_at > unit_positions.fixed_at"
).bindparams(*_TYPES)
_TRACK = sa.text(
    f"INSERT INTO unit_tracks (minute, {_COLUMNS}) VALUES (:minute, {_VALUES}) ON CONFLICT (minute, unit, fixed_at) DO NOTHING"
).bindparams(*_TYPES)

_STANDING = sa.select(
    UNITS.c.id, UNITS.c.status, UNITS.c.station, UNITS.c.capabilities, POSITIONS.c.longitude, POSITIONS.c.latitude, POSITIONS.c.fixed_at
).select_from(UNITS.outerjoin(POSITIONS, POSITIONS.c.unit == UNITS.c.id))


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody tells at once."""

    principal: Principal
    fixes: Sequence[Fix]


class SqlPositions:
    """`ahead` is how far clocks of receivers may run ahead, `kept` how long tracks are kept by what counts at a moment."""

    def __init__(self, database: Database, seen: Seen, clock: Clock, *, ahead: timedelta, kept: Callable[[datetime], timedelta]) -> None:
        self._database = database
        self._seen = seen
        self._clock = clock
        self._ahead = ahead
        self._kept = kept
        self._gathering = Gathering[Report, Answers](self._write)

    async def report(self, principal: Principal, fixes: Sequence[Fix]) -> Answers:
        return await self._gathering.put(Report(principal, fixes)) if fixes else []

    async def latest(self, principal: Principal, wanted: Nearby, first: int) -> list[UnitPosition]:
        return await to_thread(self._latest, principal, wanted, first)

    async def track(self, principal: Principal, unit: UnitId, since: datetime, until: datetime, first: int) -> list[Fix] | None:
        return await to_thread(self._track, principal, unit, since, until, first)

    async def candidates(self, principal: Principal) -> list[Candidate]:
        return await to_thread(self._candidates, principal)

    def forget_some(self) -> bool:
        """Forget fixes that have been kept long enough, a few at a time; whether there may be more."""
        now = self._clock.now()
        before = now - self._kept(now)
        key = TRACKS.c.minute, TRACKS.c.unit, TRACKS.c.fixed_at
        old = sa.select(*key).where(TRACKS.c.minute < _minute(before)).order_by(*key).limit(TOGETHER)
        with self._database.reading() as connection:
            rows = connection.execute(old).all()
        with self._database.writing() as connection:
            connection.execute(sa.delete(POSITIONS).where(POSITIONS.c.fixed_at < before))
            if rows:
                last = sa.tuple_(*rows[-1], types=[each.type for each in key])
                connection.execute(sa.delete(TRACKS).where(TRACKS.c.minute <= rows[-1].minute, sa.tuple_(*key) <= last))
        return len(rows) == TOGETHER

    def _write(self, reports: Sequence[Report]) -> list[Answers]:
        """Each report is judged as it came, and all that may be kept is written together."""
        now = self._clock.now()
        kept = self._kept(now)
        with self._database.reading() as connection:
            judged = [self._judged(connection, report, now, kept) for report in reports]
        good = [fix for each in judged for fix in each if isinstance(fix, Fix)]
        outcomes = iter([outcome for some in _lots(good, TOGETHER) for outcome in self._kept_together(some)])
        return [[next(outcomes) if isinstance(fix, Fix) else fix for fix in each] for each in judged]

    def _judged(self, connection: sa.Connection, report: Report, now: datetime, kept: timedelta) -> list[Fix | Rejected]:
        may = self._may(connection, report)
        return [self._refusal(fix, now, kept, may.get(fix.unit)) or fix for fix in report.fixes]

    def _may(self, connection: sa.Connection, report: Report) -> dict[UUID, bool]:
        """Units that are there for whoever reports, each with whether its position is theirs to tell."""
        sight = self._seen.sight(connection, report.principal)
        theirs, seen = sql(self._seen.located(sight)), sql(self._seen.rows(sight, UnitView))
        told = sa.select(UNITS.c.id, sa.case((theirs, 1), else_=0)).where(
            UNITS.c.id.in_({fix.unit for fix in report.fixes}), sa.or_(theirs, seen)
        )
        return {id: bool(may) for id, may in connection.execute(told, {ASKING: sight.officer})}

    def _refusal(self, fix: Fix, now: datetime, kept: timedelta, may: bool | None) -> Rejected | None:  # noqa: FBT001 - None: no such unit
        if may is None:
            return NotFound(field="unit")
        if not may:
            return NotYours(field="unit")
        try:
            fix.insist_on_time(now, self._ahead, kept)
        except Rejected as refusal:
            return refusal
        return None

    def _kept_together(self, fixes: Sequence[Fix]) -> list[FixOutcome]:
        """In the order in which they came; the rows in that of their keys, so that two processes never wait for one another."""
        rows = sorted(map(_row, fixes), key=lambda row: (row["minute"], row["unit"], row["fixed_at"]))
        newest = {row["unit"]: row for row in sorted(rows, key=lambda row: row["fixed_at"])}
        with self._database.writing() as connection:
            known = sa.select(POSITIONS.c.unit, POSITIONS.c.fixed_at).where(POSITIONS.c.unit.in_(newest))
            before = {row.unit: row.fixed_at for row in connection.execute(known)}
            connection.execute(_LATEST, [newest[unit] for unit in sorted(newest)])
            connection.execute(_TRACK, rows)
        return list(_outcomes(fixes, before))

    def _latest(self, principal: Principal, wanted: Nearby, first: int) -> list[UnitPosition]:
        with self._database.reading() as connection:
            sight = self._seen.sight(connection, principal)
            rows = connection.execute(self._rows(sight, wanted), {ASKING: sight.officer}).all()
        now = self._clock.now()
        found = [each for row in rows if _is_within(each := _position(row, now, wanted.near), wanted.within)]
        return nsmallest(first, found, key=lambda each: (each.distance or 0.0, each.unit))

    def _candidates(self, principal: Principal) -> list[Candidate]:
        with self._database.reading() as connection:
            sight = self._seen.sight(connection, principal)
            there = _STANDING.where(sql(self._seen.rows(sight, UnitView)))
            rows = connection.execute(there, {ASKING: sight.officer}).all()
        return [
            Candidate(id, status, station, capabilities, None if at is None else Point(longitude, latitude), at)
            for id, status, station, capabilities, longitude, latitude, at in rows
        ]

    def _rows(self, sight: Sight, wanted: Nearby) -> sa.Select[*tuple[Any, ...]]:
        rows = sa.select(POSITIONS).join(UNITS, UNITS.c.id == POSITIONS.c.unit).where(sql(self._seen.rows(sight, UnitView)))
        if not wanted.organisations:
            return rows
        return rows.where(UNITS.c.station.in_(sorted(sight.tree.closure(frozenset(wanted.organisations)))))

    def _track(self, principal: Principal, unit: UnitId, since: datetime, until: datetime, first: int) -> list[Fix] | None:
        now = self._clock.now()
        since = max(since, now - self._kept(now))
        until = min(until, now + self._ahead + timedelta(minutes=1))
        with self._database.reading() as connection:
            sight = self._seen.sight(connection, principal)
            there = sa.select(UNITS.c.id).where(UNITS.c.id == unit, sql(self._seen.rows(sight, UnitView)))
            if connection.execute(there, {ASKING: sight.officer}).one_or_none() is None:
                return None
            found: list[Fix] = []
            for minutes in _lots(range(_minute(since), _minute(until) + 1), STRETCH):
                found += map(_fix, connection.execute(_some(unit, minutes, since, until).limit(first - len(found))))
                if len(found) == first:
                    break
        return found


def _some(unit: UnitId, minutes: Iterable[int], since: datetime, until: datetime) -> sa.Select[*tuple[Any, ...]]:
    own = TRACKS.c
    within = own.fixed_at >= since, own.fixed_at < until
    return sa.select(TRACKS).where(own.minute.in_(list(minutes)), own.unit == unit, *within).order_by(own.fixed_at)


def _outcomes(fixes: Sequence[Fix], before: dict[UUID, datetime]) -> Iterator[FixOutcome]:
    latest = dict(before)
    for fix in fixes:
        told = outcome(fix, latest.get(fix.unit))
        if told is FixOutcome.TAKEN:
            latest[fix.unit] = fix.at
        yield told


def _lots(things: Sequence[S], size: int) -> Iterator[Sequence[S]]:
    return (things[start : start + size] for start in range(0, len(things), size))


def _minute(moment: datetime) -> int:
    return microseconds(moment) // MINUTE


def _row(fix: Fix) -> dict[str, Any]:
    return {
        "minute": _minute(fix.at),
        "unit": fix.unit,
        "fixed_at": fix.at,
        "longitude": fix.place.longitude,
        "latitude": fix.place.latitude,
        "accuracy": fix.accuracy,
        "speed": fix.speed,
        "heading": fix.heading,
    }


def _fix(row: sa.Row[Any]) -> Fix:
    return Fix(UnitId(row.unit), Point(row.longitude, row.latitude), row.fixed_at, row.accuracy, row.speed, row.heading)


def _position(row: sa.Row[Any], now: datetime, near: Point | None) -> UnitPosition:
    """A receiver's clock may run ahead; nothing is younger than new."""
    place = Point(row.longitude, row.latitude)
    return UnitPosition(
        unit=UnitId(row.unit),
        place=place,
        at=row.fixed_at,
        accuracy=row.accuracy,
        speed=row.speed,
        heading=row.heading,
        age=max(0.0, (now - row.fixed_at).total_seconds()),
        distance=None if near is None else distance(near, place),
    )


def _is_within(position: UnitPosition, metres: float | None) -> bool:
    return metres is None or position.distance is None or position.distance <= metres
