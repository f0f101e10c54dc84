"""What patrols find in an hour, by mode."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from application.surveillance.upkeep import PatrolFinds
from domain.surveillance.events import PatrolMode
from infrastructure.access.conditions import Condition
from infrastructure.database import microseconds
from infrastructure.projections.surveillance.patrols import OBSERVATIONS, PATROLS
from infrastructure.statistics.moments import known_then
from infrastructure.surveillance.lasting import MINUTE


@dataclass(frozen=True, slots=True)
class Patrolled:
    """From a time to a time that is no later than now, with these stations, for whoever asks."""

    start: datetime
    end: datetime
    position: int
    stations: Collection[str] | None
    walked: Sequence[Condition]
    seen: Sequence[Condition]

    def within(self, station: sa.Column[str]) -> list[Condition]:
        return [] if self.stations is None else [station.in_(sorted(self.stations))]


def finds(connection: sa.Connection, asked: Patrolled) -> list[PatrolFinds]:
    """A patrol that goes on, or did as far as was known, counts up to the end that is asked about."""
    lasted, seen = _lasted(connection, asked), _seen(connection, asked)
    found: list[PatrolFinds] = []
    for mode in PatrolMode:
        patrols, time = lasted.get(mode, (0, 0))
        observed, alarms = seen.get(mode, (0, 0))
        minutes = time // MINUTE
        hourly = round(60 * observed / minutes, 2) if minutes else None
        found.append(
            PatrolFinds(
                mode=mode, patrols=patrols, minutes=minutes, finds=observed, alarms=alarms, per_hour=hourly, position=asked.position
            )
        )
    return found


def _lasted(connection: sa.Connection, asked: Patrolled) -> dict[PatrolMode, tuple[int, int]]:
    own = PATROLS.c
    over = known_then(own.ended_position, own.ended_at, asked.position)
    began, ended = (sa.type_coerce(column, sa.BigInteger) for column in (own.started_at, over))
    start, end = microseconds(asked.start), microseconds(asked.end)
    since, until = sa.case((began > start, began), else_=start), sa.case((ended < end, ended), else_=end)
    reaches = [own.started_position <= asked.position, own.started_at < asked.end, ended.is_(None) | (ended > start)]
    time = sa.cast(sa.func.sum(until - since), sa.BigInteger)
    statement = sa.select(own.mode, sa.func.count(), time).where(*reaches, *asked.within(own.station), *asked.walked).group_by(own.mode)
    return {mode: (count, lasted) for mode, count, lasted in connection.execute(statement)}


def _seen(connection: sa.Connection, asked: Patrolled) -> dict[PatrolMode, tuple[int, int]]:
    own = OBSERVATIONS.c
    of_period = [own.position <= asked.position, own.at >= asked.start, own.at < asked.end]
    counted = sa.select(own.mode, sa.func.count(), sa.func.count(own.alarm)).where(*of_period, *asked.within(own.station), *asked.seen)
    return {mode: (count, alarms) for mode, count, alarms in connection.execute(counted.group_by(own.mode))}
