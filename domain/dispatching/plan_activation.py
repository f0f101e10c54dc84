"""A response plan in motion: which of its steps are done, skipped or late, until it is ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, assert_never

from domain.dispatching.events import PlanActivated, PlanActivationChange, PlanEnded, StepDone, StepEscalated, StepSkipped
from domain.dispatching.response_plan import ResponsePlan
from domain.events import Event
from domain.evolving import evolve
from domain.ids import AlarmId, ResponsePlanId
from domain.rules import InvalidTransition, InvalidValue, NotFound, free_text, required_text


class PlanHasNoSuchStep(NotFound):
    """The plan has no step with this code.

    该预案没有此代码的步骤。
    """

    on = "step"


class StepIsSettled(InvalidTransition):
    """The step is done or skipped already.

    该步骤已完成或已跳过。
    """

    on = "step"


class StepEscalatedBefore(InvalidTransition):
    """The step was brought to notice before.

    该步骤已升级告警。
    """

    on = "step"


class PlanIsOver(InvalidTransition):
    """The plan is ended for this alarm.

    该警情的预案已终止。
    """


class OpenStepsNeedReason(InvalidValue):
    """Steps are open; do or skip them, or say why the plan ends without them.

    尚有未完成的步骤；请先完成或跳过，或说明提前终止的理由。
    """

    on = "reason"


@dataclass(frozen=True)
class PlanActivation:
    """The activation of a response plan (启动预案) for one alarm."""

    begins: ClassVar[tuple[type[Event], ...]] = (PlanActivated,)

    alarm: AlarmId
    steps: tuple[str, ...]
    settled: frozenset[str] = frozenset()
    escalated: frozenset[str] = frozenset()
    over: bool = False

    @staticmethod
    def activate(alarm: AlarmId, plan: ResponsePlanId, version: ResponsePlan) -> PlanActivated:
        version.insist_on_active(field="responsePlan")
        content = version.content
        return PlanActivated(alarm=alarm, plan=plan, code=version.code, edition=version.edition, units=content.units, steps=content.steps)

    def do(self, step: str) -> StepDone:
        self._insist_on_open(step)
        return StepDone(step=step)

    def skip(self, step: str, reason: str) -> StepSkipped:
        self._insist_on_open(step)
        return StepSkipped(step=step, reason=required_text(reason, field="reason"))

    def escalate(self, step: str, limit: datetime) -> StepEscalated:
        self._insist_on_open(step)
        if step in self.escalated:
            raise StepEscalatedBefore
        return StepEscalated(step=step, limit=limit)

    def end(self, reason: str) -> PlanEnded:
        if self.over:
            raise PlanIsOver
        left = tuple(each for each in self.steps if each not in self.settled)
        reason = free_text(reason, field="reason")
        if left and not reason:
            raise OpenStepsNeedReason
        return PlanEnded(reason=reason, left=left)

    def _insist_on_open(self, step: str) -> None:
        if self.over:
            raise PlanIsOver
        if step not in self.steps:
            raise PlanHasNoSuchStep
        if step in self.settled:
            raise StepIsSettled

    @classmethod
    def begin(cls, event: PlanActivated) -> PlanActivation:
        return cls(alarm=event.alarm, steps=tuple(each.code for each in event.steps))

    def apply(self, event: PlanActivationChange) -> PlanActivation:
        match event:
            case StepDone(step=step) | StepSkipped(step=step):
                return evolve(self, settled=self.settled | {step})
            case StepEscalated(step=step):
                return evolve(self, escalated=self.escalated | {step})
            case PlanEnded():
                return evolve(self, over=True)
            case _:
                assert_never(event)
