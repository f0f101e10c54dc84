"""For how many minutes of a period cameras were online, as far as it was known at a moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from application.surveillance.questions import OnlineRate
from domain.surveillance.events import CameraHealth
from infrastructure.access.conditions import Condition
from infrastructure.database import microseconds
from infrastructure.projections.surveillance.service import service_facts
from infrastructure.statistics.inquiry import known
from infrastructure.statistics.moments import Moment

MINUTE = 60_000_000
"""Microseconds."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """From a time to a time that is no later than now, with these stations, for whoever asks."""

    start: datetime
    end: datetime
    moment: Moment
    stations: Collection[str] | None
    counted: Sequence[Condition]

    def conditions(self) -> list[Condition]:
        facts = service_facts.c
        within = [] if self.stations is None else [facts.station.in_(sorted(self.stations))]
        reaches = facts.ended_at.is_(None) | (facts.ended_at > self.start)
        return [facts.began_at < self.end, reaches, known(service_facts, self.moment), *within, *self.counted]


def online_rate(connection: sa.Connection, asked: Lasting) -> OnlineRate:
    facts = service_facts.c
    began, ended = (sa.type_coerce(column, sa.BigInteger) for column in (facts.began_at, facts.ended_at))
    start, end = microseconds(asked.start), microseconds(asked.end)
    since = sa.case((began > start, began), else_=start)
    until = sa.case((ended < end, ended), else_=end)
    lasted = sa.cast(sa.func.sum(until - since), sa.BigInteger)
    statement = sa.select(facts.health, facts.suspended, lasted).where(*asked.conditions()).group_by(facts.health, facts.suspended)
    rows = connection.execute(statement).all()

    def minutes(*healths: CameraHealth | None, suspended: bool = False) -> int:
        return _minutes(row for row in rows if row.suspended is suspended and row.health in healths)

    return OnlineRate(
        online=minutes(CameraHealth.ONLINE, CameraHealth.DEGRADED),
        in_service=minutes(*CameraHealth, None),
        degraded=minutes(CameraHealth.DEGRADED),
        offline=minutes(CameraHealth.OFFLINE),
        unknown=minutes(None),
        suspended=minutes(*CameraHealth, None, suspended=True),
        position=asked.moment.position,
    )


def _minutes(rows: Any) -> int:
    return int(sum(row[2] for row in rows) // MINUTE)
