"""What is due in dispatching at a time on the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from application.commands import Command
from application.dispatching import orders
from domain.ids import AlarmId, OrderId, UnitId


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
