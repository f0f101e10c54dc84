"""Service levels: sound limits, one version after the other, the nearest limit, and what is late by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.dispatching import orders
from application.dispatching.duties import ActiveLimits, RunningOrder, escalate_late_orders
from domain.dispatching.events import AreaClass
from domain.ids import OrderId, ServiceLevelId
from domain.jurisdiction.events import ResponseLimit, ServiceLevelActivated, ServiceLevelRevised, ServiceLevelSuperseded
from domain.jurisdiction.limits import limit_for
from domain.jurisdiction.service_level import (
    ActivationTooEarly,
    LimitsAmbiguous,
    LimitsIncomplete,
    ServiceLevel,
    ServiceLevelCodeMalformed,
    ServiceLevelIsNoDraft,
    ServiceLevelNotActive,
)
from features.city import MORNING

FOR_ALL = ResponseLimit(acknowledgement=60)
URBAN = ResponseLimit(AreaClass.URBAN, acknowledgement=30, arrival=300, first_feedback=600)
URGENT = ResponseLimit(None, "1", acknowledgement=20)
URBAN_URGENT = ResponseLimit(AreaClass.URBAN, "1", acknowledgement=10)
LIMITS = (FOR_ALL, URBAN, URGENT, URBAN_URGENT)
LATER = MORNING + timedelta(hours=1)
OTHER, ORDER = ServiceLevelId(UUID(int=1)), OrderId(UUID(int=2))


def level(*events: ServiceLevelActivated | ServiceLevelSuperseded) -> ServiceLevel:
    state = ServiceLevel.begin(ServiceLevel.draft("2026-1", LIMITS))
    for event in events:
        state = state.apply(event)
    return state


def test_limits_are_sound():
    with pytest.raises(ServiceLevelCodeMalformed):
        ServiceLevel.draft("of 2026", LIMITS)
    for limits in ((), (ResponseLimit(priority="1"),), (ResponseLimit(arrival=0),), (FOR_ALL, ResponseLimit(arrival=-5))):
        with pytest.raises(LimitsIncomplete):
            ServiceLevel.draft("2026-1", limits)
    with pytest.raises(LimitsAmbiguous):
        ServiceLevel.draft("2026-1", (URBAN, replace(URBAN, arrival=1)))


def test_a_draft_is_revised_until_it_is_active():
    assert level().revise((FOR_ALL,)) == ServiceLevelRevised(limits=(FOR_ALL,))
    assert level().revise(LIMITS) is None
    active = level(level().activate(LATER, MORNING))
    with pytest.raises(ServiceLevelIsNoDraft):
        active.revise((FOR_ALL,))
    with pytest.raises(ServiceLevelIsNoDraft):
        active.activate(LATER, MORNING)


def test_nobody_is_measured_by_what_was_not_known():
    assert level().activate(MORNING, MORNING) == ServiceLevelActivated(active_from=MORNING)
    with pytest.raises(ActivationTooEarly):
        level().activate(MORNING, LATER)


def test_only_what_is_active_is_superseded_and_only_after_it_began():
    active = level(ServiceLevelActivated(active_from=MORNING))
    assert active.supersede(OTHER, LATER) == ServiceLevelSuperseded(active_to=LATER, superseded_by=OTHER)
    with pytest.raises(ActivationTooEarly):
        active.supersede(OTHER, MORNING)
    for state in (level(), active.apply(ServiceLevelSuperseded(active_to=LATER, superseded_by=OTHER))):
        with pytest.raises(ServiceLevelNotActive):
            state.supersede(OTHER, LATER + timedelta(1))


@pytest.mark.parametrize(
    ("area", "priority", "nearest"),
    [
        (AreaClass.URBAN, "1", URBAN_URGENT),
        (AreaClass.URBAN, "2", URBAN),
        (AreaClass.URBAN, None, URBAN),
        (AreaClass.RURAL, "1", URGENT),
        (AreaClass.RURAL, "2", FOR_ALL),
        (None, None, FOR_ALL),
    ],
)
def test_the_nearest_limit_counts(area: AreaClass | None, priority: str | None, nearest: ResponseLimit):
    assert limit_for(LIMITS, area, priority) == nearest


def test_without_a_limit_for_it_nothing_is_limited():
    assert limit_for((URBAN,), AreaClass.RURAL, "1") is None


ACTIVE = ActiveLimits("2026-1", LIMITS, MORNING, LATER)
SENT = RunningOrder(ORDER, AreaClass.URBAN, "2", MORNING, acknowledged=False, arrived_at=None, fed_back=False, level=0)


def late(after: int, order: RunningOrder = SENT, *active: ActiveLimits) -> list[bytes]:
    return [each.content for each in escalate_late_orders(MORNING + timedelta(seconds=after), [order], active or (ACTIVE,))]


def escalated(level: int, timer: str, seconds: int) -> bytes:
    return orders.escalate_late(ORDER, level, timer, MORNING + timedelta(seconds=seconds), "2026-1").content


def test_an_order_is_late_by_what_has_not_come():
    assert late(30) == []
    assert late(31) == [escalated(1, "ACKNOWLEDGEMENT", 30)]
    assert late(301) == [escalated(1, "ACKNOWLEDGEMENT", 30), escalated(2, "ARRIVAL", 300)]
    assert late(301, replace(SENT, level=1)) == [escalated(2, "ARRIVAL", 300)]
    assert late(301, replace(SENT, acknowledged=True)) == [escalated(2, "ARRIVAL", 300)]
    there = replace(SENT, acknowledged=True, arrived_at=MORNING + timedelta(seconds=100))
    assert late(700, there) == []
    assert late(701, there) == [escalated(3, "FIRST_FEEDBACK", 700)]
    assert late(701, replace(there, fed_back=True)) == []


def test_limits_measure_what_was_ordered_while_they_were_active():
    assert late(9_999, replace(SENT, ordered_at=MORNING - timedelta(seconds=1))) == []
    assert late(9_999, replace(SENT, ordered_at=LATER)) == []
    next_ones = ActiveLimits("2026-2", (replace(FOR_ALL, acknowledgement=5_000),), LATER, None)
    assert late(9_999, replace(SENT, ordered_at=LATER), ACTIVE, next_ones) == [
        orders.escalate_late(ORDER, 1, "ACKNOWLEDGEMENT", LATER + timedelta(seconds=5_000), "2026-2").content
    ]


@given(st.lists(st.integers(0, 6), max_size=6), st.integers(-2, 8))
def test_versions_that_follow_each_other_never_measure_at_once(starts: list[int], moment: int):
    """Each is activated in place of the one before it, or not at all."""
    hours = [MORNING + timedelta(hours=start) for start in starts]
    chain: list[ServiceLevel] = []
    for start in hours:
        try:
            new = level(level().activate(start, MORNING))
            old = chain[-1].apply(chain[-1].supersede(OTHER, start)) if chain else None
        except ActivationTooEarly:
            continue
        chain = [*chain[:-1], *([old] if old else []), new]
    at = MORNING + timedelta(hours=moment)
    measuring = [
        each for each in chain if each.active_from and ActiveLimits("", each.limits, each.active_from, each.active_to).measures(at)
    ]
    assert len(measuring) == (1 if chain and chain[0].active_from and at >= chain[0].active_from else 0)
