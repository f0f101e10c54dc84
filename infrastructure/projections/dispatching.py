"""Dispatching's views: the alarm board and unit status in the events' own commit, orders and reports after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.dispatching.views import AlarmView, OrderState, OrderView, ReportView, UnitView
from domain.dispatching.events import (
    AlarmAbsorbed,
    AlarmAttended,
    AlarmClosed,
    AlarmDispatched,
    AlarmFact,
    AlarmFactCorrected,
    AlarmOpened,
    AlarmReferred,
    AlarmReleased,
    AlarmReopened,
    AlarmResultRecorded,
    AlarmsMerged,
    AlarmTriaged,
    AlarmUnmerged,
    CameraLinked,
    CaseOpenedFromAlarm,
    CrewChanged,
    FeedbackRecorded,
    InitialMeasuresTaken,
    LocationResolved,
    OrderAcknowledged,
    OrderCancelled,
    OrderEscalated,
    OrderFact,
    OrderFactCorrected,
    OrderProposed,
    OrderRefused,
    OrderTimedOut,
    PositionSampled,
    PriorityChanged,
    ReportReceived,
    UnitArrived,
    UnitCleared,
    UnitCommitted,
    UnitEnRoute,
    UnitOrdered,
    UnitPreempted,
    UnitRegistered,
    UnitReleased,
    UnitSignedOff,
    UnitSignedOn,
    UnitStatus,
    UnitStatusChanged,
)
from domain.dispatching.unit import STAYS
from domain.events import Recorded
from infrastructure.projections.changes import Change, First, Insert, More, Patch
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.tables import table_of

ALARMS = table_of(
    AlarmView,
    "alarms",
    sa.Column("attended", sa.Boolean, nullable=False, default=False),
    sa.Column("feedback", sa.Boolean, nullable=False, default=False),
    indexes=[("station", "received_at"), ("division", "received_at")],
    computed={
        "state": """CASE WHEN merged_into IS NOT NULL THEN 'MERGED' WHEN closed_at IS NOT NULL THEN 'CLOSED'
        WHEN referred_to IS NOT NULL THEN 'REFERRED' WHEN feedback THEN 'FEEDBACK_GIVEN' WHEN attended THEN 'ON_SCENE'
        WHEN orders_sent > 0 THEN 'DISPATCHED' WHEN priority IS NOT NULL THEN 'TRIAGED' ELSE 'RECEIVED' END"""
    },
)
UNITS = table_of(
    UnitView,
    "units",
    sa.Column("said", sa.Text, nullable=False),
    computed={"status": """CASE WHEN said = 'AVAILABLE' AND "order" IS NOT NULL THEN 'COMMITTED' ELSE said END"""},
)
ORDERS = table_of(OrderView, "orders", indexes=[("alarm",), ("unit", "ordered_at"), ("acknowledge_by",)])
REPORTS = table_of(ReportView, "reports", indexes=[("alarm",)])

on_board = Handlers()
on_unit = Handlers()
on_order = Handlers()
on_report = Handlers()

# --- The alarm board -------------------------------------------------------------------------------------------------


@on_board(AlarmOpened)
def alarm_opened(record: Recorded[AlarmOpened]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "kind": event.kind,
        "alarm_type": event.alarm_type,
        "division": event.division,
        "station": event.station,
        "place": event.place,
        "address": event.address,
        "summary": event.summary,
        "test": event.test,
        "external_id": event.external_id,
        "received_at": record.effective_at,
        "disposition": "",
        "reports": 0,
        "orders_sent": 0,
        "reopened": 0,
    }
    return (Insert(ALARMS, values),)


@on_board(ReportReceived)
def report_received(record: Recorded[ReportReceived]) -> Iterable[Change]:
    return _alarm(record, source=First(record.event.source), reports=More(1))


@on_board(LocationResolved)
def location_resolved(record: Recorded[LocationResolved]) -> Iterable[Change]:
    event = record.event
    return _alarm(record, place=event.place, division=event.division, station=event.station, address=event.address)


@on_board(AlarmTriaged)
def alarm_triaged(record: Recorded[AlarmTriaged]) -> Iterable[Change]:
    event = record.event
    return _alarm(
        record,
        alarm_type=event.alarm_type,
        priority=event.priority,
        original_priority=First(event.priority),
        area_class=event.area_class,
    )


@on_board(PriorityChanged)
def priority_changed(record: Recorded[PriorityChanged]) -> Iterable[Change]:
    return _alarm(record, priority=record.event.priority)


@on_board(AlarmDispatched)
def alarm_dispatched(record: Recorded[AlarmDispatched]) -> Iterable[Change]:
    return _alarm(record, orders_sent=More(1))


@on_board(AlarmAttended)
def alarm_attended(record: Recorded[AlarmAttended]) -> Iterable[Change]:
    return _alarm(record, attended=True)


@on_board(AlarmsMerged)
def alarms_merged(record: Recorded[AlarmsMerged]) -> Iterable[Change]:
    return _alarm(record, merged_into=record.event.into)


@on_board(AlarmUnmerged)
def alarm_unmerged(record: Recorded[AlarmUnmerged]) -> Iterable[Change]:
    return _alarm(record, merged_into=None)


@on_board(AlarmReferred)
def alarm_referred(record: Recorded[AlarmReferred]) -> Iterable[Change]:
    return _alarm(record, referred_to=record.event.to)


@on_board(FeedbackRecorded)
def feedback_recorded(record: Recorded[FeedbackRecorded]) -> Iterable[Change]:
    return _alarm(record, feedback=True)


@on_board(AlarmResultRecorded)
def alarm_result_recorded(record: Recorded[AlarmResultRecorded]) -> Iterable[Change]:
    return _alarm(record, result=record.event.result, disposition=record.event.disposition)


@on_board(AlarmClosed)
def alarm_closed(record: Recorded[AlarmClosed]) -> Iterable[Change]:
    return _alarm(record, closed_at=record.effective_at)


@on_board(AlarmReopened)
def alarm_reopened(record: Recorded[AlarmReopened]) -> Iterable[Change]:
    return _alarm(record, closed_at=None, reopened=More(1))


@on_board(CaseOpenedFromAlarm)
def case_opened_from_alarm(record: Recorded[CaseOpenedFromAlarm]) -> Iterable[Change]:
    return _alarm(record, case=record.event.case)


@on_board(AlarmFactCorrected)
def alarm_fact_corrected(record: Recorded[AlarmFactCorrected]) -> Iterable[Change]:
    event = record.event
    match event.fact:
        case AlarmFact.RECEIVED_AT:
            return _alarm(record, received_at=event.instant)
        case AlarmFact.ALARM_TYPE:
            return _alarm(record, alarm_type=event.code)
        case AlarmFact.PLACE:
            return _alarm(record, place=event.place)


@on_board(CameraLinked, AlarmAbsorbed, AlarmReleased, InitialMeasuresTaken)
def alarm_moved_on(record: Recorded[Any]) -> Iterable[Change]:
    return _alarm(record)


def _alarm(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(ALARMS, record.originator_id, values),)


# --- Reports ---------------------------------------------------------------------------------------------------------


@on_report(ReportReceived)
def report_listed(record: Recorded[ReportReceived]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": event.report,
        "alarm": record.originator_id,
        "source": event.source,
        "caller": event.caller,
        "device": event.device,
        "summary": event.summary,
        "external_id": event.external_id,
        "received_at": record.effective_at,
    }
    return (Insert(REPORTS, values),)


# --- Unit status -----------------------------------------------------------------------------------------------------


@on_unit(UnitRegistered)
def unit_registered(record: Recorded[UnitRegistered]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "call_sign": event.call_sign,
        "kind": event.kind,
        "station": event.station,
        "capabilities": event.capabilities,
        "said": UnitStatus.OFF_DUTY.value,
        "custom_status": "",
        "crew": (),
        "changed_at": record.effective_at,
    }
    return (Insert(UNITS, values),)


@on_unit(UnitSignedOn)
def unit_signed_on(record: Recorded[UnitSignedOn]) -> Iterable[Change]:
    return _status(record, UnitStatus.AVAILABLE, custom_status="", crew=record.event.crew)


@on_unit(UnitSignedOff)
def unit_signed_off(record: Recorded[UnitSignedOff]) -> Iterable[Change]:
    return _status(record, UnitStatus.OFF_DUTY, custom_status="", crew=())


@on_unit(UnitStatusChanged)
def unit_status_changed(record: Recorded[UnitStatusChanged]) -> Iterable[Change]:
    return _status(record, record.event.status, custom_status=record.event.custom)


@on_unit(UnitCommitted)
def unit_committed(record: Recorded[UnitCommitted]) -> Iterable[Change]:
    if record.event.stacked:
        return _status(record, UnitStatus.COMMITTED, custom_status="")
    return _status(record, UnitStatus.COMMITTED, custom_status="", order=record.event.order)


@on_unit(UnitReleased)
def unit_released(record: Recorded[UnitReleased]) -> Iterable[Change]:
    custom = {} if record.event.status in STAYS else {"custom_status": ""}
    return _status(record, record.event.status, order=record.event.active, **custom)


@on_unit(PositionSampled)
def position_sampled(record: Recorded[PositionSampled]) -> Iterable[Change]:
    return _unit(record, place=record.event.place, fixed_at=record.event.fixed_at)


@on_unit(CrewChanged)
def crew_changed(record: Recorded[CrewChanged]) -> Iterable[Change]:
    return _unit(record, crew=record.event.crew)


def _status(record: Recorded[Any], status: UnitStatus, **values: Any) -> Iterable[Change]:
    return _unit(record, said=status.value, changed_at=record.effective_at, **values)


def _unit(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(UNITS, record.originator_id, values),)


# --- Dispatch orders -------------------------------------------------------------------------------------------------


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
        "acknowledge_by": event.acknowledge_by,
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
    begun = {"id": record.originator_id, "version": record.version, "override_reason": "", "end_reason": "", "escalation": 0}
    return (Insert(ORDERS, begun | values),)


def _ended(record: Recorded[Any], state: OrderState, reason: str, **values: Any) -> Iterable[Change]:
    return _order(record, state=state, ended_at=record.effective_at, end_reason=reason, **values)


def _order(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(ORDERS, record.originator_id, values),)


PROJECTIONS = (
    Projection(name="alarm_board", version=1, tables=(ALARMS,), handlers=on_board, inline=True),
    Projection(name="unit_status", version=1, tables=(UNITS,), handlers=on_unit, inline=True),
    Projection(name="orders", version=1, tables=(ORDERS,), handlers=on_order),
    Projection(name="reports", version=1, tables=(REPORTS,), handlers=on_report),
)
