"""What a crew does next with its order: answers, sets out, arrives, tells what it found, goes on. Now and then it is late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from application.dispatching.views import AlarmState, OrderState
from application.identity import Role
from domain.ids import OfficerId
from domain.places import Point, distance
from infrastructure.demo.living.acts import Act, Who
from infrastructure.demo.living.board import RunningOrder
from infrastructure.demo.living.pace import Pace, about
from infrastructure.demo.matter import SYNTHETIC

LATE = 0.06
"""The share of orders that a crew answers only after the limit, so that the clock escalates them."""
REFUSED = 0.01
THERE = 40
"""Metres from the place at which a crew has arrived."""
LOST = 2_400
"""Seconds after which a crew says that it is there, wherever its receiver believes it to be."""
ON_SCENE, QUIET = 900, 0.5


@dataclass(frozen=True, slots=True)
class Crews:
    pace: Pace
    now: datetime
    places: Mapping[str, Point]

    def next(self, order: RunningOrder) -> Iterator[Act]:
        drawn = self.pace.drawn("crew", order.id)
        match order.state:
            case OrderState.ORDERED:
                yield from self._answered(order, drawn)
            case OrderState.ACKNOWLEDGED if self._due(order, drawn.uniform(5, 40)):
                yield self._act("reportUnitEnRoute", order, {})
            case OrderState.EN_ROUTE if self._there(order):
                yield self._act("reportUnitArrived", order, {"alarm": order.alarm})
            case OrderState.ON_SCENE:
                yield from self._at_work(order, drawn)
            case _:
                return

    def _due(self, order: RunningOrder, seconds: float) -> bool:
        return self.now >= self.pace.after(order.since, seconds)

    def _answered(self, order: RunningOrder, drawn: Random) -> Iterator[Act]:
        seconds, late, refused = about(drawn, 18, 0.4), drawn.random() < LATE, drawn.random() < REFUSED
        if not self._due(order, seconds + (drawn.uniform(120, 300) if late else 0)):
            return
        if refused:
            yield self._act(
                "refuseOrder", order, {"alarm": order.alarm, "unit": order.unit, "reason": f"{SYNTHETIC}: the vehicle does not start"}
            )
        else:
            yield self._act("acknowledgeOrder", order, {})

    def _there(self, order: RunningOrder) -> bool:
        if order.place is None or self._due(order, LOST):
            return True
        here = self.places.get(order.unit)
        return here is not None and distance(here, order.place) <= THERE

    def _at_work(self, order: RunningOrder, drawn: Random) -> Iterator[Act]:
        """The first feedback after some minutes, of whoever comes first; then the rest of the work."""
        told = drawn.uniform(120, 420)
        if order.alarm_state is AlarmState.ON_SCENE and self._due(order, told):
            given = {"alarm": order.alarm, "summary": f"{SYNTHETIC}: at the scene"}
            yield Act("recordAlarmFeedback", {**given, "order": order.id}, self._crew(order), f"{self.pace.seed}/{order.id}/first")
        if self._due(order, told + about(drawn, ON_SCENE, QUIET)):
            yield self._act("clearOrder", order, {"unit": order.unit})

    def _act(self, mutation: str, order: RunningOrder, given: dict[str, object]) -> Act:
        return Act(mutation, {"order": order.id, **given}, self._crew(order), f"{self.pace.seed}/{order.id}")

    def _crew(self, order: RunningOrder) -> Who:
        officer = order.crew[0] if order.crew else OfficerId(f"{order.station}-crew")
        return Who(officer, order.station, Role.UNIT_OFFICER)
