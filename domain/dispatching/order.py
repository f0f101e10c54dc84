"""The dispatch order: one unit to one alarm, from the proposal to the cleared scene."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import ClassVar, assert_never

from domain.dispatching.events import (
    AreaClass,
    CheckInMissed,
    OrderAcknowledged,
    OrderCancelled,
    OrderChange,
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
from domain.dispatching.rules import (
    AcknowledgeByTooEarly,
    CheckInHeard,
    CorrectionLacksValue,
    EscalatedBefore,
    EscalationLevelTooLow,
    LimitNotPassed,
    OrderIsAcknowledged,
    OrderIsBeyond,
    OrderIsOver,
    OrderIsSent,
    OrderNotOnScene,
    OrderNotSent,
    OrderOfAnotherAlarm,
    OrderOfAnotherUnit,
    OverrideNeedsReason,
)
from domain.events import Event
from domain.evolving import evolve
from domain.ids import AlarmId, CorrectionId, OrderId, OrganisationId, UnitId
from domain.jurisdiction.limits import LimitsInForce, limit_for
from domain.rules import free_text, required_text


class Stage(IntEnum):
    """How far an order has come. A proposal goes nowhere until it is sent; nothing goes back.

    Once it is sent, a later stage may be reported without the ones before it, as crews and other systems do. Nobody
    makes up what was not reported: its time stays empty, and the response times count the run as `MISSING`.
    """

    PROPOSED = 0
    ORDERED = 1
    ACKNOWLEDGED = 2
    EN_ROUTE = 3
    ON_SCENE = 4
    OVER = 5


@dataclass(frozen=True)
class DispatchOrder:
    """A dispatch order (处警指令).

    Its stages have an order, their times need not: what units report late and what files hold is kept as it is, even
    an arrival before the order; the figures of response leave such runs out and say how many.
    """

    begins: ClassVar[tuple[type[Event], ...]] = (OrderProposed, UnitOrdered)

    alarm: AlarmId
    unit: UnitId
    stage: Stage
    acknowledge_by: datetime | None = None
    levels: frozenset[int] = frozenset()
    check_ins: int = 0
    missed: int = 0

    @staticmethod
    def propose(
        alarm: AlarmId, unit: UnitId, *, reason: str = "", distance: float | None = None, position_age: float | None = None
    ) -> OrderProposed:
        reason = free_text(reason, field="reason")
        return OrderProposed(alarm=alarm, unit=unit, reason=reason, distance=distance, position_age=position_age)

    @staticmethod
    def awaited(
        wanted: UnitOrdered, limits: LimitsInForce | None, area_class: AreaClass | None, alarm_priority: str | None, ordered_at: datetime
    ) -> UnitOrdered:
        """With the limit that is in force, where none was given. A stacked order waits for its unit, and nobody is late before that."""
        if wanted.acknowledge_by is not None or wanted.stacked or limits is None:
            return wanted
        limit = limit_for(limits.limits, area_class, wanted.priority or alarm_priority)
        if limit is None or limit.acknowledgement is None:
            return wanted
        return replace(wanted, acknowledge_by=ordered_at + timedelta(seconds=limit.acknowledgement), service_level=limits.code)

    @staticmethod
    def send(wanted: UnitOrdered, alarm_priority: str | None, ordered_at: datetime) -> UnitOrdered:
        """The order keeps the priority that its alarm has now, for response times are judged by it."""
        if wanted.acknowledge_by is not None and wanted.acknowledge_by <= ordered_at:
            raise AcknowledgeByTooEarly
        reason = free_text(wanted.override_reason, field="overrideReason")
        return replace(wanted, override_reason=reason, priority=wanted.priority or alarm_priority)

    def send_proposed(self, wanted: UnitOrdered, alarm_priority: str | None, ordered_at: datetime) -> UnitOrdered:
        """The dispatcher decides: the proposed unit, or with a reason another one."""
        if self.stage is Stage.OVER:
            raise OrderIsOver
        if self.stage is not Stage.PROPOSED:
            raise OrderIsSent
        if wanted.alarm != self.alarm:
            raise OrderOfAnotherAlarm
        if wanted.unit != self.unit and not wanted.override_reason.strip():
            raise OverrideNeedsReason
        return self.send(wanted, alarm_priority, ordered_at)

    @staticmethod
    def bypassed(above: tuple[OrganisationId, ...], ordering: OrganisationId) -> tuple[OrganisationId, ...]:
        """The levels passed over, of the unit's station and all above it; whoever stands elsewhere passes over none of them."""
        return above[1 : above.index(ordering)] if ordering in above else ()

    @property
    def arrived(self) -> bool:
        return self.stage >= Stage.ON_SCENE

    def acknowledge(self) -> OrderAcknowledged:
        self._insist_before(Stage.ACKNOWLEDGED)
        return OrderAcknowledged()

    def refuse(self, alarm: AlarmId, unit: UnitId, reason: str) -> OrderRefused:
        self._insist_on_alarm(alarm)
        self._insist_unacknowledged(unit)
        return OrderRefused(reason=required_text(reason, field="reason"))

    def set_out(self) -> UnitEnRoute:
        self._insist_before(Stage.EN_ROUTE)
        return UnitEnRoute()

    def arrive(self, alarm: AlarmId) -> UnitArrived:
        self._insist_on_alarm(alarm)
        self._insist_before(Stage.ON_SCENE)
        return UnitArrived()

    def check_in(self) -> UnitCheckedIn:
        self._insist_on_scene()
        return UnitCheckedIn()

    def miss_check_in(self, check_ins: int, number: int, limit: datetime, service_level: str) -> CheckInMissed:
        """Each in its turn, and only as long as nothing was heard."""
        self._insist_on_scene()
        if (check_ins, number) != (self.check_ins, self.missed + 1):
            raise CheckInHeard
        return CheckInMissed(check_ins=check_ins, number=number, limit=limit, service_level=service_level)

    def clear(self, unit: UnitId, disposition: str = "") -> UnitCleared:
        self._insist_on_unit(unit)
        self._insist_before(Stage.OVER)
        return UnitCleared(disposition=free_text(disposition, field="disposition"))

    def cancel(self, alarm: AlarmId, unit: UnitId, reason: str) -> OrderCancelled:
        """A proposal can be cancelled as well."""
        self._insist_on_alarm(alarm)
        self._insist_on_unit(unit)
        if self.stage is Stage.OVER:
            raise OrderIsOver
        return OrderCancelled(reason=required_text(reason, field="reason"))

    def preempt(self, alarm: AlarmId, unit: UnitId, reason: str, by_order: OrderId | None = None) -> UnitPreempted:
        self._insist_on_alarm(alarm)
        self._insist_on_unit(unit)
        self._insist_before(Stage.OVER)
        return UnitPreempted(by_order=by_order, reason=required_text(reason, field="reason"))

    def time_out(self, alarm: AlarmId, unit: UnitId, now: datetime) -> OrderTimedOut:
        self._insist_on_alarm(alarm)
        self._insist_unacknowledged(unit)
        if self.acknowledge_by is None or now <= self.acknowledge_by:
            raise LimitNotPassed
        return OrderTimedOut(limit=self.acknowledge_by)

    def escalate(self, level: int, timer: str, limit: datetime, service_level: str | None = None) -> OrderEscalated:
        self._insist_before(Stage.OVER)
        if level < 1:
            raise EscalationLevelTooLow
        if level in self.levels:
            raise EscalatedBefore
        return OrderEscalated(level=level, timer=required_text(timer, field="timer"), limit=limit, service_level=service_level)

    def correct(
        self, correction: CorrectionId, fact: OrderFact, corrects: int, reason: str, instant: datetime | None
    ) -> OrderFactCorrected:
        """In any stage; the event that was wrong stays as it is."""
        if instant is None:
            raise CorrectionLacksValue
        reason = required_text(reason, field="reason")
        return OrderFactCorrected(correction=correction, fact=fact, corrects=corrects, reason=reason, instant=instant)

    def _insist_on_alarm(self, alarm: AlarmId) -> None:
        if alarm != self.alarm:
            raise OrderOfAnotherAlarm

    def _insist_on_unit(self, unit: UnitId) -> None:
        if unit != self.unit:
            raise OrderOfAnotherUnit

    def _insist_before(self, stage: Stage) -> None:
        if self.stage is Stage.OVER:
            raise OrderIsOver
        if self.stage is Stage.PROPOSED:
            raise OrderNotSent
        if self.stage >= stage:
            raise OrderIsBeyond

    def _insist_on_scene(self) -> None:
        self._insist_before(Stage.OVER)
        if self.stage is not Stage.ON_SCENE:
            raise OrderNotOnScene

    def _insist_unacknowledged(self, unit: UnitId) -> None:
        self._insist_on_unit(unit)
        self._insist_before(Stage.OVER)
        if self.stage is not Stage.ORDERED:
            raise OrderIsAcknowledged

    @classmethod
    def begin(cls, event: OrderProposed | UnitOrdered) -> DispatchOrder:
        match event:
            case OrderProposed():
                return cls(alarm=event.alarm, unit=event.unit, stage=Stage.PROPOSED)
            case UnitOrdered():
                return cls(alarm=event.alarm, unit=event.unit, stage=Stage.ORDERED, acknowledge_by=event.acknowledge_by)
            case _:
                assert_never(event)

    def apply(self, event: OrderChange) -> DispatchOrder:  # noqa: PLR0911 - one line for each event
        match event:
            case UnitOrdered(unit=unit, acknowledge_by=limit):
                return evolve(self, unit=unit, acknowledge_by=limit, stage=Stage.ORDERED)
            case OrderAcknowledged():
                return evolve(self, stage=Stage.ACKNOWLEDGED)
            case UnitEnRoute():
                return evolve(self, stage=Stage.EN_ROUTE)
            case UnitArrived():
                return evolve(self, stage=Stage.ON_SCENE)
            case UnitCheckedIn():
                return evolve(self, check_ins=self.check_ins + 1, missed=0)
            case CheckInMissed(number=number):
                return evolve(self, missed=number)
            case OrderRefused() | UnitCleared() | OrderCancelled() | UnitPreempted() | OrderTimedOut():
                return evolve(self, stage=Stage.OVER)
            case OrderEscalated(level=level):
                return evolve(self, levels=self.levels | {level})
            case OrderFactCorrected():
                return self
            case _:
                assert_never(event)
