"""Which units there are for an alarm, looked at before it decides; how long each would take is told by a source that can be exchanged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from application.commands import Command, Step
from application.desk import Desk
from application.dispatching.positions import Positions
from application.identity import Principal
from domain.aggregates import Act
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import UnitsRecommended
from domain.dispatching.recommending import Needs, Survey, in_a_straight_line
from domain.dispatching.rules import AlarmHasNoPlace
from domain.ids import AlarmId, RecommendationId
from domain.places import Point
from domain.rules import NotFound

KILOMETRES_AN_HOUR = 3.6
"""Of one metre a second."""


class TravelTime(Protocol):
    """How long units would take: a routing engine, or the straight line."""

    async def seconds(self, origins: Sequence[Point], to: Point) -> Sequence[float | None]:
        """From each of these places; None where there is no way."""
        ...


@dataclass(frozen=True, slots=True)
class StraightLine:
    """At one speed, in kilometres an hour: the same everywhere, and never far from the order in which units arrive."""

    speed: float

    async def seconds(self, origins: Sequence[Point], to: Point) -> Sequence[float | None]:
        return in_a_straight_line(origins, to, self.speed / KILOMETRES_AN_HOUR)


@dataclass(frozen=True, slots=True)
class Surveyor:
    """Looks at the units. Positions older than `oldest` seconds are not relied on."""

    desk: Desk
    positions: Positions
    travel: TravelTime
    oldest: float

    async def survey(self, principal: Principal, alarm: AlarmId) -> Survey:
        """All units that are there for whoever asks."""
        place = await self._place(alarm)
        units = await self.positions.candidates(principal)
        placed = [each for each in units if each.place is not None]
        seconds = await self.travel.seconds([each.place for each in placed if each.place is not None], place)
        taken = {each.unit: time for each, time in zip(placed, seconds, strict=True) if time is not None}
        return Survey(place, units, taken, self.oldest)

    async def _place(self, alarm: AlarmId) -> Point:
        found = (await self.desk.states([(Alarm, alarm)])).get(alarm)
        if found is None:
            raise NotFound
        if found.place is None:
            raise AlarmHasNoPlace
        place: Point = found.place
        return place


def surveyed(command: Command, recommendation: RecommendationId, needs: Needs, survey: Survey) -> Command:
    """With the units as they stand. It stays the same command, so that a repeat is answered like the first time."""
    (step,) = command.steps

    def decide(alarm: Alarm, act: Act) -> UnitsRecommended:
        return alarm.recommend(recommendation, needs, survey, act.now)

    return command._replace(steps=(Step(step.aggregate, step.id, decide),))
