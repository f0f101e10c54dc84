"""What a dispatch order decides at each stage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from uuid import UUID

import pytest

from domain.dispatching.events import (
    OrderAcknowledged,
    OrderCancelled,
    OrderEscalated,
    OrderFact,
    OrderProposed,
    OrderRefused,
    OrderTimedOut,
    UnitArrived,
    UnitCleared,
    UnitEnRoute,
    UnitOrdered,
    UnitPreempted,
)
from domain.dispatching.order import DispatchOrder, Stage
from domain.dispatching.rules import (
    AcknowledgeByTooEarly,
    CorrectionLacksValue,
    EscalatedBefore,
    EscalationLevelTooLow,
    LimitNotPassed,
    OrderIsAcknowledged,
    OrderIsBeyond,
    OrderIsOver,
    OrderIsSent,
    OrderNotSent,
    OrderOfAnotherAlarm,
    OrderOfAnotherUnit,
    OverrideNeedsReason,
)
from domain.events import Event
from domain.ids import AlarmId, CorrectionId, OrganisationId, UnitId
from domain.rules import Rejected, TextMissing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIMIT = NOON + timedelta(minutes=2)
ALARM, ELSEWHERE = AlarmId(UUID(int=1)), AlarmId(UUID(int=2))
UNIT, ANOTHER = UnitId(UUID(int=3)), UnitId(UUID(int=4))
PROPOSED = OrderProposed(alarm=ALARM, unit=UNIT)
ORDERED = UnitOrdered(alarm=ALARM, unit=UNIT, acknowledge_by=LIMIT)
ACKNOWLEDGED, EN_ROUTE, ARRIVED, CLEARED = OrderAcknowledged(), UnitEnRoute(), UnitArrived(), UnitCleared()
ENDS = [
    CLEARED,
    OrderRefused(reason="far"),
    OrderCancelled(reason="solved"),
    UnitPreempted(by_order=None, reason="fire"),
    OrderTimedOut(limit=LIMIT),
]

FORWARD = [
    (Stage.ACKNOWLEDGED, DispatchOrder.acknowledge),
    (Stage.EN_ROUTE, DispatchOrder.set_out),
    (Stage.ON_SCENE, lambda it: it.arrive(ALARM)),
    (Stage.OVER, lambda it: it.clear(UNIT)),
]
REACHED = {
    Stage.ORDERED: [ORDERED],
    Stage.ACKNOWLEDGED: [ORDERED, ACKNOWLEDGED],
    Stage.EN_ROUTE: [ORDERED, EN_ROUTE],
    Stage.ON_SCENE: [ORDERED, ARRIVED],
}


def order(*events: Event) -> DispatchOrder:
    begin, *then = events
    return reduce(DispatchOrder.apply, then, DispatchOrder.begin(begin))  # type: ignore[arg-type]


@pytest.mark.parametrize("stage", REACHED)
@pytest.mark.parametrize(("target", "report"), FORWARD)
def test_an_order_goes_forward_over_any_number_of_stages_and_never_back(stage: Stage, target: Stage, report):
    state = order(*REACHED[stage])
    if target > stage:
        assert state.apply(report(state)).stage is target
    else:
        with pytest.raises(OrderIsBeyond):
            report(state)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    "act",
    [
        *(report for _, report in FORWARD),
        lambda it: it.refuse(ALARM, UNIT, "far"),
        lambda it: it.cancel(ALARM, UNIT, "solved"),
        lambda it: it.preempt(ALARM, UNIT, "fire"),
        lambda it: it.time_out(ALARM, UNIT, LIMIT + timedelta(seconds=1)),
        lambda it: it.escalate(1, "ack", LIMIT),
        lambda it: it.send_proposed(ORDERED, None, NOON),
    ],
)
def test_nothing_follows_the_end_of_an_order(end: Event, act):
    with pytest.raises(OrderIsOver):
        act(order(ORDERED, end))


@pytest.mark.parametrize(
    "act",
    [*(report for _, report in FORWARD), lambda it: it.refuse(ALARM, UNIT, "far"), lambda it: it.preempt(ALARM, UNIT, "fire")],
)
def test_a_proposal_is_no_order_yet(act):
    with pytest.raises(OrderNotSent):
        act(order(PROPOSED))


def test_a_proposal_is_sent_or_cancelled():
    assert order(PROPOSED).send_proposed(ORDERED, None, NOON) == ORDERED
    assert order(PROPOSED).cancel(ALARM, UNIT, "solved") == OrderCancelled(reason="solved")
    with pytest.raises(OrderIsSent):
        order(PROPOSED, ORDERED).send_proposed(ORDERED, None, NOON)


def test_another_unit_than_the_proposed_one_needs_a_reason():
    other = UnitOrdered(alarm=ALARM, unit=ANOTHER)
    with pytest.raises(OverrideNeedsReason):
        order(PROPOSED).send_proposed(other, None, NOON)
    reasoned = UnitOrdered(alarm=ALARM, unit=ANOTHER, override_reason="knows the place")
    assert order(PROPOSED, order(PROPOSED).send_proposed(reasoned, None, NOON)).unit == ANOTHER


def test_a_proposal_for_one_alarm_is_not_sent_to_another():
    with pytest.raises(OrderOfAnotherAlarm):
        order(PROPOSED).send_proposed(UnitOrdered(alarm=ELSEWHERE, unit=UNIT), None, NOON)


def test_an_order_takes_the_priority_of_its_alarm_unless_told_otherwise():
    plain = UnitOrdered(alarm=ALARM, unit=UNIT)
    assert DispatchOrder.send(plain, "2", NOON).priority == "2"
    assert DispatchOrder.send(UnitOrdered(alarm=ALARM, unit=UNIT, priority="E"), "2", NOON).priority == "E"


@pytest.mark.parametrize("limit", [NOON, NOON - timedelta(seconds=1)])
def test_the_limit_lies_after_the_order(limit: datetime):
    with pytest.raises(AcknowledgeByTooEarly):
        DispatchOrder.send(UnitOrdered(alarm=ALARM, unit=UNIT, acknowledge_by=limit), None, NOON)


@pytest.mark.parametrize(
    ("act", "rule"),
    [
        (lambda it: it.arrive(ELSEWHERE), OrderOfAnotherAlarm),
        (lambda it: it.refuse(ELSEWHERE, UNIT, "far"), OrderOfAnotherAlarm),
        (lambda it: it.cancel(ELSEWHERE, UNIT, "solved"), OrderOfAnotherAlarm),
        (lambda it: it.preempt(ELSEWHERE, UNIT, "fire"), OrderOfAnotherAlarm),
        (lambda it: it.time_out(ELSEWHERE, UNIT, LIMIT + timedelta(seconds=1)), OrderOfAnotherAlarm),
        (lambda it: it.clear(ANOTHER), OrderOfAnotherUnit),
        (lambda it: it.refuse(ALARM, ANOTHER, "far"), OrderOfAnotherUnit),
        (lambda it: it.cancel(ALARM, ANOTHER, "solved"), OrderOfAnotherUnit),
        (lambda it: it.preempt(ALARM, ANOTHER, "fire"), OrderOfAnotherUnit),
        (lambda it: it.time_out(ALARM, ANOTHER, LIMIT + timedelta(seconds=1)), OrderOfAnotherUnit),
    ],
)
def test_ids_that_do_not_belong_to_the_order_are_refused(act, rule: type[Rejected]):
    with pytest.raises(rule):
        act(order(ORDERED))


def test_an_order_times_out_only_past_its_limit():
    assert order(ORDERED).time_out(ALARM, UNIT, LIMIT + timedelta(microseconds=1)) == OrderTimedOut(limit=LIMIT)
    with pytest.raises(LimitNotPassed):
        order(ORDERED).time_out(ALARM, UNIT, LIMIT)
    with pytest.raises(LimitNotPassed):
        order(UnitOrdered(alarm=ALARM, unit=UNIT)).time_out(ALARM, UNIT, LIMIT + timedelta(days=1))


@pytest.mark.parametrize("reported", [ACKNOWLEDGED, EN_ROUTE, ARRIVED])
def test_what_is_acknowledged_neither_times_out_nor_is_refused(reported: Event):
    with pytest.raises(OrderIsAcknowledged):
        order(ORDERED, reported).time_out(ALARM, UNIT, LIMIT + timedelta(days=1))
    with pytest.raises(OrderIsAcknowledged):
        order(ORDERED, reported).refuse(ALARM, UNIT, "far")


def test_each_level_of_escalation_comes_once():
    first = order(ORDERED).escalate(1, "acknowledgement", LIMIT)
    assert first == OrderEscalated(level=1, timer="acknowledgement", limit=LIMIT)
    assert order(ORDERED, first).escalate(2, "acknowledgement", LIMIT).level == 2
    with pytest.raises(EscalatedBefore):
        order(ORDERED, first).escalate(1, "arrival", LIMIT)
    with pytest.raises(EscalationLevelTooLow):
        order(ORDERED).escalate(0, "arrival", LIMIT)


@pytest.mark.parametrize(
    "act",
    [
        lambda it: it.refuse(ALARM, UNIT, " "),
        lambda it: it.cancel(ALARM, UNIT, ""),
        lambda it: it.preempt(ALARM, UNIT, ""),
        lambda it: it.correct(CorrectionId(ALARM), OrderFact.ARRIVED_AT, 3, " ", NOON),
    ],
)
def test_reasons_are_not_empty(act):
    with pytest.raises(TextMissing):
        act(order(ORDERED))


def test_a_correction_brings_the_right_time_even_after_the_end():
    state = order(ORDERED, CLEARED)
    assert state.correct(CorrectionId(ALARM), OrderFact.ARRIVED_AT, 3, "clock was wrong", NOON).instant == NOON
    with pytest.raises(CorrectionLacksValue):
        state.correct(CorrectionId(ALARM), OrderFact.ARRIVED_AT, 3, "clock was wrong", None)


@pytest.mark.parametrize(
    ("ordering", "bypassed"),
    [("CQ", ("N",)), ("N", ()), ("N-1", ()), ("S", ()), ("owner", ())],
)
def test_an_order_passes_over_the_levels_between_who_orders_and_the_station(ordering: str, bypassed: tuple[str, ...]) -> None:
    above = tuple(map(OrganisationId, ("N-1", "N", "CQ")))
    assert DispatchOrder.bypassed(above, OrganisationId(ordering)) == bypassed
    assert DispatchOrder.bypassed((), OrganisationId(ordering)) == ()
