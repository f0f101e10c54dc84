"""Commands on response plans in motion. The dispatcher activates a plan; what fits an alarm is told by `plansForAlarm`."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command, internal
from domain.aggregates import Act
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import PlanActivated
from domain.dispatching.plan_activation import PlanActivation
from domain.dispatching.response_plan import ResponsePlan
from domain.ids import AlarmId, PlanActivationId, ResponsePlanId


@command
def activate(activation: PlanActivationId, alarm: AlarmId, response_plan: ResponsePlanId) -> Command:
    """Set a plan in motion for an alarm; the deadlines of its steps count from the effective time.

    对警情启动预案；各步骤时限自业务时间起算。
    """

    def decide(act: Act) -> PlanActivated:
        act.look(Alarm, alarm).insist_on_dispatchable()
        return PlanActivation.activate(alarm, response_plan, act.look(ResponsePlan, response_plan))

    return begin(PlanActivation, activation, decide, looks=((Alarm, alarm), (ResponsePlan, response_plan)))


@command
def do_step(activation: PlanActivationId, step: str) -> Command:
    """A step is done.

    步骤已完成。
    """
    return change(PlanActivation, activation, lambda it, _: it.do(step))


@command
def skip_step(activation: PlanActivationId, step: str, reason: str) -> Command:
    """A step is not done, and why.

    跳过步骤并说明理由。
    """
    return change(PlanActivation, activation, lambda it, _: it.skip(step, reason))


@command
def end(activation: PlanActivationId, reason: str = "") -> Command:
    """End the plan for the alarm; while steps are open, with a reason.

    终止该警情的预案；尚有未完成步骤时须说明理由。
    """
    return change(PlanActivation, activation, lambda it, _: it.end(reason))


@internal
def escalate_step(activation: PlanActivationId, step: str, limit: datetime) -> Command:
    """Bring a step to notice that was not done in time."""
    return change(PlanActivation, activation, lambda it, _: it.escalate(step, limit))
