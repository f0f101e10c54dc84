"""Response plans, and how far they are where they were activated, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from application.dispatching.plan_views import ActivatedStepView, PlanActivationView, PlanState, ResponsePlanView, StepState
from domain.dispatching.events import (
    PlanActivated,
    PlanEnded,
    PlanStep,
    ResponsePlanAdopted,
    ResponsePlanDrafted,
    ResponsePlanRevised,
    ResponsePlanSuperseded,
    StepDone,
    StepEscalated,
    StepSkipped,
)
from domain.events import Recorded
from domain.ids import step_of
from infrastructure.projections.changes import Change, Insert, More, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

RESPONSE_PLANS = table_of(ResponsePlanView, "response_plans")
PLAN_ACTIVATIONS = table_of(PlanActivationView, "plan_activations", indexes=[("alarm",)])
PLAN_STEPS = table_of(ActivatedStepView, "plan_steps", indexes=[("activation",), ("alarm",), ("state", "due_at")])

on_plan = Handlers()
on_activation = Handlers()


@on_plan(ResponsePlanDrafted)
def plan_drafted(record: Recorded[ResponsePlanDrafted]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "code": event.code,
        "edition": event.edition,
        "state": PlanState.DRAFT,
        "drafted_by": record.by,
        "drafted_at": record.effective_at,
        **_content(event),
    }
    return (Insert(RESPONSE_PLANS, values),)


@on_plan(ResponsePlanRevised)
def plan_revised(record: Recorded[ResponsePlanRevised]) -> Iterable[Change]:
    return _plan(record, **_content(record.event))


@on_plan(ResponsePlanAdopted)
def plan_adopted(record: Recorded[ResponsePlanAdopted]) -> Iterable[Change]:
    return _plan(record, state=PlanState.ACTIVE, adopted_at=record.effective_at)


@on_plan(ResponsePlanSuperseded)
def plan_superseded(record: Recorded[ResponsePlanSuperseded]) -> Iterable[Change]:
    return _plan(record, state=PlanState.SUPERSEDED, superseded_by=record.event.superseded_by)


@on_activation(PlanActivated)
def plan_activated(record: Recorded[PlanActivated]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "alarm": event.alarm,
        "plan": event.plan,
        "code": event.code,
        "edition": event.edition,
        "units": event.units,
        "steps_open": len(event.steps),
        "activated_at": record.effective_at,
        "activated_by": record.by,
        "over": False,
        "end_reason": "",
    }
    return (Insert(PLAN_ACTIVATIONS, values), *(_step(record, number, step) for number, step in enumerate(event.steps, 1)))


@on_activation(StepDone)
def step_done(record: Recorded[StepDone]) -> Iterable[Change]:
    return _settled(record, StepState.DONE)


@on_activation(StepSkipped)
def step_skipped(record: Recorded[StepSkipped]) -> Iterable[Change]:
    return _settled(record, StepState.SKIPPED, reason=record.event.reason)


@on_activation(StepEscalated)
def step_escalated(record: Recorded[StepEscalated]) -> Iterable[Change]:
    return (_activation(record), _changed(record, record.event.step, escalated_at=record.effective_at))


@on_activation(PlanEnded)
def plan_ended(record: Recorded[PlanEnded]) -> Iterable[Change]:
    event = record.event
    ended = _activation(record, over=True, ended_at=record.effective_at, end_reason=event.reason, steps_open=0)
    return (ended, *(_changed(record, each, state=StepState.LEFT) for each in event.left))


def _content(event: ResponsePlanDrafted | ResponsePlanRevised) -> dict[str, Any]:
    return {name: getattr(event, name) for name in ("name_en", "name_zh", "trigger", "units", "steps")}


def _plan(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(RESPONSE_PLANS, record.originator_id, {"version": record.version, **values}),)


def _step(record: Recorded[PlanActivated], number: int, step: PlanStep) -> Change:
    values = {
        "id": step_of(record.originator_id, step.code),
        "version": record.version,
        "activation": record.originator_id,
        "alarm": record.event.alarm,
        "number": number,
        "code": step.code,
        "name_en": step.name_en,
        "name_zh": step.name_zh,
        "state": StepState.OPEN,
        "due_at": record.effective_at + timedelta(seconds=step.deadline),
        "reason": "",
    }
    return Insert(PLAN_STEPS, values)


def _settled(record: Recorded[StepDone] | Recorded[StepSkipped], state: StepState, **values: Any) -> Iterable[Change]:
    settled = _changed(record, record.event.step, state=state, settled_at=record.effective_at, settled_by=record.by, **values)
    return (_activation(record, steps_open=More(-1)), settled)


def _activation(record: Recorded[Any], **values: Any) -> Change:
    return Patch(PLAN_ACTIVATIONS, record.originator_id, {"version": record.version, **values})


def _changed(record: Recorded[Any], step: str, **values: Any) -> Change:
    return Patch(PLAN_STEPS, step_of(record.originator_id, step), {"version": record.version, **values})
