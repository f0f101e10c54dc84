"""What can be read of response plans: their versions, and how far they are where they were activated."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from application.views import View
from domain.dispatching.events import PlanStep, PlanTrigger, WantedUnits
from domain.ids import AlarmId, OfficerId, PlanActivationId, ResponsePlanId, StepId


class PlanState(StrEnum):
    """Whether a version of a plan is a draft, is the one that is activated, or was.

    预案版本状态：草案、启用、被取代。
    """

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    SUPERSEDED = "SUPERSEDED"


class StepState(StrEnum):
    """Whether a step is waited for, or what became of it. LEFT: the plan ended without it.

    步骤状态：待办、完成、跳过、未办即终止。
    """

    OPEN = "OPEN"
    DONE = "DONE"
    SKIPPED = "SKIPPED"
    LEFT = "LEFT"


class ResponsePlanView(View):
    """A version of a response plan: the alarms it is meant for, the units it wants and its steps.

    一版预案：适用警情、所需警力与步骤。
    """

    filters = ("code", "state")
    orders = ("drafted_at", "code")

    id: ResponsePlanId
    version: int
    code: str
    edition: str
    state: PlanState
    name_en: str
    name_zh: str
    trigger: PlanTrigger
    units: tuple[WantedUnits, ...]
    steps: tuple[PlanStep, ...]
    drafted_by: OfficerId
    drafted_at: datetime
    adopted_at: datetime | None
    superseded_by: ResponsePlanId | None


class PlanActivationView(View):
    """A response plan in motion for an alarm, by the version that was active then.

    对一起警情启动的预案（以当时启用的版本为准）。
    """

    filters = ("alarm", "plan", "code", "over", "activated_at")
    orders = ("activated_at",)

    id: PlanActivationId
    version: int
    alarm: AlarmId
    plan: ResponsePlanId
    code: str
    edition: str
    units: tuple[WantedUnits, ...]
    steps_open: int
    activated_at: datetime
    activated_by: OfficerId
    over: bool
    ended_at: datetime | None
    end_reason: str


class ActivatedStepView(View):
    """A step of a plan in motion: until when it is to be done, and what became of it.

    已启动预案的一个步骤：时限与办理情况。
    """

    filters = ("activation", "alarm", "state", "due_at")
    orders = ("due_at",)

    id: StepId
    version: int
    activation: PlanActivationId
    alarm: AlarmId
    number: int
    code: str
    name_en: str
    name_zh: str
    state: StepState
    due_at: datetime
    settled_at: datetime | None
    settled_by: OfficerId | None
    reason: str
    escalated_at: datetime | None
