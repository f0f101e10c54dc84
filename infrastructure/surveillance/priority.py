"""Which priority places online cameras saw, and for how long nobody saw them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from application.surveillance.upkeep import BlindTime
from domain.ids import PriorityPlaceId
from domain.places import Point
from domain.surveillance.blindness import blindness
from domain.surveillance.seeing import Outlook, sighting
from infrastructure.access.conditions import Condition
from infrastructure.database import microseconds
from infrastructure.projections.surveillance.priority import PRIORITY_PLACES
from infrastructure.projections.surveillance.service import service_facts
from infrastructure.surveillance.lasting import MINUTE, Lasting
from infrastructure.surveillance.looking import REACHES, SHOWING, SIDES, boxes

_place, _span = PRIORITY_PLACES.c, service_facts.c


class Spell(NamedTuple):
    """A stretch in which a camera was turned to a place, whether or not it worked."""

    start: int
    end: int
    online: bool
    suspended: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Priority places of some stations, for whoever asks, as far as it was known; none is everywhere."""

    position: int
    stations: Sequence[str] | None
    counted: Sequence[Condition]

    def of_day(self, connection: sa.Connection, day: date) -> Sequence[Any]:
        return connection.execute(self._rows().where(_place.valid_from <= day, self._lasts_after(day))).all()

    def of_period(self, connection: sa.Connection, first: date, last: date, at_most: int, after: UUID | None) -> Sequence[Any]:
        rows = self._rows().where(_place.valid_from <= last, self._lasts_after(first)).limit(at_most)
        return connection.execute(rows if after is None else rows.where(_place.id > after)).all()

    def ended(self, row: Any) -> date | None:
        return None if row.closed_position is None or row.closed_position > self.position else row.valid_to

    def _lasts_after(self, day: date) -> Condition:
        return _place.valid_to.is_(None) | (_place.closed_position > self.position) | (_place.valid_to > day)

    def _rows(self) -> sa.Select[Any]:
        within = [] if self.stations is None else [_place.station.in_(self.stations)]
        known = [_place.established_position <= self.position, *within, *self.counted]
        names = ("id", "latitude", "longitude", "valid_from", "valid_to", "closed_position")
        return sa.select(*(_place[name] for name in names)).where(*known).order_by(_place.id)


def unseen(connection: sa.Connection, places: Sequence[Any], lasting: Lasting) -> list[UUID]:
    """Those of the places that no camera showed."""
    near = _near(lasting)
    return [row.id for row in places if not any(each.online for each in _spells(connection, near, row, lasting))]


def blind_times(connection: sa.Connection, places: Places, rows: Sequence[Any], lasting: Lasting, zone: tzinfo) -> list[BlindTime]:
    near = _near(lasting)
    return [_blind_time(connection, places, row, lasting, zone, near) for row in rows]


def _blind_time(
    connection: sa.Connection, places: Places, row: Any, lasting: Lasting, zone: tzinfo, near: sa.CompoundSelect[Any]
) -> BlindTime:
    ended = places.ended(row)
    start = max(lasting.start, _midnight(row.valid_from, zone))
    end = lasting.end if ended is None else min(lasting.end, _midnight(ended, zone))
    within = microseconds(start), microseconds(max(start, end))
    spells = list(_spells(connection, near, row, lasting))
    seen = [(each.start, each.end) for each in spells if each.online]
    found = blindness(seen, [(each.start, each.end) for each in spells if each.suspended], within)
    return BlindTime(
        priority_place=PriorityPlaceId(row.id),
        minutes=found.lasted // MINUTE,
        blind=found.blind // MINUTE,
        maintenance=found.maintenance // MINUTE,
        position=places.position,
    )


def _spells(connection: sa.Connection, near: sa.CompoundSelect[Any], row: Any, lasting: Lasting) -> Iterator[Spell]:
    """Of the cameras near enough, those that see the place."""
    place, end = Point(row.longitude, row.latitude), microseconds(lasting.end)
    for span in connection.execute(near, boxes(place)):
        outlook = Outlook(Point(span.longitude, span.latitude), span.range, span.bearing, span.field_of_view)
        if sighting(outlook, place) is not None:
            shows = span.health in SHOWING and not span.suspended
            until = end if span.ended_at is None else microseconds(span.ended_at)
            yield Spell(microseconds(span.began_at), until, shows, span.suspended)


def _near(lasting: Lasting) -> sa.CompoundSelect[Any]:
    """Stretches of cameras near enough, each reach from a stretch of the index of its own."""
    return sa.union_all(*(_of_reach(metres, lasting.conditions()) for metres in REACHES))


def _of_reach(metres: int, conditions: Sequence[Condition]) -> sa.Select[Any]:
    south, north, west, east = (sa.bindparam(f"{side}_{metres}", type_=sa.Double) for side in SIDES)
    names = ("began_at", "ended_at", "health", "suspended", "latitude", "longitude", "range", "bearing", "field_of_view")
    box = [_span.reach == metres, _span.latitude.between(south, north), _span.longitude.between(west, east)]
    return sa.select(*(_span[name] for name in names)).where(*box, *conditions)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
