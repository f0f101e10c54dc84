"""Where units are: on the way to an alarm, on patrol, on the way back, or standing where they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from math import atan2, cos, degrees, radians
from typing import Any

from domain.dispatching.events import UnitStatus
from domain.ids import OrganisationId
from domain.places import Point, distance
from infrastructure.demo.living.pace import Pace

SWIFT, CALM = 13.0, 7.0
"""Metres a second to an alarm, and on patrol or on the way back."""
PATROLS, MOST_PATROLS = 0.06, 30
"""The share of units that are on patrol while they are free, and how many at most."""
BEAT = 180
"""Seconds for which a patrol heads for one place."""
AROUND, NEAR = 0.008, 300
"""Degrees within which a patrol stays around its station; metres from it within which a free unit stands."""
STILL = 200
"""Seconds between two positions of a unit that stands; a recommendation relies on none that is older than 300."""


@dataclass(frozen=True, slots=True)
class Car:
    """A unit that is on duty, and where it stands when there is nothing to do."""

    id: str
    status: UnitStatus
    base: Point


@dataclass(slots=True)
class Roads:
    """Where each unit is now. It is read from the server at the start; what is lost with a restart is where it is read from."""

    pace: Pace
    places: dict[str, Point] = field(default_factory=dict)
    told_at: dict[str, datetime] = field(default_factory=dict)
    moved_at: datetime | None = None

    def drive(self, cars: Iterable[Car], bound: Mapping[str, Point | None], now: datetime) -> list[dict[str, Any]]:
        """Everybody a little further; the positions to be told. `bound` says where units under way have to go."""
        seconds = min(self.pace.every, (now - self.moved_at).total_seconds()) if self.moved_at else 0.0
        self.moved_at = now
        return list(self._told(sorted(cars, key=lambda each: each.id), bound, now, seconds * self.pace.speed))

    def _told(self, cars: list[Car], bound: Mapping[str, Point | None], now: datetime, seconds: float) -> Iterator[dict[str, Any]]:
        patrols = set([each.id for each in cars if self._patrols(each)][:MOST_PATROLS])
        for car in cars:
            here = self.places.setdefault(car.id, car.base)
            aim, speed = self._aim(car, here, bound, now, patrolling=car.id in patrols)
            there = here if aim is None else _towards(here, aim, speed * seconds)
            self.places[car.id] = there
            if there != here or self._overdue(car.id, now):
                self.told_at[car.id] = now
                yield _fix(car.id, here, there, now, speed)

    def _patrols(self, car: Car) -> bool:
        return car.status is UnitStatus.AVAILABLE and self.pace.drawn("patrols", car.id).random() < PATROLS

    def _aim(
        self, car: Car, here: Point, bound: Mapping[str, Point | None], now: datetime, *, patrolling: bool
    ) -> tuple[Point | None, float]:
        if car.id in bound:
            return bound[car.id], SWIFT
        if car.status is not UnitStatus.AVAILABLE:
            return None, 0
        if patrolling:
            drawn = self.pace.drawn("beat", car.id, self.pace.slot(now, BEAT / self.pace.speed).isoformat())
            return Point(drawn.gauss(car.base.longitude, AROUND), drawn.gauss(car.base.latitude, AROUND)), CALM
        return (None, 0) if distance(here, car.base) <= NEAR else (car.base, CALM)

    def _overdue(self, unit: str, now: datetime) -> bool:
        """Those that stand tell it one after the other, not all at once."""
        last = self.told_at.get(unit)
        if last is None:
            self.told_at[unit] = now - (now - self.pace.slot(now, STILL)) * self.pace.drawn("still", unit).random()
            return True
        return (now - last).total_seconds() >= STILL


def base(pace: Pace, unit: str, stations: Mapping[str, Point], station: OrganisationId) -> Point | None:
    """In the station's street."""
    place, drawn = stations.get(station), pace.drawn("base", unit)
    if place is None:
        return None
    return Point(place.longitude + drawn.uniform(-0.002, 0.002), place.latitude + drawn.uniform(-0.002, 0.002))


def _towards(here: Point, aim: Point, metres: float) -> Point:
    whole = distance(here, aim)
    if whole <= metres:
        return aim
    share = metres / whole
    east, north = aim.longitude - here.longitude, aim.latitude - here.latitude
    return Point(round(here.longitude + east * share, 6), round(here.latitude + north * share, 6))


def _fix(unit: str, here: Point, there: Point, at: datetime, speed: float) -> dict[str, Any]:
    place = {"longitude": there.longitude, "latitude": there.latitude}
    told: dict[str, Any] = {"unit": unit, "place": place, "at": at.isoformat(), "accuracy": 8.0}
    if there == here:
        return {**told, "speed": 0.0}
    east = (there.longitude - here.longitude) * cos(radians(here.latitude))
    return {**told, "speed": speed, "heading": round(degrees(atan2(east, there.latitude - here.latitude)) % 360, 1)}
