"""Commands on dispatch orders. What an order does to its alarm and its unit happens with it or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from application.commands import Command, begin, change, command, internal
from domain.aggregates import Act
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import AlarmOrderFailed, OrderFact, OrderProposed, UnitOrdered
from domain.dispatching.order import DispatchOrder
from domain.dispatching.unit import Unit
from domain.ids import AlarmId, CorrectionId, OrderId, UnitId


@command
def propose(
    order: OrderId, alarm: AlarmId, unit: UnitId, reason: str = "", distance: float | None = None, position_age: float | None = None
) -> Command:
    """Propose a unit to the dispatcher.

    向调度员建议处警单位。
    """

    def decide(act: Act) -> OrderProposed:
        act.look(Alarm, alarm).insist_on_dispatchable()
        return DispatchOrder.propose(alarm, unit, reason=reason, distance=distance, position_age=position_age)

    return begin(DispatchOrder, order, decide, looks=((Alarm, alarm), (Unit, unit)))


@command
def send(
    order: OrderId,
    alarm: AlarmId,
    unit: UnitId,
    stacked: bool = False,  # noqa: FBT001, FBT002 - an input field of the API
    override_reason: str = "",
    acknowledge_by: datetime | None = None,
    priority: str | None = None,
    sequence: int | None = None,
    external_id: str | None = None,
) -> Command:
    """Send a unit: alarm, order and unit change together or not at all. The priority is the alarm's unless given.
    Where a recommendation stands, another unit is sent only with a reason.
    Without `acknowledgeBy` the service level in force sets the limit.

    派警：警情、指令与单位同时变更。未填级别时取警情级别；未填确认时限时取现行服务等级；已有推荐时改派其他单位须说明理由。
    """

    wanted = UnitOrdered(
        alarm=alarm,
        unit=unit,
        stacked=stacked,
        override_reason=override_reason,
        acknowledge_by=acknowledge_by,
        priority=priority,
        sequence=sequence,
        external_id=external_id,
    )

    def decide(act: Act) -> UnitOrdered:
        return DispatchOrder.send(_completed(wanted, act), act.look(Alarm, alarm).priority, act.effective_at)

    return (
        _dispatch(alarm, order, unit, override_reason, acknowledge_by)
        & begin(DispatchOrder, order, decide, looks=((Alarm, alarm),))
        & change(Unit, unit, lambda it, _: it.commit(order, stacked=stacked, override_reason=override_reason))
    )


@command
def send_proposed(
    order: OrderId,
    alarm: AlarmId,
    unit: UnitId,
    override_reason: str = "",
    stacked: bool = False,  # noqa: FBT001, FBT002 - an input field of the API
    acknowledge_by: datetime | None = None,
    priority: str | None = None,
) -> Command:
    """Send the proposed unit, or with a reason another one.

    下达建议的指令；改派其他单位须说明理由。
    """

    wanted = UnitOrdered(
        alarm=alarm, unit=unit, stacked=stacked, override_reason=override_reason, acknowledge_by=acknowledge_by, priority=priority
    )

    def decide(it: DispatchOrder, act: Act) -> UnitOrdered:
        return it.send_proposed(_completed(wanted, act), act.look(Alarm, alarm).priority, act.effective_at)

    return (
        change(DispatchOrder, order, decide, looks=((Alarm, alarm),))
        & _dispatch(alarm, order, unit, override_reason, acknowledge_by)
        & change(Unit, unit, lambda it, _: it.commit(order, stacked=stacked, override_reason=override_reason))
    )


@command
def acknowledge(order: OrderId) -> Command:
    """The unit acknowledges the order.

    单位确认指令。
    """
    return change(DispatchOrder, order, lambda it, _: it.acknowledge())


@command
def refuse(order: OrderId, alarm: AlarmId, unit: UnitId, reason: str) -> Command:
    """The unit refuses the order, before it acknowledged it. An alarm to which nobody else is on the way waits for dispatch again.

    单位在确认之前拒绝指令。无其他单位前往时，警情恢复待派状态。
    """
    return change(DispatchOrder, order, lambda it, _: it.refuse(alarm, unit, reason)) & _give_up(order, alarm, unit)


@command
def en_route(order: OrderId) -> Command:
    """The unit is en route.

    单位出发。
    """
    return change(DispatchOrder, order, lambda it, _: it.set_out())


@command
def arrive(order: OrderId, alarm: AlarmId) -> Command:
    """The unit arrived; the first arrival marks the alarm as attended.

    单位到达现场；首个到达使警情进入现场处置。
    """
    return change(DispatchOrder, order, lambda it, _: it.arrive(alarm)) & change(Alarm, alarm, lambda it, _: it.attend(order))


@command
def check_in(order: OrderId) -> Command:
    """The crew on scene is well and goes on.

    现场人员报平安。
    """
    return change(DispatchOrder, order, lambda it, _: it.check_in())


@internal
def miss_check_in(order: OrderId, check_ins: int, number: int, limit: datetime, service_level: str) -> Command:
    """Bring to notice that a crew on scene was not heard from in time."""
    return change(DispatchOrder, order, lambda it, _: it.miss_check_in(check_ins, number, limit, service_level))


@command
def clear(order: OrderId, unit: UnitId, disposition: str = "") -> Command:
    """The unit is done there and free for its next order.

    单位处警完毕，可接受新的指令。
    """
    return change(DispatchOrder, order, lambda it, _: it.clear(unit, disposition)) & _release(order, unit)


@command
def cancel(order: OrderId, alarm: AlarmId, unit: UnitId, reason: str) -> Command:
    """Cancel a proposal or an order. An alarm to which nobody else is on the way waits for dispatch again.

    取消建议或指令。无其他单位前往时，警情恢复待派状态。
    """
    return change(DispatchOrder, order, lambda it, _: it.cancel(alarm, unit, reason)) & _give_up(order, alarm, unit)


@command
def preempt(order: OrderId, alarm: AlarmId, unit: UnitId, reason: str, by_order: OrderId | None = None) -> Command:
    """Take the unit off this order for a more urgent one.

    因更紧急的指令调离单位。
    """
    return change(DispatchOrder, order, lambda it, _: it.preempt(alarm, unit, reason, by_order)) & _give_up(order, alarm, unit)


@command
def divert(
    order: OrderId,
    alarm: AlarmId,
    unit: UnitId,
    reason: str,
    new_order: OrderId,
    new_alarm: AlarmId,
    override_reason: str = "",
    acknowledge_by: datetime | None = None,
    priority: str | None = None,
) -> Command:
    """Take the unit off this order and send it to a more urgent alarm, in one act.

    将单位从现有指令调离，同时派往更紧急的警情。
    """
    sent = send(new_order, new_alarm, unit, override_reason=override_reason, acknowledge_by=acknowledge_by, priority=priority)
    return preempt(order, alarm, unit, reason, new_order) & sent


@command
def time_out(order: OrderId, alarm: AlarmId, unit: UnitId) -> Command:
    """End an order that was not acknowledged within its limit. An alarm to which nobody else is on the way waits for dispatch again.

    结束超过确认时限的指令。无其他单位前往时，警情恢复待派状态。
    """
    return change(DispatchOrder, order, lambda it, act: it.time_out(alarm, unit, act.now)) & _give_up(order, alarm, unit)


@command
def escalate(order: OrderId, level: int, timer: str, limit: datetime) -> Command:
    """Bring an order to the notice of the next level; each level once.

    将指令升级告警到下一级别，每级一次。
    """
    return change(DispatchOrder, order, lambda it, _: it.escalate(level, timer, limit))


@internal
def escalate_late(order: OrderId, level: int, timer: str, limit: datetime, service_level: str) -> Command:
    """Bring an order that passed a limit of the service level to the notice of the next level."""
    return change(DispatchOrder, order, lambda it, _: it.escalate(level, timer, limit, service_level))


@internal
def correct(order: OrderId, correction: CorrectionId, fact: OrderFact, corrects: int, reason: str, instant: datetime | None) -> Command:
    """Apply a correction that a second person approved."""
    return change(DispatchOrder, order, lambda it, _: it.correct(correction, fact, corrects, reason, instant))


def _dispatch(alarm: AlarmId, order: OrderId, unit: UnitId, reason: str, acknowledge_by: datetime | None) -> Command:
    """With what the dispatcher says to a recommendation, where one stands; the levels above the unit are looked at, and the
    limits in force where none was given."""
    overridden = change(Alarm, alarm, lambda it, _: it.override(order, unit, reason))
    return (overridden & change(Alarm, alarm, lambda it, _: it.dispatch(order, unit)))._replace(
        levels=(unit,), limits=acknowledge_by is None
    )


def _completed(wanted: UnitOrdered, act: Act) -> UnitOrdered:
    """With the levels that the order passes over, and the limit in force for its acknowledgement where none was given."""
    alarm = act.look(Alarm, wanted.alarm)
    awaited = DispatchOrder.awaited(wanted, act.limits, alarm.area_class, alarm.priority, act.effective_at)
    return replace(awaited, bypassed=DispatchOrder.bypassed(act.levels.get(wanted.unit, ()), act.organisation))


def _give_up(order: OrderId, alarm: AlarmId, unit: UnitId) -> Command:
    """The unit is free again; an alarm that it did not reach learns that it is not coming."""

    def fail(it: Alarm, act: Act) -> AlarmOrderFailed | None:
        return None if act.look(DispatchOrder, order).arrived else it.fail(order)

    return change(Alarm, alarm, fail) & _release(order, unit)


def _release(order: OrderId, unit: UnitId) -> Command:
    return change(Unit, unit, lambda it, _: it.release(order))
