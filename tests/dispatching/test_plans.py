"""Response plans: what a version must say, and what always holds of one in motion."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.dispatching.duties import AwaitedStep, escalate_late_steps
from domain.dispatching.events import (
    AreaClass,
    PlanActivated,
    PlanActivationChange,
    PlanStep,
    PlanTrigger,
    ResponsePlanAdopted,
    ResponsePlanRevised,
    ResponsePlanSuperseded,
    StepDone,
    StepEscalated,
    StepSkipped,
    WantedUnits,
)
from domain.dispatching.plan_activation import OpenStepsNeedReason, PlanActivation, PlanIsOver
from domain.dispatching.response_plan import (
    PlanCodeMalformed,
    PlanContent,
    PlanIsNoDraft,
    PlanNotActive,
    ResponsePlan,
    VersionOfAnotherPlan,
    WantedUnitsUnsound,
    fits,
)
from domain.ids import AlarmId, PlanActivationId, ResponsePlanId
from domain.rules import Rejected, TextMissing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ALARM, PLAN, OTHER = AlarmId(UUID(int=1)), ResponsePlanId(UUID(int=2)), ResponsePlanId(UUID(int=3))
CORDON, SEARCH = PlanStep("CORDON", "Cordon", "警戒", 60), PlanStep("SEARCH", "Search", "搜索", 120)
CONTENT = PlanContent("Fire", "火灾", PlanTrigger(("FIRE",)), (WantedUnits("LADDER", 2),), (CORDON, SEARCH))


def plan(*events: ResponsePlanAdopted | ResponsePlanSuperseded) -> ResponsePlan:
    state = ResponsePlan.begin(ResponsePlan.draft("FIRE", "2026-1", CONTENT))
    for event in events:
        state = state.apply(event)
    return state


ADOPTED = ResponsePlanAdopted(code="FIRE")
GONE = ResponsePlanSuperseded(superseded_by=OTHER)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (PlanContent("", "火灾", PlanTrigger(), (), (CORDON,)), TextMissing),
        (PlanContent("Fire", "火灾", PlanTrigger(), (WantedUnits("DOG", 0),), (CORDON,)), WantedUnitsUnsound),
        (PlanContent("Fire", "火灾", PlanTrigger(), (WantedUnits("DOG", 1), WantedUnits("DOG", 2)), (CORDON,)), WantedUnitsUnsound),
        (PlanContent("Fire", "火灾", PlanTrigger(), (), (PlanStep("two words", "a", "甲", 1),)), PlanCodeMalformed),
        (PlanContent("Fire", "火灾", PlanTrigger(), (), (PlanStep("A", "a", " ", 1),)), TextMissing),
    ],
)
def test_a_version_that_cannot_be_followed_is_refused(content: PlanContent, refusal: type[Rejected]) -> None:
    with pytest.raises(refusal):
        ResponsePlan.draft("FIRE", "2026-1", content)


def test_a_draft_is_revised_until_it_is_adopted() -> None:
    other = PlanContent("Fires", "火灾", PlanTrigger(), (), (CORDON,))
    assert plan().revise(CONTENT) is None
    assert isinstance(plan().revise(other), ResponsePlanRevised)
    with pytest.raises(PlanIsNoDraft):
        plan(ADOPTED).revise(other)
    with pytest.raises(PlanIsNoDraft):
        plan(ADOPTED).adopt()


def test_a_version_gives_way_to_one_of_its_own_plan() -> None:
    assert plan(ADOPTED).supersede(OTHER, "FIRE") == GONE
    with pytest.raises(VersionOfAnotherPlan):
        plan(ADOPTED).supersede(OTHER, "FLOOD")
    for state in (plan(), plan(ADOPTED, GONE)):
        with pytest.raises(PlanNotActive):
            state.supersede(OTHER, "FIRE")
        with pytest.raises(PlanNotActive):
            PlanActivation.activate(ALARM, PLAN, state)


@pytest.mark.parametrize(
    ("trigger", "respects"),
    [
        (PlanTrigger(), 0),
        (PlanTrigger(("FIRE",)), 1),
        (PlanTrigger(("FIRE", "FLOOD"), ("1",)), 2),
        (PlanTrigger(("FIRE",), ("2",)), 0),
        (PlanTrigger((), ("1",), (AreaClass.URBAN,)), 2),
        (PlanTrigger((), (), (AreaClass.RURAL,)), 0),
    ],
)
def test_a_trigger_fits_in_as_many_respects_as_it_names(trigger: PlanTrigger, respects: int) -> None:
    assert fits(trigger, "FIRE", "1", AreaClass.URBAN) == respects


def test_what_is_not_known_of_an_alarm_fits_no_trigger_that_asks_for_it() -> None:
    assert fits(PlanTrigger(("FIRE",)), None, None, None) == 0


def activated() -> PlanActivation:
    return PlanActivation.begin(PlanActivation.activate(ALARM, PLAN, plan(ADOPTED)))


def test_an_activation_takes_along_what_the_version_said() -> None:
    event = PlanActivation.activate(ALARM, PLAN, plan(ADOPTED))
    assert event == PlanActivated(alarm=ALARM, plan=PLAN, code="FIRE", edition="2026-1", units=CONTENT.units, steps=CONTENT.steps)


ACTS: dict[str, Callable[[PlanActivation, str], PlanActivationChange]] = {
    "do": lambda it, step: it.do(step),
    "skip": lambda it, step: it.skip(step, "no need"),
    "escalate": lambda it, step: it.escalate(step, NOON),
    "end": lambda it, _: it.end(""),
    "end with a reason": lambda it, _: it.end("over"),
}
acts = st.lists(st.tuples(st.sampled_from(list(ACTS)), st.sampled_from(["CORDON", "SEARCH", "X"])))


@given(acts)
def test_each_step_is_settled_and_escalated_once_at_most_and_nothing_follows_the_end(sequence: list[tuple[str, str]]) -> None:
    state = activated()
    told: list[PlanActivationChange] = []
    for act, code in sequence:
        try:
            event = ACTS[act](state, code)
        except Rejected:
            continue
        assert not state.over
        told.append(event)
        state = state.apply(event)
    settled = [each.step for each in told if isinstance(each, StepDone | StepSkipped)]
    escalated = [each.step for each in told if isinstance(each, StepEscalated)]
    assert len(set(settled)) == len(settled)
    assert len(set(escalated)) == len(escalated)
    assert {*settled, *escalated} <= {"CORDON", "SEARCH"}


def test_a_plan_ends_without_a_reason_only_when_nothing_is_open() -> None:
    with pytest.raises(OpenStepsNeedReason):
        activated().end(" ")
    left = activated().apply(StepDone(step="CORDON"))
    assert left.end("over").left == ("SEARCH",)
    done = left.apply(StepSkipped(step="SEARCH", reason="no need"))
    assert done.end("").left == ()
    with pytest.raises(PlanIsOver):
        done.apply(done.end("")).do("CORDON")


def test_late_steps_are_escalated_in_the_order_in_which_they_were_due_by_the_same_commands_each_time() -> None:
    first, second = PlanActivationId(UUID(int=5)), PlanActivationId(UUID(int=4))
    awaited = [
        AwaitedStep(second, "CORDON", NOON),
        AwaitedStep(first, "SEARCH", NOON - timedelta(seconds=1)),
        AwaitedStep(first, "ROOF", NOON + timedelta(seconds=1)),
    ]
    assert escalate_late_steps(NOON, awaited[:1]) == []
    now = NOON + timedelta(seconds=1)
    commands = escalate_late_steps(now, awaited)
    assert [each.subject for each in commands] == [first, second]
    later = escalate_late_steps(now + timedelta(hours=1), awaited)
    assert [each.content for each in later[:2]] == [each.content for each in commands]
