"""Crews on scene that are heard from or not, and the limit of an order to which none was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.dispatching import orders
from application.dispatching.duties import BACKLOG, ActiveLimits, CrewOnScene, miss_check_ins
from domain.dispatching.events import (
    AreaClass,
    CheckInMissed,
    OrderAcknowledged,
    OrderChange,
    OrderProposed,
    UnitArrived,
    UnitCleared,
    UnitOrdered,
)
from domain.dispatching.order import DispatchOrder
from domain.dispatching.rules import CheckInHeard, OrderIsOver, OrderNotOnScene, OrderNotSent
from domain.ids import AlarmId, OrderId, UnitId
from domain.jurisdiction.events import ResponseLimit
from domain.jurisdiction.limits import LimitsInForce
from domain.rules import Rejected

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ALARM, UNIT, ORDER = AlarmId(UUID(int=1)), UnitId(UUID(int=2)), OrderId(UUID(int=3))
ORDERED = UnitOrdered(alarm=ALARM, unit=UNIT)
LEVEL = "2026-1"


def order(*events: OrderChange) -> DispatchOrder:
    state = DispatchOrder.begin(ORDERED)
    for event in events:
        state = state.apply(event)
    return state


def missed(number: int, after: int = 0) -> CheckInMissed:
    return CheckInMissed(check_ins=after, number=number, limit=NOON, service_level=LEVEL)


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (DispatchOrder.begin(OrderProposed(alarm=ALARM, unit=UNIT)), OrderNotSent),
        (order(OrderAcknowledged()), OrderNotOnScene),
        (order(UnitArrived(), UnitCleared()), OrderIsOver),
    ],
)
def test_a_crew_checks_in_while_it_is_on_scene(state: DispatchOrder, refusal: type[Rejected]) -> None:
    with pytest.raises(refusal):
        state.check_in()
    with pytest.raises(refusal):
        state.miss_check_in(0, 1, NOON, LEVEL)


@given(st.lists(st.one_of(st.just(None), st.tuples(st.integers(0, 3), st.integers(1, 4)))))
def test_each_check_in_is_missed_once_in_its_turn_and_none_after_the_crew_was_heard(acts: list[tuple[int, int] | None]) -> None:
    """None is a check-in, a pair what some sweep believes to be missed."""
    state, heard, row = order(UnitArrived()), 0, 0
    for act in acts:
        if act is None:
            state, heard, row = state.apply(state.check_in()), heard + 1, 0
        elif act == (heard, row + 1):
            state, row = state.apply(state.miss_check_in(*act, NOON, LEVEL)), row + 1
        else:
            with pytest.raises(CheckInHeard):
                state.miss_check_in(*act, NOON, LEVEL)


ACTIVE = ActiveLimits(LEVEL, (ResponseLimit(check_in=600), ResponseLimit(priority="9", arrival=60)), NOON, None)
CREW = CrewOnScene(ORDER, AreaClass.URBAN, "1", NOON, NOON, check_ins=2, missed=0)


def due(seconds: int, crew: CrewOnScene = CREW) -> list[bytes]:
    return [each.content for each in miss_check_ins(NOON + timedelta(seconds=seconds), [crew], [ACTIVE])]


def told(number: int) -> bytes:
    return orders.miss_check_in(ORDER, 2, number, NOON + timedelta(seconds=600 * number), LEVEL).content


def test_what_did_not_come_is_told_late_rather_than_never_and_by_the_same_commands() -> None:
    assert due(600) == []
    assert due(601) == [told(1)]
    assert due(1_801) == [told(1), told(2), told(3)]
    assert due(1_801, replace(CREW, missed=2)) == [told(3)]
    assert len(due(600 * (BACKLOG + 5))) == BACKLOG
    assert due(9_999, replace(CREW, priority="9")) == []
    assert due(9_999, replace(CREW, ordered_at=NOON - timedelta(1))) == []


LIMITS = LimitsInForce(LEVEL, (ResponseLimit(priority="1", acknowledgement=60), ResponseLimit(arrival=600)))


def test_an_order_without_a_limit_takes_the_one_in_force() -> None:
    limit = NOON + timedelta(seconds=60)
    assert DispatchOrder.awaited(ORDERED, LIMITS, None, "1", NOON) == replace(ORDERED, acknowledge_by=limit, service_level=LEVEL)
    urgent = replace(ORDERED, priority="1")
    assert DispatchOrder.awaited(urgent, LIMITS, None, "2", NOON) == replace(urgent, acknowledge_by=limit, service_level=LEVEL)


@pytest.mark.parametrize(
    ("wanted", "limits", "priority"),
    [
        (replace(ORDERED, acknowledge_by=NOON + timedelta(1)), LIMITS, "1"),
        (replace(ORDERED, stacked=True), LIMITS, "1"),
        (ORDERED, LIMITS, "2"),
        (ORDERED, None, "1"),
    ],
)
def test_what_is_given_stands_and_what_waits_or_is_not_limited_has_none(
    wanted: UnitOrdered, limits: LimitsInForce | None, priority: str
) -> None:
    assert DispatchOrder.awaited(wanted, limits, None, priority, NOON) == wanted
