"""What a build plan decides, and what holds after any sequence of decisions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import OrganisationId
from domain.oversight.build_plan import (
    DONE,
    BuildPlan,
    BuildPlanIsCancelled,
    BuildPlanNeedsTotal,
    MilestoneBeyondPlan,
    MilestonesDoNotRise,
    MilestoneTooSmall,
    PlannedIsNoProgress,
    ProgressBelowZero,
    ProgressOutOfOrder,
)
from domain.oversight.events import BuildKind, BuildPlanCancelled, BuildPlanSet, BuildProgressRecorded, BuildStage, Milestone
from domain.rules import Rejected, TextMissing

PLANNED, BUILT, NETWORKED, ACCEPTED = BuildStage
DAY = date(2026, 3, 1)
TOTAL = Milestone(PLANNED, 100, DAY + timedelta(300))


def wanted(*milestones: Milestone) -> BuildPlanSet:
    return BuildPlanSet(organisation=OrganisationId("S-1"), division=None, device_kind=BuildKind.CAMERA, milestones=milestones)


def plan(*milestones: Milestone) -> BuildPlan:
    return BuildPlan.begin(BuildPlan.set(wanted(TOTAL, *milestones)))


def test_milestones_stand_by_stage_and_day():
    late, early = Milestone(BUILT, 60, DAY + timedelta(60)), Milestone(BUILT, 30, DAY)
    assert BuildPlan.set(wanted(late, early, TOTAL)).milestones == (TOTAL, early, late)


@pytest.mark.parametrize(
    ("rule", "milestones"),
    [
        (BuildPlanNeedsTotal, (Milestone(BUILT, 3, DAY),)),
        (MilestoneTooSmall, (TOTAL, Milestone(BUILT, 0, DAY))),
        (MilestonesDoNotRise, (TOTAL, Milestone(BUILT, 3, DAY), Milestone(BUILT, 4, DAY))),
        (MilestonesDoNotRise, (TOTAL, Milestone(BUILT, 3, DAY), Milestone(BUILT, 3, DAY + timedelta(1)))),
        (MilestoneBeyondPlan, (TOTAL, Milestone(ACCEPTED, 101, DAY))),
    ],
)
def test_what_makes_no_plan_is_refused(rule, milestones):
    with pytest.raises(rule):
        BuildPlan.set(wanted(*milestones))
    with pytest.raises(rule):
        plan().revise(milestones, "why")


def test_a_revision_to_the_same_is_none():
    assert plan().revise((TOTAL,), "why") is None
    with pytest.raises(TextMissing):
        plan().revise((TOTAL, Milestone(BUILT, 3, DAY)), " ")


def test_progress_is_told_of_what_is_done_and_in_order():
    assert plan().record_progress(BUILT, 120) == BuildProgressRecorded(stage=BUILT, quantity=120)
    assert plan().record_progress(BUILT, 0) is None
    with pytest.raises(PlannedIsNoProgress):
        plan().record_progress(PLANNED, 3)
    with pytest.raises(ProgressBelowZero):
        plan().record_progress(BUILT, -1)
    with pytest.raises(ProgressOutOfOrder):
        plan().record_progress(ACCEPTED, 1)


def test_a_cancelled_plan_takes_nothing_more():
    state = plan().apply(BuildPlanCancelled(reason="r"))
    for act in (lambda: state.record_progress(BUILT, 1), lambda: state.revise((TOTAL,), "r"), lambda: state.cancel("r")):
        with pytest.raises(BuildPlanIsCancelled):
            act()


@given(st.lists(st.tuples(st.sampled_from(BuildStage), st.integers(-1, 9), st.sampled_from(["", "recounted"])), max_size=30))
def test_whatever_is_told_no_stage_has_more_than_the_one_before(told):
    state = plan()
    for stage, quantity, reason in told:
        before = state
        try:
            event = state.record_progress(stage, quantity, reason)
        except Rejected:
            continue
        if event is not None:
            state = state.apply(event)
        assert state.done[stage] == quantity
        assert reason or all(state.done[each] >= before.done[each] for each in DONE)
    assert [state.done[each] for each in DONE] == sorted((state.done[each] for each in DONE), reverse=True)
    assert min(state.done.values()) >= 0
