"""Commands on the versions of response plans."""

from __future__ import annotations

from application.commands import Command, begin, change, command
from domain.aggregates import Act
from domain.dispatching.events import PlanStep, PlanTrigger, ResponsePlanSuperseded, WantedUnits
from domain.dispatching.response_plan import PlanContent, ResponsePlan
from domain.ids import ResponsePlanId

ANY = PlanTrigger()


@command
def draft(
    response_plan: ResponsePlanId,
    code: str,
    edition: str,
    name_en: str,
    name_zh: str,
    steps: tuple[PlanStep, ...],
    units: tuple[WantedUnits, ...] = (),
    trigger: PlanTrigger | None = None,
) -> Command:
    """Draft a version of a response plan: what it is meant for, what units it wants, and its steps with their deadlines.

    拟定一版预案：适用警情、所需警力、步骤及其时限。
    """
    content = PlanContent(name_en, name_zh, trigger or ANY, units, steps)
    return begin(ResponsePlan, response_plan, lambda _: ResponsePlan.draft(code, edition, content))


@command
def revise(
    response_plan: ResponsePlanId,
    name_en: str,
    name_zh: str,
    steps: tuple[PlanStep, ...],
    units: tuple[WantedUnits, ...] = (),
    trigger: PlanTrigger | None = None,
) -> Command:
    """Give a draft another content: this and no other.

    修改草案内容：仅以所列为准。
    """
    content = PlanContent(name_en, name_zh, trigger or ANY, units, steps)
    return change(ResponsePlan, response_plan, lambda it, _: it.revise(content))


@command
def adopt(response_plan: ResponsePlanId, supersedes: ResponsePlanId | None = None) -> Command:
    """Make a version the active one of its plan, in place of the one that is active. What is under way goes on as it was.

    启用该版预案，取代现行版本；已启动者不受影响。
    """
    adopted = change(ResponsePlan, response_plan, lambda it, _: it.adopt())
    if supersedes is None:
        return adopted

    def supersede(it: ResponsePlan, act: Act) -> ResponsePlanSuperseded:
        return it.supersede(response_plan, act.look(ResponsePlan, response_plan).code)

    return adopted & change(ResponsePlan, supersedes, supersede)
