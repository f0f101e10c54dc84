"""Commands on build plans."""

from __future__ import annotations

from application.commands import Command, begin, change, command
from application.naming import naming
from domain.ids import BuildPlanId, DivisionCode, OrganisationId
from domain.oversight.build_plan import BuildPlan
from domain.oversight.events import BuildKind, BuildPlanSet, BuildStage, Milestone


@command
def set(
    plan: BuildPlanId,
    organisation: OrganisationId,
    device_kind: BuildKind,
    milestones: tuple[Milestone, ...],
    division: DivisionCode | None = None,
    standard: str = "",
) -> Command:
    """Set how many devices of a kind an organisation plans, and is to have built, networked and accepted by when.

    制定某单位某类设备的建设方案及各阶段时间节点。
    """

    def decide(_: object) -> BuildPlanSet:
        wanted = BuildPlanSet(
            organisation=organisation, division=division, device_kind=device_kind, milestones=milestones, standard=standard
        )
        return BuildPlan.set(wanted)

    named = {"division": division}
    return naming(begin(BuildPlan, plan, decide), divisions=named, organisations={"organisation": organisation})


@command
def revise(plan: BuildPlanId, milestones: tuple[Milestone, ...], reason: str) -> Command:
    """Give the plan other milestones; those it had stay on record.

    调整建设方案的时间节点，原节点保留可查。
    """
    return change(BuildPlan, plan, lambda it, _: it.revise(milestones, reason))


@command
def record_progress(plan: BuildPlanId, stage: BuildStage, quantity: int, reason: str = "") -> Command:
    """Record how many devices are built, networked or accepted in all; a lower number than before needs a reason.

    登记已建、已联网或已验收的累计数量；数量减少须说明原因。
    """
    return change(BuildPlan, plan, lambda it, _: it.record_progress(stage, quantity, reason))


@command
def cancel(plan: BuildPlanId, reason: str) -> Command:
    """Cancel the plan: nothing is planned or counted under it any more.

    取消建设方案，此后不再计入。
    """
    return change(BuildPlan, plan, lambda it, _: it.cancel(reason))
