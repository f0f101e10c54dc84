"""What lies where: a tree of areas for each day that is asked about, kept until a boundary or a division changes."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Iterator, Sequence
from datetime import date, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

import shapely
import sqlalchemy as sa
from shapely import STRtree

from application.jurisdiction.bounded import Whereabouts
from application.ports import Clock
from domain.ids import DivisionId, OrganisationId
from domain.jurisdiction.events import BoundaryLevel, DivisionLevel
from domain.places import Point
from infrastructure.database import Database
from infrastructure.jurisdiction.geometry import shape_of
from infrastructure.projections.jurisdiction.boundaries import BOUNDARIES
from infrastructure.projections.jurisdiction.divisions import DIVISIONS

DAYS = 64
"""Trees that are kept: most ask about today."""
_SMALLEST = [BoundaryLevel(each.value) for each in reversed(DivisionLevel)]
Stamp = tuple[Any, ...]


class Division(NamedTuple):
    id: DivisionId
    parent: str | None


class Day(NamedTuple):
    """What is bounded on a day, in the order of the codes, and which divisions there are."""

    tree: STRtree
    bounded: Sequence[tuple[BoundaryLevel, str]]
    divisions: dict[str, Division]

    def whereabouts(self, place: Point) -> Whereabouts:
        """On a common edge it is the one with the lower code."""
        found: dict[BoundaryLevel, str] = {}
        spot = shapely.Point(place.longitude, place.latitude)
        for level, code in map(self.bounded.__getitem__, sorted(self.tree.query(spot, predicate="intersects"))):
            found.setdefault(level, code)
        smallest = next((found[level] for level in _SMALLEST if level in found), None)
        chain = list(self._upwards(smallest))
        station = found.get(BoundaryLevel.STATION)
        return Whereabouts(divisions=chain[::-1], station=None if station is None else OrganisationId(station))

    def _upwards(self, code: str | None) -> Iterator[DivisionId]:
        seen = set[str]()
        while code is not None and code in self.divisions and code not in seen:
            seen.add(code)
            yield self.divisions[code].id
            code = self.divisions[code].parent


class DrawnGazetteer:
    """By the boundaries that are projected. Days are those of the deployment's zone."""

    def __init__(self, database: Database, zone: tzinfo, clock: Clock) -> None:
        self._database = database
        self._zone = zone
        self._clock = clock
        self._stamp: Stamp = ()
        self._day: Callable[[date], Day] = lru_cache(DAYS)(self._drawn)

    async def where(self, place: Point, on: date | None = None) -> Whereabouts:
        day = on or self._clock.now().astimezone(self._zone).date()
        return await to_thread(self._where, place, day)

    def _where(self, place: Point, day: date) -> Whereabouts:
        with self._database.reading() as connection:
            stamp = tuple(connection.execute(_STAMP).one())
        if stamp != self._stamp:
            self._day, self._stamp = lru_cache(DAYS)(self._drawn), stamp
        return self._day(day).whereabouts(place)

    def _drawn(self, day: date) -> Day:
        with self._database.reading() as connection:
            rows = connection.execute(_valid(BOUNDARIES, day).order_by(BOUNDARIES.c.level, BOUNDARIES.c.code)).all()
            divisions = connection.execute(_valid(DIVISIONS, day)).all()
        tree = STRtree([shape_of(row.area) for row in rows])
        shapely.prepare(tree.geometries)
        return Day(tree, [(row.level, row.code) for row in rows], {row.code: Division(row.id, row.parent) for row in divisions})


_STAMP = sa.select(
    sa.select(sa.func.max(BOUNDARIES.c.version)).scalar_subquery(),
    sa.select(sa.func.count()).select_from(BOUNDARIES).scalar_subquery(),
    sa.select(sa.func.sum(DIVISIONS.c.version)).scalar_subquery(),
)
"""No change leaves it as it was. What only deletes rows counts them down."""


def _valid(table: sa.Table, day: date) -> sa.Select[Any]:
    return sa.select(table).where(table.c.valid_from <= day, sa.or_(table.c.valid_to.is_(None), table.c.valid_to > day))
