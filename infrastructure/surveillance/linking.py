"""What stands around an alarm: cameras that see it, the monitoring post on duty, alarms like it."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from application.dispatching.linking import Found, PostOnDuty
from application.ports import Clock
from application.surveillance.questions import SeeingCamera
from application.surveillance.views import ShiftState
from domain.dispatching.duplicates import Happening
from domain.dispatching.events import LinkedCamera, LinkReason, PostChoice
from domain.ids import AlarmId, CameraId, DeviceId, OrganisationId, PostId, RegisteredCameraId, ZoneId, zone_of
from domain.places import Point, distance
from domain.surveillance.events import CameraState, PostLevel
from infrastructure.access.tree import read
from infrastructure.database import Database
from infrastructure.projections.dispatching.alarms import ALARMS
from infrastructure.projections.dispatching.linkage import DUPLICATES
from infrastructure.projections.surveillance.cameras import CAMERAS
from infrastructure.projections.surveillance.devices import DEVICE_ZONES
from infrastructure.projections.surveillance.posts import MONITORING_POSTS, POST_CAMERAS
from infrastructure.projections.surveillance.rosters import SHIFTS
from infrastructure.surveillance.looking import SHOWING, seeing

R = TypeVar("R")
BY_LEVEL = {PostLevel.STATION: PostChoice.STATION, PostLevel.SUB_BUREAU: PostChoice.SUB_BUREAU, PostLevel.CITY: PostChoice.CITY}
"""Posts of the police. The room of a bank is asked nothing: what the police look at is not theirs to know."""


class SqlSurroundings:
    """A post works on days of the zone."""

    def __init__(self, database: Database, clock: Clock, zone: tzinfo) -> None:
        self._database = database
        self._clock = clock
        self._zone = zone

    async def cameras(self, place: Point, device: DeviceId | None, zone: int | None, at_most: int) -> Found:
        return await to_thread(self._read, lambda connection: _cameras(connection, place, device, zone, at_most))

    async def post(self, alarm: AlarmId, cameras: Sequence[CameraId]) -> PostOnDuty | None:
        now = self._clock.now()
        return await to_thread(self._read, lambda connection: _post(connection, alarm, cameras, now, self._zone))

    async def alarms(self, alarm: AlarmId, window: timedelta) -> tuple[Happening, Sequence[Happening]] | None:
        return await to_thread(self._read, lambda connection: _alarms(connection, alarm, window))

    def _read(self, answer: Callable[[sa.Connection], R]) -> R:
        with self._database.reading() as connection:
            return answer(connection)


def _cameras(connection: sa.Connection, place: Point, device: DeviceId | None, zone: int | None, at_most: int) -> Found:
    """Those that are known to look at the zone, the best first; then those that see the place: online ones first, the nearest first."""
    named = {} if device is None or zone is None else dict(_of_zone(connection, zone_of(device, zone), place))
    there = seeing(connection, place, there=True, parameters={})
    others = [each for each in there if each.camera not in named]
    found = (*named.values(), *_told(connection, others[: max(0, at_most - len(named))]))
    return Found(found[:at_most], len(named) + len(others))


def _of_zone(connection: sa.Connection, zone: ZoneId, place: Point) -> Iterator[tuple[RegisteredCameraId, LinkedCamera]]:
    names: Sequence[CameraId] = connection.execute(sa.select(DEVICE_ZONES.c.cameras).where(DEVICE_ZONES.c.id == zone)).scalar() or ()
    camera = CAMERAS.c
    wanted = sa.select(camera.id, camera.gb28181_id, camera.latitude, camera.longitude, camera.health).where(
        camera.gb28181_id.in_(names), camera.state == CameraState.IN_SERVICE
    )
    rows = {row.gb28181_id: row for row in connection.execute(wanted)} if names else {}
    for each in names:
        if (row := rows.get(each)) is not None:
            metres = distance(Point(row.longitude, row.latitude), place)
            yield row.id, LinkedCamera(each, LinkReason.DEVICE_ZONE, row.health in SHOWING, metres)


def _told(connection: sa.Connection, seen: Sequence[SeeingCamera]) -> Iterator[LinkedCamera]:
    asked = sa.select(CAMERAS.c.id, CAMERAS.c.gb28181_id).where(CAMERAS.c.id.in_([each.camera for each in seen]))
    numbers = {row.id: row.gb28181_id for row in connection.execute(asked)} if seen else {}
    for each in seen:
        yield LinkedCamera(numbers[each.camera], LinkReason(each.reason.value), each.online, each.distance)


def _post(connection: sa.Connection, alarm: AlarmId, cameras: Sequence[CameraId], now: datetime, zone: tzinfo) -> PostOnDuty | None:
    station: str | None = connection.execute(sa.select(ALARMS.c.station).where(ALARMS.c.id == alarm)).scalar()
    if station is None:
        return None
    above = [each for each, _ in read(connection, (0, 0)).upwards(station)]
    there = _on_duty(now, now.astimezone(zone).date())
    return _seeing_post(connection, cameras, above, there) or _post_above(connection, above, there)


def _on_duty(now: datetime, day: date) -> list[sa.ColumnElement[bool]]:
    """Posts of the police that work on the day and at which somebody has signed on."""
    post, shift = MONITORING_POSTS.c, SHIFTS.c
    watched = sa.select(sa.literal(1)).where(shift.post == post.id, shift.state == ShiftState.ON_DUTY, shift.signed_on_at <= now)
    works = [post.valid_from <= day, post.valid_to.is_(None) | (post.valid_to > day)]
    return [post.level.in_(tuple(BY_LEVEL)), *works, watched.correlate(MONITORING_POSTS).exists()]


def _seeing_post(
    connection: sa.Connection, cameras: Sequence[CameraId], above: Sequence[str], there: Sequence[sa.ColumnElement[bool]]
) -> PostOnDuty | None:
    """The one that sees the best of the cameras; of several the alarm's own, and the one that sees more of them."""
    said, post = POST_CAMERAS.c, MONITORING_POSTS.c
    asked = sa.select(said.camera, said.post, said.connected).where(said.camera.in_(cameras)).order_by(said.at, said.position)
    last = {(row.post, row.camera): row.connected for row in connection.execute(asked)}
    seen: dict[UUID, list[int]] = {}
    for (id, camera), connected in last.items():
        if connected:
            seen.setdefault(id, []).append(cameras.index(camera))
    rows = connection.execute(sa.select(post.id, post.station, post.number).where(post.id.in_(seen), *there)).all()
    if not rows:
        return None
    best = min(rows, key=lambda row: (min(seen[row.id]), row.station not in above, -len(seen[row.id]), row.number))
    return PostOnDuty(PostId(best.id), OrganisationId(best.station), PostChoice.SEES_CAMERAS)


def _post_above(connection: sa.Connection, above: Sequence[str], there: Sequence[sa.ColumnElement[bool]]) -> PostOnDuty | None:
    """The station's, else the next one up."""
    post = MONITORING_POSTS.c
    rows = connection.execute(sa.select(post.id, post.station, post.level, post.number).where(post.station.in_(above), *there)).all()
    if not rows:
        return None
    first = min(rows, key=lambda row: (above.index(row.station), row.number))
    return PostOnDuty(PostId(first.id), OrganisationId(first.station), BY_LEVEL[first.level])


def _alarms(connection: sa.Connection, alarm: AlarmId, window: timedelta) -> tuple[Happening, Sequence[Happening]] | None:
    """Where the other one has suggested this one, once is enough."""
    own = connection.execute(_compared().where(ALARMS.c.id == alarm)).one_or_none()
    if own is None or own.test:
        return None
    near = ALARMS.c.received_at.between(own.received_at - window, own.received_at + window)
    open_ones = [ALARMS.c.closed_at.is_(None), ALARMS.c.merged_into.is_(None), ALARMS.c.test.is_(False), ALARMS.c.id != alarm]
    told = sa.select(DUPLICATES.c.alarm).where(DUPLICATES.c.other == alarm)
    rows = connection.execute(_compared().where(near, *open_ones, ALARMS.c.id.not_in(told)))
    return _happening(own), [_happening(row) for row in rows]


def _compared() -> sa.Select[*tuple[Any, ...]]:
    own = ALARMS.c
    return sa.select(own.id, own.received_at, own.place, own.address, own.alarm_type, own.device, own.zone, own.test)


def _happening(row: Any) -> Happening:
    return Happening(AlarmId(row.id), row.received_at, row.place, row.address, row.alarm_type, row.device, row.zone)
