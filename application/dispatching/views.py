"""What can be read of dispatching. The alarm board and unit status are written in the events' own commit."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from application.views import View
from domain.casework.events import Contribution
from domain.dispatching.events import (
    AlarmOutcome,
    AlarmResult,
    AreaClass,
    IntakeKind,
    RankedUnit,
    ReportSource,
    Shortfall,
    UnitStatus,
    VideoFinding,
)
from domain.ids import (
    AlarmId,
    CaseId,
    DeviceId,
    DivisionCode,
    OfficerId,
    OrderId,
    OrganisationId,
    PersonId,
    RecommendationId,
    ReportId,
    UnitId,
    UnitStateId,
)
from domain.places import Point


class AlarmState(StrEnum):
    """Where an alarm stands."""

    RECEIVED = "RECEIVED"
    TRIAGED = "TRIAGED"
    DISPATCHED = "DISPATCHED"
    ON_SCENE = "ON_SCENE"
    FEEDBACK_GIVEN = "FEEDBACK_GIVEN"
    CLOSED = "CLOSED"
    MERGED = "MERGED"
    REFERRED = "REFERRED"


class OrderState(StrEnum):
    """Where a dispatch order stands."""

    PROPOSED = "PROPOSED"
    ORDERED = "ORDERED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    EN_ROUTE = "EN_ROUTE"
    ON_SCENE = "ON_SCENE"
    CLEARED = "CLEARED"
    REFUSED = "REFUSED"
    PREEMPTED = "PREEMPTED"
    CANCELLED = "CANCELLED"
    TIMED_OUT = "TIMED_OUT"


class AlarmView(View):
    """An alarm on the board. Its original priority stays beside the present one.

    Where every order failed, with nobody there, it waits for dispatch again.

    警情看板上的一条警情；保留最初级别与当前级别。所有指令均落空且无人到场时恢复待派状态。
    """

    filters = (
        "state",
        "division",
        "station",
        "alarm_type",
        "priority",
        "test",
        "result",
        "received_at",
        "source",
        "device",
        "video_finding",
        "merged_into",
    )
    orders = ("received_at",)

    id: AlarmId
    version: int
    state: AlarmState
    kind: IntakeKind
    alarm_type: str | None
    priority: str | None
    original_priority: str | None
    area_class: AreaClass | None
    division: DivisionCode
    station: OrganisationId
    place: Point | None
    address: str
    summary: str
    test: bool
    external_id: str | None
    device: DeviceId | None
    zone: int | None
    source: ReportSource | None
    received_at: datetime
    linked_at: datetime | None
    video_finding: VideoFinding | None
    proposed_result: AlarmResult | None
    result: AlarmResult | None
    disposition: str
    outcome: AlarmOutcome | None
    contributions: tuple[Contribution, ...]
    merged_into: AlarmId | None
    referred_to: str | None
    case: CaseId | None
    reports: int
    orders_sent: int
    orders_failed: int
    closed_at: datetime | None
    reopened: int


class ReportView(View):
    """A report: one call, message or signal that came in for an alarm. It is never deleted.

    接警单：针对一起警情的一次来电、短信或信号；永不删除。
    """

    filters = ("alarm", "source")
    orders = ("received_at",)

    id: ReportId
    alarm: AlarmId
    source: ReportSource
    caller: PersonId | None
    device: str | None
    zone: int | None
    summary: str
    external_id: str | None
    received_at: datetime


class RecommendationView(View):
    """Which units were recommended for an alarm, out of all there were, and what the dispatcher did instead.

    对一起警情的单位推荐：全部单位的排序、推荐单位，以及调度员的其他选择。
    """

    filters = ("alarm", "recommended_at")
    orders = ("recommended_at",)

    id: RecommendationId
    alarm: AlarmId
    recommended_at: datetime
    recommended_by: OfficerId
    place: Point
    wanted: int
    capabilities: tuple[str, ...]
    stations: tuple[OrganisationId, ...]
    recommended: tuple[UnitId, ...]
    ranking: tuple[RankedUnit, ...]
    shortfall: tuple[Shortfall, ...]
    overridden_by: OrderId | None
    override_reason: str


class OrderView(View):
    """A dispatch order: one unit to one alarm, with the times of its run.

    处警指令：一个单位赴一起警情，及其各时刻。
    """

    filters = ("alarm", "unit", "state", "ordered_at", "flat")
    orders = ("ordered_at",)

    id: OrderId
    version: int
    alarm: AlarmId
    unit: UnitId
    state: OrderState
    stacked: bool
    priority: str | None
    sequence: int | None
    external_id: str | None
    override_reason: str
    flat: bool
    bypassed: tuple[OrganisationId, ...]
    acknowledge_by: datetime | None
    service_level: str | None
    ordered_at: datetime | None
    acknowledged_at: datetime | None
    en_route_at: datetime | None
    arrived_at: datetime | None
    cleared_at: datetime | None
    ended_at: datetime | None
    end_reason: str
    escalation: int
    check_ins: int
    last_check_in_at: datetime | None
    missed_check_ins: int


class UnitView(View):
    """A unit, what it does now and where it was last seen.

    处警单位的当前状态与最近位置。
    """

    filters = ("status", "station", "kind", "call_sign")
    orders = ("call_sign",)

    id: UnitId
    version: int
    call_sign: str
    kind: str
    station: OrganisationId
    capabilities: tuple[str, ...]
    status: UnitStatus
    custom_status: str
    order: OrderId | None
    crew: tuple[OfficerId, ...]
    place: Point | None
    fixed_at: datetime | None
    changed_at: datetime


class UnitStateView(View):
    """A state of units that the deployment has of its own, and the base state that it is a kind of.

    本地自定义的单位状态及其对应的基本状态。
    """

    filters = ("code", "base", "withdrawn")
    orders = ("code",)

    id: UnitStateId
    version: int
    code: str
    name_en: str
    name_zh: str
    base: UnitStatus
    withdrawn: bool
