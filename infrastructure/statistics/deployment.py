"""How far units were on duty in the slots of published deployment plans."""

from __future__ import annotations

from asyncio import to_thread
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa

from application.dispatching.deployment import Deployment, DeploymentActual, DeploymentPlanView, SlotActual
from application.identity import Principal
from application.oversight.statistics import AsOf, Period
from application.ports import Clock
from domain.dispatching.deploying import Counts, Presence, Stretch
from domain.dispatching.events import DeploymentSlot
from domain.ids import OrganisationId
from domain.oversight.shares import percent
from infrastructure.access.seen import Seen, Sight, sql
from infrastructure.database import Database, microseconds
from infrastructure.projections.dispatching.deployment import DEPLOYMENT_PLANS
from infrastructure.projections.dispatching.duties import NAME as DUTIES
from infrastructure.projections.dispatching.duties import unit_duties
from infrastructure.projections.oversight.figures import NAME as FIGURES
from infrastructure.statistics.inquiry import organisations_below
from infrastructure.statistics.moments import known_then, known_until, moment_on

MINUTE = 60_000_000
"""Microseconds, in which instants are stored."""
BEHIND = (FIGURES, "deployment_plans", DUTIES)
"""The projections that the figure is read from."""
Rows = Sequence[sa.Row[*tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Span:
    """The period, as far as it is over."""

    first: date
    last: date
    since: datetime
    until: datetime
    zone: tzinfo

    def days(self) -> Iterator[date]:
        """Those that have begun."""
        return (self.first + timedelta(number) for number in range((self.last - self.first).days + 1))

    def stretch(self, day: date, slot: DeploymentSlot) -> Stretch:
        start, end = (_hour(day, hour, self.zone) for hour in (slot.from_hour, slot.to_hour))
        return microseconds(start), microseconds(min(end, self.until))


class SqlDeployment:
    def __init__(self, database: Database, zone: tzinfo, seen: Seen, clock: Clock) -> None:
        self._database = database
        self._zone = zone
        self._seen = seen
        self._clock = clock

    def seen_by(self, principal: Principal) -> Deployment:
        return _Asked(self, principal)

    def actual(self, principal: Principal, organisation: OrganisationId, period: Period, as_of: AsOf) -> DeploymentActual:
        with self._database.reading() as connection:
            sight = self._seen.sight(connection, principal)
            span = self._span(period, known_until(connection, as_of, self._zone, self._clock.now()))
            position = moment_on(connection, BEHIND, as_of, self._zone, span.last).position
            plans = connection.execute(self._plans(sight, organisation, span, position), sight.parameters).all()
            stations = organisations_below(connection, organisation, span.last)
            duties = connection.execute(self._duties(sight, stations, span, position), sight.parameters).all()
        return _figure(plans, duties, span, position)

    def _span(self, period: Period, now: datetime) -> Span:
        last, since = min(period.last, now.astimezone(self._zone).date()), _hour(period.first, 0, self._zone)
        return Span(period.first, last, since, max(since, min(_hour(last, 24, self._zone), now)), self._zone)

    def _plans(self, sight: Sight, organisation: OrganisationId, span: Span, position: int) -> sa.Select[*tuple[Any, ...]]:
        own = DEPLOYMENT_PLANS.c
        to = known_then(own.superseded_position, own.valid_to, position, own.published_to)
        counts = [own.organisation == organisation, own.published_position <= position, sql(self._seen.rows(sight, DeploymentPlanView))]
        reaches = [own.valid_from <= span.last, to > span.first]
        plans = sa.select(own.id, own.valid_from, to.label("valid_to"), own.slots)
        return plans.where(*counts, *reaches).order_by(own.valid_from, own.id)

    def _duties(self, sight: Sight, stations: Sequence[str], span: Span, position: int) -> sa.Select[*tuple[Any, ...]]:
        own = unit_duties.c
        over = known_then(own.ended_position, own.ended_at, position)
        began, ended = (sa.type_coerce(column, sa.BigInteger) for column in (own.began_at, over))
        within = own.station.in_(stations) & (own.position <= position)
        reaches = [own.on_duty, own.began_at < span.until, ended.is_(None) | (ended > microseconds(span.since))]
        until = sa.func.coalesce(ended, microseconds(span.until))
        columns = (began.label("began"), until.label("ended"), own.capabilities, own.out_of_service)
        return sa.select(*columns).where(within, *reaches, sql(self._seen.counted(sight, unit_duties)))


@dataclass(frozen=True, slots=True)
class _Asked:
    figure: SqlDeployment
    principal: Principal

    async def actual(self, organisation: OrganisationId, period: Period, as_of: AsOf) -> DeploymentActual:
        return await to_thread(self.figure.actual, self.principal, organisation, period, as_of)


class _Duties:
    """Counts of units by what they can do, made when they are first needed; "" is any unit."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._counts: dict[tuple[str, bool], Counts] = {}

    def of(self, capability: str, *, out_of_service: bool) -> Counts:
        key = capability, out_of_service
        if key not in self._counts:
            fitting = (row for row in self._rows if row.out_of_service is out_of_service and capability in ("", *row.capabilities))
            self._counts[key] = Counts((row.began, row.ended) for row in fitting)
        return self._counts[key]


def _figure(plans: Rows, duties: Rows, span: Span, position: int) -> DeploymentActual:
    counted, days = _Duties(duties), list(span.days())
    by_plan = [(plan, [day for day in days if plan.valid_from <= day < plan.valid_to]) for plan in plans]
    slots = tuple(found for plan, valid in by_plan for found in _slots(plan, valid, counted, span))
    wanted, met = (sum(getattr(each, name) for each in slots) for name in ("wanted_minutes", "met_minutes"))
    return DeploymentActual(
        since=span.since,
        until=span.until,
        days=len(days),
        planned_days=sum(len(valid) for _, valid in by_plan),
        slots=slots,
        wanted_minutes=wanted,
        on_duty_minutes=sum(each.on_duty_minutes for each in slots),
        met_minutes=met,
        out_of_service_minutes=sum(each.out_of_service_minutes for each in slots),
        percent=percent(met, wanted),
        position=position,
    )


def _slots(plan: Any, days: Sequence[date], duties: _Duties, span: Span) -> Iterator[SlotActual]:
    """Those of which something is over."""
    weekdays: dict[int, list[date]] = defaultdict(list)
    for day in days:
        weekdays[day.isoweekday()].append(day)
    for slot in plan.slots:
        stretches = [each for each in (span.stretch(day, slot) for day in weekdays[slot.weekday]) if each[0] < each[1]]
        if stretches:
            yield _slot(plan, slot, stretches, duties)


def _slot(plan: Any, slot: DeploymentSlot, stretches: Sequence[Stretch], duties: _Duties) -> SlotActual:
    on_duty, missing = (duties.of(slot.capability, out_of_service=out) for out in (False, True))
    found = sum((on_duty.within(each, slot.units) for each in stretches), Presence())
    away = sum((missing.within(each, slot.units) for each in stretches), Presence())
    wanted, met = slot.units * sum(end - start for start, end in stretches) // MINUTE, found.met // MINUTE
    return SlotActual(
        deployment_plan=plan.id,
        slot=slot,
        days=len(stretches),
        wanted_minutes=wanted,
        on_duty_minutes=found.present // MINUTE,
        met_minutes=met,
        out_of_service_minutes=away.present // MINUTE,
        percent=percent(met, wanted),
    )


def _hour(day: date, hour: int, zone: tzinfo) -> datetime:
    """24 is the next day's midnight, however long the day was."""
    return datetime.combine(day + timedelta(hour // 24), time(hour % 24), zone)
