"""Coverage by monitoring posts, how far they are staffed, and who watched, as SQL."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from application.identity import Principal
from application.oversight.statistics import AsOf, Period
from application.ports import Clock
from application.surveillance.staffing import Coverage, CoverageQuestion, FillRate, PostCount, PostsAsked, Staffing, Uncovered
from application.surveillance.views import MonitoringPostView, ShiftState, ShiftView
from domain.ids import CameraId, OrganisationId
from domain.jurisdiction.events import OrganisationKind
from domain.oversight.shares import percent
from domain.surveillance.events import PostLevel
from infrastructure.access.conditions import Condition
from infrastructure.access.seen import Seen, Sight, sql
from infrastructure.database import Database, microseconds
from infrastructure.projections.jurisdiction.organisations import ORGANISATIONS
from infrastructure.projections.oversight.figures import NAME as FIGURES
from infrastructure.projections.surveillance.posts import MONITORING_POSTS, POST_CAMERAS
from infrastructure.projections.surveillance.rosters import SHIFTS
from infrastructure.statistics.inquiry import members_of_group
from infrastructure.statistics.moments import Moment, known_then, known_until, moment_on

R = TypeVar("R")
MINUTE = 60_000_000
"""Microseconds, in which instants are stored."""
BEHIND = ("organisations", "monitoring_posts", "duty_rosters", FIGURES)
"""The projections that these figures are read from."""
LEVELS = {
    OrganisationKind.CITY_BUREAU: PostLevel.CITY,
    OrganisationKind.SUB_BUREAU: PostLevel.SUB_BUREAU,
    OrganisationKind.STATION: PostLevel.STATION,
    OrganisationKind.OFFICE: PostLevel.CITY,
}
"""The level of an organisation's own room."""
_posts, _shifts = MONITORING_POSTS.c, SHIFTS.c


class SqlStaffing:
    def __init__(self, database: Database, zone: tzinfo, seen: Seen, clock: Clock) -> None:
        self._database = database
        self._zone = zone
        self._seen = seen
        self._clock = clock

    def seen_by(self, principal: Principal) -> Staffing:
        return _Seen(self._database, self._zone, self._seen, self._clock, principal)


@dataclass(frozen=True, slots=True)
class _Asking:
    """One question's connection, and what whoever asks may see."""

    connection: sa.Connection
    seen: Seen
    sight: Sight
    zone: tzinfo

    def rows(self, statement: sa.Select[*tuple[Any, ...]]) -> Sequence[sa.Row[*tuple[Any, ...]]]:
        return self.connection.execute(statement, self.sight.parameters).all()

    def counted(self, table: sa.Table) -> Condition:
        return sql(self.seen.counted(self.sight, table))

    def within(self, organisation: OrganisationId | None, column: sa.Column[Any]) -> list[Condition]:
        if organisation is None:
            return []
        return [column.in_(sorted(self.sight.tree.closure(frozenset([organisation]))))]

    def until(self, as_of: AsOf, since: datetime, until: datetime) -> datetime:
        """Of a stretch of time what was over when it was known."""
        return max(since, known_until(self.connection, as_of, self.zone, until))

    def moment(self, as_of: AsOf, on: date) -> Moment:
        return moment_on(self.connection, BEHIND, as_of, self.zone, on)


class _Seen:
    """The figures for one principal."""

    def __init__(self, database: Database, zone: tzinfo, seen: Seen, clock: Clock, principal: Principal) -> None:
        self._database = database
        self._zone = zone
        self._seen = seen
        self._clock = clock
        self._principal = principal

    async def coverage(self, question: CoverageQuestion, *, small: bool) -> Coverage:
        return await self._ask(lambda asking: _coverage(asking, question, self._on(question), small=small))

    async def uncovered(self, question: CoverageQuestion, first: int, after: str | None) -> Sequence[Uncovered]:
        return await self._ask(lambda asking: _uncovered(asking, question, self._on(question), first, after))

    async def post_counts(self, asked: PostsAsked) -> Sequence[PostCount]:
        return await self._ask(lambda asking: _post_counts(asking, asked, self._on(asked)))

    async def fill_rate(self, period: Period, organisation: OrganisationId | None, as_of: AsOf) -> FillRate:
        since, until = self._start(period.first), min(self._start(period.last + timedelta(1)), self._clock.now())
        return await self._ask(lambda asking: _fill_rate(asking, since, asking.until(as_of, since, until), organisation, as_of))

    async def unstaffed(self, at: datetime | None, organisation: OrganisationId | None, first: int, after: UUID | None) -> Sequence[UUID]:
        moment = at or self._clock.now()
        return await self._ask(lambda asking: _unstaffed(asking, moment, self._day(moment), organisation, first, after))

    async def watching(self, camera: CameraId, at: datetime) -> Sequence[UUID]:
        return await self._ask(lambda asking: _watching(asking, camera, at))

    async def _ask(self, answer: Callable[[_Asking], R]) -> R:
        return await to_thread(self._asked, answer)

    def _asked(self, answer: Callable[[_Asking], R]) -> R:
        with self._database.reading() as connection:
            return answer(_Asking(connection, self._seen, self._seen.sight(connection, self._principal), self._zone))

    def _on(self, question: CoverageQuestion | PostsAsked) -> date:
        return question.on or self._day(self._clock.now())

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self._zone)


def _coverage(asking: _Asking, question: CoverageQuestion, on: date, *, small: bool) -> Coverage:
    moment = asking.moment(question.as_of, on)
    has = sa.func.coalesce(sa.func.sum(sa.case((_at_work(question.kind, moment), 1), else_=0)), 0)
    there = sa.select(sa.func.count().label("total"), sa.cast(has, sa.BigInteger).label("have")).where(*_there(asking, question, moment))
    (row,) = asking.rows(there)
    return Coverage(
        on=on,
        kind=question.kind,
        have=row.have,
        total=row.total,
        percent=percent(row.have, row.total, small=small),
        position=moment.position,
    )


def _uncovered(asking: _Asking, question: CoverageQuestion, on: date, first: int, after: str | None) -> Sequence[Uncovered]:
    moment, own = asking.moment(question.as_of, on), ORGANISATIONS.c
    missing = sa.select(own.id, own.name_en, own.name_zh).where(*_there(asking, question, moment), ~_at_work(question.kind, moment))
    beyond = missing if after is None else missing.where(own.id > after)
    return [Uncovered(code=row.id, name_en=row.name_en, name_zh=row.name_zh) for row in asking.rows(beyond.order_by(own.id).limit(first))]


def _there(asking: _Asking, question: CoverageQuestion, moment: Moment) -> list[Condition]:
    """The organisations that stood on the day, as far as was known at the position."""
    own = ORGANISATIONS.c
    limits = [asking.counted(ORGANISATIONS), *asking.within(question.organisation, own.id)]
    if question.group is not None:
        limits.append(own.id.in_([each.code for each in members_of_group(asking.connection, question.group, moment)]))
    return [own.kind == question.kind, _stood(own, moment), *limits]


def _at_work(kind: OrganisationKind, moment: Moment) -> sa.ColumnElement[bool]:
    """A room of the organisation's own: a bank's room in the station's area does not cover the station."""
    own = [_posts.station == ORGANISATIONS.c.id, _posts.level == LEVELS[kind]]
    post = sa.select(sa.literal(1)).where(*own, _stood(_posts, moment))
    return post.correlate(ORGANISATIONS).exists()


def _stood(own: Any, moment: Moment) -> Condition:
    """On the day; what was not known yet had not begun, and had not ended."""
    begun = sa.and_(own.established_position <= moment.position, own.valid_from <= moment.day)
    ended = sa.and_(own.closed_position <= moment.position, own.valid_to <= moment.day)
    return sa.and_(begun, sa.or_(own.valid_to.is_(None), ~ended))


def _post_counts(asking: _Asking, asked: PostsAsked, on: date) -> Sequence[PostCount]:
    moment = asking.moment(asked.as_of, on)
    there = [_stood(_posts, moment), asking.counted(MONITORING_POSTS), *asking.within(asked.organisation, _posts.station)]
    rows = asking.rows(sa.select(_posts.level, sa.func.count()).where(*there).group_by(_posts.level).order_by(_posts.level))
    total = sum(count for _, count in rows)
    return [PostCount(level=level, count=count, total=total, position=moment.position) for level, count in rows]


def _fill_rate(asking: _Asking, since: datetime, until: datetime, organisation: OrganisationId | None, as_of: AsOf) -> FillRate:
    position = asking.moment(as_of, until.date()).position
    known = _posts.staffed24h, _posts.established_position <= position
    closed = known_then(_posts.closed_position, _posts.valid_to, position).label("valid_to")
    posts = asking.rows(
        sa.select(_posts.id, _posts.valid_from, closed).where(
            *known, asking.counted(MONITORING_POSTS), *asking.within(organisation, _posts.station)
        )
    )
    spans = {row.id: _span(row, since, until, asking.zone) for row in posts}
    at_work = {id: (start, end) for id, (start, end) in spans.items() if start < end}
    required = sum(end - start for start, end in at_work.values())
    signed = asking.rows(_signed_on(asking, since, until, organisation, position))
    staffed = sum(_union(row.signed_on_at, row.ended, row.before, at_work[row.post]) for row in signed if row.post in at_work)
    required_minutes, staffed_minutes = required // MINUTE, staffed // MINUTE
    return FillRate(
        since=since,
        until=until,
        posts=len(at_work),
        staffed_minutes=staffed_minutes,
        required_minutes=required_minutes,
        percent=percent(staffed_minutes, required_minutes, small=False),
        position=position,
    )


def _signed_on(
    asking: _Asking, since: datetime, until: datetime, organisation: OrganisationId | None, position: int
) -> sa.Select[*tuple[Any, ...]]:
    """Each duty with its end, and how far earlier duties of its post reach: what two share counts once."""
    end = sa.type_coerce(known_then(_shifts.signed_off_position, _shifts.signed_off_at, position, _shifts.ends_at), sa.BigInteger)
    start = sa.type_coerce(_shifts.signed_on_at, sa.BigInteger)
    before = sa.func.max(end).over(partition_by=_shifts.post, order_by=(_shifts.signed_on_at, _shifts.id), rows=(None, -1))
    overlaps = [_shifts.signed_on_position <= position, _shifts.signed_on_at < until, end > microseconds(since)]
    return sa.select(_shifts.post, start.label("signed_on_at"), end.label("ended"), before.label("before")).where(
        *overlaps, asking.counted(SHIFTS), *asking.within(organisation, _shifts.station)
    )


def _span(post: Any, since: datetime, until: datetime, zone: tzinfo) -> tuple[int, int]:
    """The part of the period in which the post worked, in microseconds."""
    first = datetime.combine(post.valid_from, time.min, zone)
    last = until if post.valid_to is None else datetime.combine(post.valid_to, time.min, zone)
    return microseconds(max(since, first)), microseconds(min(until, last))


def _union(start: int, end: int, before: int | None, span: tuple[int, int]) -> int:
    """What a duty adds to those before it, within a span."""
    begun = max(start, span[0], before or span[0])
    return max(0, min(end, span[1]) - begun)


def _unstaffed(
    asking: _Asking, at: datetime, day: date, organisation: OrganisationId | None, first: int, after: UUID | None
) -> Sequence[UUID]:
    rows = sql(asking.seen.rows(asking.sight, MonitoringPostView))
    works = [_posts.staffed24h, _posts.valid_from <= day, _posts.valid_to.is_(None) | (_posts.valid_to > day)]
    watched = sa.select(sa.literal(1)).where(_shifts.post == _posts.id, _on_duty(at)).correlate(MONITORING_POSTS).exists()
    empty = sa.select(_posts.id).where(rows, *works, ~watched, *asking.within(organisation, _posts.station))
    beyond = empty if after is None else empty.where(_posts.id > after)
    return [row.id for row in asking.rows(beyond.order_by(_posts.id).limit(first))]


def _on_duty(at: datetime) -> Condition:
    ended = _shifts.signed_off_at.is_not(None) & (_shifts.signed_off_at <= at)
    return sa.and_(_shifts.signed_on_at <= at, ~ended, sa.or_(_shifts.state == ShiftState.ON_DUTY, _shifts.signed_off_at > at))


def _watching(asking: _Asking, camera: CameraId, at: datetime) -> Sequence[UUID]:
    """Where the last that was said of the camera up to the moment is that it is connected."""
    said = POST_CAMERAS.c
    order = sa.func.row_number().over(partition_by=said.post, order_by=(said.at.desc(), said.position.desc())).label("order")
    told = sa.select(said.post, said.connected, order).where(said.camera == camera, said.at <= at).subquery("told")
    posts = sa.select(told.c.post).where(told.c.order == 1, told.c.connected)
    seen = sql(asking.seen.rows(asking.sight, ShiftView))
    return [row.id for row in asking.rows(sa.select(_shifts.id).where(_shifts.post.in_(posts), _on_duty(at), seen).order_by(_shifts.id))]
