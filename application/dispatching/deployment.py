"""What can be read of deployment plans, and what is asked about them: how far units were on duty where they were wanted (R29)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from application.access import SeenBy
from application.oversight.statistics import AsOf, Period
from application.views import View
from domain.dispatching.events import DeploymentGrounds, DeploymentSlot
from domain.ids import DeploymentPlanId, OfficerId, OrganisationId


class DeploymentState(StrEnum):
    """Whether a deployment plan is a draft, is published, or another took over from a day on.

    布警方案状态：草案、已发布、被取代。
    """

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    SUPERSEDED = "SUPERSEDED"


class DeploymentPlanView(View):
    """How many units an organisation wants on which hours of the week, from a day until before another, and why.

    布警方案：某机构在有效期内各时段所需单位数及其统计依据。
    """

    filters = ("organisation", "state", "valid_from")
    orders = ("valid_from", "drafted_at")

    id: DeploymentPlanId
    version: int
    organisation: OrganisationId
    state: DeploymentState
    valid_from: date
    valid_to: date
    slots: tuple[DeploymentSlot, ...]
    grounds: DeploymentGrounds
    drafted_by: OfficerId
    drafted_at: datetime
    published_at: datetime | None
    superseded_by: DeploymentPlanId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotActual:
    """One slot of a plan over all its days in the period, in unit-minutes.

    方案中一个时段在统计期内的合计，单位为“单位·分钟”。
    """

    deployment_plan: DeploymentPlanId
    slot: DeploymentSlot
    days: int
    wanted_minutes: int
    on_duty_minutes: int
    met_minutes: int
    out_of_service_minutes: int
    percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentActual:
    """Unit-minutes in which as many units were on duty as were wanted, of the unit-minutes wanted by the published plans.

    Units count that stand in the organisation or below it. Out of service is not on duty, and is told apart. Time to come does not count.

    在岗满足的“单位·分钟”占已发布布警方案所需“单位·分钟”的比例；含下级机构单位，停用时间另列，未来时间不计。
    """

    since: datetime
    until: datetime
    days: int
    planned_days: int
    slots: tuple[SlotActual, ...]
    wanted_minutes: int
    on_duty_minutes: int
    met_minutes: int
    out_of_service_minutes: int
    percent: float | None
    position: int


class Deployment(Protocol):
    """The figure on deployment, within what whoever asks may see."""

    async def actual(self, organisation: OrganisationId, period: Period, as_of: AsOf) -> DeploymentActual: ...


SeenDeployment = SeenBy[Deployment]
