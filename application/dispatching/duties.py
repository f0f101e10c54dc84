"""What is due in dispatching at a time on the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import count, islice

from application.commands import Command
from application.dispatching import orders, plan_activations
from domain.dispatching.events import AreaClass
from domain.ids import AlarmId, OrderId, PlanActivationId, UnitId
from domain.jurisdiction.events import ResponseLimit
from domain.jurisdiction.limits import limit_for

BACKLOG = 100
"""Missed check-ins of one crew in one sweep."""


@dataclass(frozen=True, slots=True)
class AwaitedAcknowledgement:
    """An order that its unit has not acknowledged, and the limit it was given."""

    order: OrderId
    alarm: AlarmId
    unit: UnitId
    acknowledge_by: datetime


def end_unacknowledged_orders(now: datetime, awaited: Iterable[AwaitedAcknowledgement]) -> Sequence[Command]:
    """Orders past their limit, the longest overdue first. A command's content is the same each time it is due."""
    overdue = sorted((each for each in awaited if each.acknowledge_by < now), key=lambda each: (each.acknowledge_by, each.order))
    return [orders.time_out(each.order, each.alarm, each.unit) for each in overdue]


class Timer(IntEnum):
    """What a service level limits, and the level to which an order is escalated that passes the limit."""

    ACKNOWLEDGEMENT = 1
    ARRIVAL = 2
    FIRST_FEEDBACK = 3


@dataclass(frozen=True, slots=True)
class ActiveLimits:
    """The limits of a service level, and the stretch of time whose orders they measure."""

    code: str
    limits: tuple[ResponseLimit, ...]
    active_from: datetime
    active_to: datetime | None

    def measures(self, ordered_at: datetime) -> bool:
        return self.active_from <= ordered_at and (self.active_to is None or ordered_at < self.active_to)


@dataclass(frozen=True, slots=True)
class RunningOrder:
    """An order that was sent and is not over; `level` is the highest it was escalated to."""

    order: OrderId
    area_class: AreaClass | None
    priority: str | None
    ordered_at: datetime
    acknowledged: bool
    arrived_at: datetime | None
    fed_back: bool
    level: int


def escalate_late_orders(now: datetime, running: Iterable[RunningOrder], active: Sequence[ActiveLimits]) -> Sequence[Command]:
    """Orders past a limit of the service level that was active when they were sent; where none was, nothing is late."""
    return [command for each in sorted(running, key=lambda each: (each.ordered_at, each.order)) for command in _late(now, each, active)]


def _late(now: datetime, order: RunningOrder, active: Sequence[ActiveLimits]) -> Iterator[Command]:
    found = next((each for each in active if each.measures(order.ordered_at)), None)
    limit = limit_for(found.limits, order.area_class, order.priority) if found else None
    if found is None or limit is None:
        return
    for timer, since, seconds in _awaited(order, limit):
        if seconds is not None and timer > order.level and now > since + timedelta(seconds=seconds):
            yield orders.escalate_late(order.order, int(timer), timer.name, since + timedelta(seconds=seconds), found.code)


def _awaited(order: RunningOrder, limit: ResponseLimit) -> Iterator[tuple[Timer, datetime, int | None]]:
    """What has not come yet, since when it is awaited, and for how long it may be. A crew on scene has answered its order."""
    if order.arrived_at is None:
        if not order.acknowledged:
            yield Timer.ACKNOWLEDGEMENT, order.ordered_at, limit.acknowledgement
        yield Timer.ARRIVAL, order.ordered_at, limit.arrival
    elif not order.fed_back:
        yield Timer.FIRST_FEEDBACK, order.arrived_at, limit.first_feedback


@dataclass(frozen=True, slots=True)
class AwaitedStep:
    """A step of a plan in motion that is open and was not escalated."""

    activation: PlanActivationId
    step: str
    due_at: datetime


def escalate_late_steps(now: datetime, awaited: Iterable[AwaitedStep]) -> Sequence[Command]:
    """Steps past their deadline, the longest overdue first."""
    late = sorted((each for each in awaited if each.due_at < now), key=lambda each: (each.due_at, each.activation, each.step))
    return [plan_activations.escalate_step(each.activation, each.step, each.due_at) for each in late]


@dataclass(frozen=True, slots=True)
class CrewOnScene:
    """An order whose unit is on scene: since when nothing was heard of it, after how many check-ins, and how many it missed since."""

    order: OrderId
    area_class: AreaClass | None
    priority: str | None
    ordered_at: datetime
    heard_at: datetime
    check_ins: int
    missed: int


def miss_check_ins(now: datetime, on_scene: Iterable[CrewOnScene], active: Sequence[ActiveLimits]) -> Sequence[Command]:
    """Each check-in that did not come by its time, once and in its turn; a long silence is worked off in several sweeps."""
    crews = sorted(on_scene, key=lambda each: (each.heard_at, each.order))
    return [command for each in crews for command in islice(_silent(now, each, active), BACKLOG)]


def _silent(now: datetime, crew: CrewOnScene, active: Sequence[ActiveLimits]) -> Iterator[Command]:
    found = next((each for each in active if each.measures(crew.ordered_at)), None)
    limit = limit_for(found.limits, crew.area_class, crew.priority) if found else None
    if found is None or limit is None or limit.check_in is None:
        return
    for number in count(crew.missed + 1):
        due = crew.heard_at + timedelta(seconds=limit.check_in * number)
        if now <= due:
            return
        yield orders.miss_check_in(crew.order, crew.check_ins, number, due, found.code)
