"""The events of response plans, of plans in motion, and of deployment plans."""

from __future__ import annotations

from datetime import date, datetime

from domain.dispatching.events.choices import DeploymentGrounds, DeploymentSlot, PlanStep, PlanTrigger, WantedUnits
from domain.events import Event
from domain.ids import AlarmId, DeploymentPlanId, OrganisationId, ResponsePlanId


class ResponsePlanDrafted(Event):
    """A version (`edition`) of the plan that `code` names (预案)."""

    code: str
    edition: str
    name_en: str
    name_zh: str
    trigger: PlanTrigger
    units: tuple[WantedUnits, ...]
    steps: tuple[PlanStep, ...]


class ResponsePlanRevised(Event):
    """A draft's content from now on, all of it."""

    name_en: str
    name_zh: str
    trigger: PlanTrigger
    units: tuple[WantedUnits, ...]
    steps: tuple[PlanStep, ...]


class ResponsePlanAdopted(Event):
    """From now on it is this version that is activated."""

    code: str


class ResponsePlanSuperseded(Event):
    superseded_by: ResponsePlanId


ResponsePlanChange = ResponsePlanRevised | ResponsePlanAdopted | ResponsePlanSuperseded


class PlanActivated(Event):
    """A plan's version was set in motion for an alarm, with what was wanted and to be done by it; deadlines count from here."""

    alarm: AlarmId
    plan: ResponsePlanId
    code: str
    edition: str
    units: tuple[WantedUnits, ...]
    steps: tuple[PlanStep, ...]


class StepDone(Event):
    step: str


class StepSkipped(Event):
    step: str
    reason: str


class StepEscalated(Event):
    """The step was not done by `limit`, and was brought to notice."""

    step: str
    limit: datetime


class PlanEnded(Event):
    """`left` are the steps that nobody did or skipped."""

    reason: str
    left: tuple[str, ...] = ()


PlanActivationChange = StepDone | StepSkipped | StepEscalated | PlanEnded


class DeploymentPlanDrafted(Event):
    """How many units an organisation wants when (布警方案), from `valid_from` until before `valid_to`.

    Hours are those of the deployment's zone.
    """

    organisation: OrganisationId
    valid_from: date
    valid_to: date
    slots: tuple[DeploymentSlot, ...]
    grounds: DeploymentGrounds


class DeploymentPlanRevised(Event):
    """A draft's content from now on, all of it."""

    valid_from: date
    valid_to: date
    slots: tuple[DeploymentSlot, ...]
    grounds: DeploymentGrounds


class DeploymentPlanPublished(Event):
    """From now on the organisation deploys by it, on the days for which it is valid."""

    organisation: OrganisationId


class DeploymentPlanSuperseded(Event):
    """Another plan counts from `valid_to` on; where this one ended before, that stays its end."""

    superseded_by: DeploymentPlanId
    valid_to: date


DeploymentPlanChange = DeploymentPlanRevised | DeploymentPlanPublished | DeploymentPlanSuperseded
