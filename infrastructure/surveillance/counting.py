"""How many cameras there were on a day, as far as it was known at a moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from application.surveillance.questions import AcceptedShare, CameraCount, CountedBy
from infrastructure.access.conditions import Condition
from infrastructure.projections.surveillance.facts import acceptance_facts, camera_facts
from infrastructure.statistics.inquiry import known
from infrastructure.statistics.moments import Moment

COUNT = sa.func.count()
KEYS: dict[CountedBy, sa.ColumnElement[str]] = {
    CountedBy.SECTOR: camera_facts.c.sector,
    CountedBy.OWNER: camera_facts.c.owner,
    CountedBy.BUILDER: camera_facts.c.builder,
    CountedBy.DIVISION: camera_facts.c.division,
}


@dataclass(frozen=True, slots=True)
class There:
    """Which cameras count: there on the day as known at the moment, with one of the stations, for whoever asks."""

    moment: Moment
    stations: Collection[str] | None
    counted: Sequence[Condition]

    def conditions(self) -> list[Condition]:
        facts = camera_facts.c
        within = [] if self.stations is None else [facts.station.in_(sorted(self.stations))]
        return [
            facts.valid_from <= self.moment.day,
            facts.valid_to > self.moment.day,
            known(camera_facts, self.moment),
            *within,
            *self.counted,
        ]


def counts(connection: sa.Connection, there: There, by: CountedBy) -> list[CameraCount]:
    key = KEYS[by]
    rows = connection.execute(sa.select(key, COUNT).where(*there.conditions()).group_by(key).order_by(COUNT.desc(), key)).all()
    total = sum(count for _, count in rows)
    return [CameraCount(key=str(value), count=count, total=total, position=there.moment.position) for value, count in rows]


def accepted(connection: sa.Connection, there: There) -> list[AcceptedShare]:
    """A camera that was accepted twice by one standard counts once."""
    facts, own = camera_facts.c, acceptance_facts.c
    total = connection.execute(sa.select(COUNT).select_from(camera_facts).where(*there.conditions())).scalar_one()
    standard = (own.standard, own.standard_version)
    until = [own.accepted_on <= there.moment.day, own.known_from <= there.moment.position]
    statement = (
        sa.select(*standard, sa.func.count(facts.id.distinct()))
        .select_from(camera_facts.join(acceptance_facts, own.id == facts.id))
        .where(*there.conditions(), *until)
        .group_by(*standard)
        .order_by(*standard)
    )
    return [
        AcceptedShare(standard=code, standard_version=version, accepted=n, total=total, position=there.moment.position)
        for code, version, n in connection.execute(statement)
    ]
