"""What can be read of patrols and of inspections of those on duty."""

from __future__ import annotations

from datetime import date, datetime

from application.views import View
from domain.ids import (
    AlarmId,
    FindingId,
    InspectionId,
    ObservationId,
    OfficerId,
    OrganisationId,
    PatrolId,
    PostId,
    RegisteredCameraId,
    RosterId,
    UnitId,
)
from domain.places import Point
from domain.surveillance.events import PatrolMode, RouteStop, SecurityTask
from domain.surveillance.patrol_task import PatrolState


class PatrolTaskView(View):
    """A patrol by video or on the street: its route, whose it is, and when it was done.

    巡逻任务：路线、执行者与执行时间。
    """

    filters = ("state", "mode", "task", "station", "post", "unit", "starts_at")
    orders = ("starts_at",)

    id: PatrolId
    version: int
    state: PatrolState
    mode: PatrolMode
    task: SecurityTask
    station: OrganisationId
    officers: tuple[OfficerId, ...]
    unit: UnitId | None
    post: PostId | None
    route: tuple[RouteStop, ...]
    starts_at: datetime
    ends_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    observations: int
    remarks: str


class PatrolObservationView(View):
    """What was seen on a patrol, and the alarm that it led to.

    巡逻中发现的情况及由此受理的警情。
    """

    filters = ("patrol", "mode", "station", "alarm", "at")
    orders = ("at",)

    id: ObservationId
    version: int
    patrol: PatrolId
    mode: PatrolMode
    station: OrganisationId
    at: datetime
    by: OfficerId
    summary: str
    place: Point | None
    camera: RegisteredCameraId | None
    alarm: AlarmId | None


class DutyInspectionView(View):
    """An inspection of a monitoring post or of how a roster is kept.

    对监控中心(室)或值班表执行情况的查勤。
    """

    filters = ("station", "post", "roster", "opened_at")
    orders = ("opened_at",)

    id: InspectionId
    version: int
    station: OrganisationId
    post: PostId | None
    roster: RosterId | None
    opened_at: datetime
    opened_by: OfficerId
    findings: int
    unresolved: int


class InspectionFindingView(View):
    """What an inspection found, and until when it is to be put right.

    查勤发现的问题及整改期限。
    """

    filters = ("inspection", "station", "unresolved", "due")
    orders = ("due",)

    id: FindingId
    version: int
    inspection: InspectionId
    number: int
    station: OrganisationId
    finding: str
    due: date
    raised_at: datetime
    unresolved: bool
    remedy: str
    closed_at: datetime | None
