"""Dispatch orders with the times of their runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.dispatching.views import OrderState, OrderView
from domain.dispatching.events import (
    CheckInMissed,
    OrderAcknowledged,
    OrderCancelled,
    OrderEscalated,
    OrderFact,
    OrderFactCorrected,
    OrderProposed,
    OrderRefused,
    OrderTimedOut,
    UnitArrived,
    UnitCheckedIn,
    UnitCleared,
    UnitEnRoute,
    UnitOrdered,
    UnitPreempted,
)
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, More, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

ORDERS = table_of(OrderView, "orders", indexes=[("alarm",), ("unit", "ordered_at"), ("acknowledge_by",)])

on_order = Handlers()


@on_order(OrderProposed)
def order_proposed(record: Recorded[OrderProposed]) -> Iterable[Change]:
    event = record.event
    return _new_order(record, alarm=event.alarm, unit=event.unit, state=OrderState.PROPOSED, stacked=False)


@on_order(UnitOrdered)
def unit_ordered(record: Recorded[UnitOrdered]) -> Iterable[Change]:
    event = record.event
    values = {
        "alarm": event.alarm,
        "unit": event.unit,
        "state": OrderState.ORDERED,
        "stacked": event.stacked,
        "priority": event.priority,
        "sequence": event.sequence,
        "external_id": event.external_id,
        "override_reason": event.override_reason,
        "flat": bool(event.bypassed),
        "bypassed": event.bypassed,
        "acknowledge_by": event.acknowledge_by,
        "service_level": event.service_level,
        "ordered_at": record.effective_at,
    }
    return _new_order(record, **values) if record.version == 1 else _order(record, **values)


@on_order(OrderAcknowledged)
def order_acknowledged(record: Recorded[OrderAcknowledged]) -> Iterable[Change]:
    return _order(record, state=OrderState.ACKNOWLEDGED, acknowledged_at=record.effective_at)


@on_order(UnitEnRoute)
def unit_en_route(record: Recorded[UnitEnRoute]) -> Iterable[Change]:
    return _order(record, state=OrderState.EN_ROUTE, en_route_at=record.effective_at)


@on_order(UnitArrived)
def unit_arrived(record: Recorded[UnitArrived]) -> Iterable[Change]:
    return _order(record, state=OrderState.ON_SCENE, arrived_at=record.effective_at)


@on_order(UnitCheckedIn)
def unit_checked_in(record: Recorded[UnitCheckedIn]) -> Iterable[Change]:
    return _order(record, check_ins=More(1), last_check_in_at=record.effective_at, missed_check_ins=0)


@on_order(CheckInMissed)
def check_in_missed(record: Recorded[CheckInMissed]) -> Iterable[Change]:
    return _order(record, missed_check_ins=record.event.number)


@on_order(UnitCleared)
def unit_cleared(record: Recorded[UnitCleared]) -> Iterable[Change]:
    return _ended(record, OrderState.CLEARED, record.event.disposition, cleared_at=record.effective_at)


@on_order(OrderRefused)
def order_refused(record: Recorded[OrderRefused]) -> Iterable[Change]:
    return _ended(record, OrderState.REFUSED, record.event.reason)


@on_order(OrderCancelled)
def order_cancelled(record: Recorded[OrderCancelled]) -> Iterable[Change]:
    return _ended(record, OrderState.CANCELLED, record.event.reason)


@on_order(UnitPreempted)
def unit_preempted(record: Recorded[UnitPreempted]) -> Iterable[Change]:
    return _ended(record, OrderState.PREEMPTED, record.event.reason)


@on_order(OrderTimedOut)
def order_timed_out(record: Recorded[OrderTimedOut]) -> Iterable[Change]:
    return _ended(record, OrderState.TIMED_OUT, "")


@on_order(OrderEscalated)
def order_escalated(record: Recorded[OrderEscalated]) -> Iterable[Change]:
    return _order(record, escalation=record.event.level)


_CORRECTED = {
    OrderFact.ORDERED_AT: ("ordered_at",),
    OrderFact.EN_ROUTE_AT: ("en_route_at",),
    OrderFact.ARRIVED_AT: ("arrived_at",),
    OrderFact.CLEARED_AT: ("cleared_at", "ended_at"),
}


@on_order(OrderFactCorrected)
def order_fact_corrected(record: Recorded[OrderFactCorrected]) -> Iterable[Change]:
    return _order(record, **dict.fromkeys(_CORRECTED[record.event.fact], record.event.instant))


def _new_order(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    begun = {
        "id": record.originator_id,
        "version": record.version,
        "override_reason": "",
        "flat": False,
        "bypassed": (),
        "end_reason": "",
        "escalation": 0,
        "check_ins": 0,
        "missed_check_ins": 0,
    }
    return (Insert(ORDERS, begun | values),)


def _ended(record: Recorded[Any], state: OrderState, reason: str, **values: Any) -> Iterable[Change]:
    return _order(record, state=state, ended_at=record.effective_at, end_reason=reason, **values)


def _order(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(ORDERS, record.originator_id, values),)
