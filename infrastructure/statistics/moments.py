"""How far is what a figure is read from: no later than it is projected, whatever is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa

from application.oversight.statistics import AsOf
from infrastructure.log.reading import position_at
from infrastructure.log.tables import EVENTS
from infrastructure.projections.generations import PROJECTIONS

NEVER = date(1970, 1, 1)
"""The day of an empty log."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a figure is true for: a position, and the day of its record or the day that is asked about.

    `latest` says that nothing later is projected.
    """

    position: int
    day: date
    latest: bool


def moment_of_record(connection: sa.Connection, projection: str, as_of: AsOf, zone: tzinfo) -> Moment:
    """With the day on which the last of it was recorded."""
    position, head = _reach(connection, (projection,), as_of, zone)
    recorded_at = connection.execute(sa.select(EVENTS.c.recorded_at).where(EVENTS.c.position == position)).scalar_one_or_none()
    return Moment(position, recorded_at.astimezone(zone).date() if recorded_at else NEVER, latest=position == head)


def moment_on(connection: sa.Connection, projections: tuple[str, ...], as_of: AsOf, zone: tzinfo, day: date) -> Moment:
    """How it stood on a day, by projections that are all read; nothing tells that the newest of several is the latest of each."""
    position, head = _reach(connection, projections, as_of, zone)
    return Moment(position, day, latest=position == head and len(projections) == 1)


def _reach(connection: sa.Connection, projections: tuple[str, ...], as_of: AsOf, zone: tzinfo) -> tuple[int, int]:
    """What was asked for, as far as it is projected; and how far that is."""
    head: int = connection.execute(sa.select(sa.func.min(PROJECTIONS.c.position)).where(PROJECTIONS.c.name.in_(projections))).scalar_one()
    recorded_by = as_of.recorded_at if as_of.day is None else end_of(as_of.day, zone)
    wanted = as_of.position if recorded_by is None else position_at(connection, recorded_by)
    return (head if wanted is None else min(head, wanted)), head


def known_until(connection: sa.Connection, as_of: AsOf, zone: tzinfo, otherwise: datetime) -> datetime:
    """Until when something may have happened that was known: minutes after it were still to come. `otherwise` where all counts."""
    if as_of.day is not None:
        return min(end_of(as_of.day, zone), otherwise)
    if as_of.position is not None:
        recorded = sa.select(EVENTS.c.recorded_at).where(EVENTS.c.position == as_of.position)
        return min(connection.execute(recorded).scalar_one_or_none() or otherwise, otherwise)
    return otherwise if as_of.recorded_at is None else min(as_of.recorded_at, otherwise)


def known_then(position: sa.ColumnElement[Any], value: sa.ColumnElement[Any], at: int, before: Any = None) -> sa.ColumnElement[Any]:
    """What stands in a column, as far as the position that says it was known; what was there `before` where it was not."""
    return sa.case((position <= at, value), else_=before)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last moment of the day; the calendar's own last day has none after it."""
    following = day + timedelta(1) if day < date.max else day
    return datetime.combine(following, time(), zone) - timedelta(microseconds=1)
