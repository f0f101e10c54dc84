"""Commands on deployment plans."""

from __future__ import annotations

from datetime import date

from application.commands import Command, begin, change, command
from application.naming import naming
from domain.aggregates import Act
from domain.dispatching.deployment_plan import DeploymentContent, DeploymentPlan, insist_on_area, insist_on_record
from domain.dispatching.events import (
    DeploymentGrounds,
    DeploymentPlanDrafted,
    DeploymentPlanRevised,
    DeploymentPlanSuperseded,
    DeploymentSlot,
)
from domain.ids import DeploymentPlanId, OrganisationId


@command
def draft(
    deployment_plan: DeploymentPlanId,
    organisation: OrganisationId,
    valid_from: date,
    valid_to: date,
    slots: tuple[DeploymentSlot, ...],
    grounds: DeploymentGrounds,
) -> Command:
    """Draft how many units an organisation wants on which hours of the week, and from which figure that follows.

    拟定布警方案：各时段所需单位数及其统计依据。
    """
    content = DeploymentContent(valid_from, valid_to, slots, grounds)

    def decide(act: Act) -> DeploymentPlanDrafted:
        insist_on_area(act.named["organisation", organisation].kind)
        drafted = DeploymentPlan.draft(organisation, content)
        insist_on_record(grounds, act)
        return drafted

    drafted = begin(DeploymentPlan, deployment_plan, decide, reads=(grounds.position,))
    return naming(drafted, organisations={"organisation": organisation}, on=valid_from)


@command
def revise(
    deployment_plan: DeploymentPlanId,
    valid_from: date,
    valid_to: date,
    slots: tuple[DeploymentSlot, ...],
    grounds: DeploymentGrounds,
) -> Command:
    """Give a draft another content: this and no other.

    修改布警方案草案：仅以所列为准。
    """
    content = DeploymentContent(valid_from, valid_to, slots, grounds)

    def decide(it: DeploymentPlan, act: Act) -> DeploymentPlanRevised | None:
        revised = it.revise(content)
        insist_on_record(grounds, act)
        return revised

    return change(DeploymentPlan, deployment_plan, decide)._replace(reads=(grounds.position,))


@command
def publish(deployment_plan: DeploymentPlanId, supersedes: DeploymentPlanId | None = None) -> Command:
    """Let the organisation deploy by it; from its first day on it takes the place of the one that is published.

    发布布警方案，自其生效日起取代已发布的方案。
    """
    published = change(DeploymentPlan, deployment_plan, lambda it, _: it.publish())
    if supersedes is None:
        return published

    def supersede(it: DeploymentPlan, act: Act) -> DeploymentPlanSuperseded:
        return it.supersede(deployment_plan, act.look(DeploymentPlan, deployment_plan))

    return published & change(DeploymentPlan, supersedes, supersede)
