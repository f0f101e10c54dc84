"""What can be read of surveillance. Cameras are written in the events' own commit."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from application.views import View
from domain.ids import (
    CameraId,
    DeviceId,
    DivisionCode,
    OfficerId,
    OrganisationId,
    PostId,
    PriorityPlaceId,
    RegisteredCameraId,
    RosterId,
    ShiftId,
    ZoneId,
)
from domain.places import Point
from domain.surveillance.events import Builder, CameraHealth, CameraState, DeviceKind, DeviceState, OwnerSector, PostLevel, PriorityKind


class CameraView(View):
    """A camera: whose it is, where it stands and looks, and whether it works.

    摄像机：权属、位置与朝向、运行状况。
    """

    filters = (
        "gb28181_id",
        "sector",
        "owner",
        "builder",
        "division",
        "station",
        "state",
        "health",
        "networked",
        "standard",
        "registered_at",
    )
    orders = ("gb28181_id", "registered_at")

    id: RegisteredCameraId
    version: int
    gb28181_id: CameraId
    state: CameraState
    health: CameraHealth | None
    sector: OwnerSector
    owner: str
    builder: Builder
    division: DivisionCode
    station: OrganisationId
    place: Point
    address: str
    range: int
    bearing: float | None
    field_of_view: float
    networked: bool
    standard: str | None
    standard_version: str | None
    accepted_at: datetime | None
    fault: str | None
    registered_at: datetime
    retired_at: datetime | None


class TechAlarmDeviceView(View):
    """A technical alarm device: whose it is, where it stands, whether it is meant to work and until when it is tested.

    技防报警设备：权属、位置、使用状态及测试截止时间。
    """

    filters = ("number", "kind", "owner", "division", "station", "state", "registered_at")
    orders = ("number", "registered_at")

    id: DeviceId
    version: int
    number: str
    kind: DeviceKind
    state: DeviceState
    owner: str
    division: DivisionCode
    station: OrganisationId
    place: Point
    address: str
    tested_until: datetime | None
    test_reason: str
    signals: int
    signalled_at: datetime | None
    registered_at: datetime
    retired_at: datetime | None


class DeviceZoneView(View):
    """A zone of a technical alarm device: where it lies, and which cameras are known to look at it, the best first.

    技防报警设备的防区：位置及可见该防区的摄像机，优先者在前。
    """

    filters = ("device", "number")
    orders = ("number",)

    id: ZoneId
    device: DeviceId
    number: int
    name: str
    place: Point | None
    cameras: tuple[CameraId, ...]
    set_at: datetime


class PriorityPlaceView(View):
    """A priority place: a point that some online camera should always see.

    重点部位：应始终有在线摄像机覆盖的地点。
    """

    filters = ("kind", "station", "division")
    orders = ("valid_from",)

    id: PriorityPlaceId
    version: int
    name_en: str
    name_zh: str
    kind: PriorityKind
    place: Point
    division: DivisionCode
    station: OrganisationId
    valid_from: date
    valid_to: date | None


class ShiftState(StrEnum):
    """What became of a shift: it is to come, somebody is on duty, it is over, or nobody came in time.

    班次状态：待值、在岗、已结束、缺岗。
    """

    PLANNED = "PLANNED"
    ON_DUTY = "ON_DUTY"
    ENDED = "ENDED"
    MISSED = "MISSED"


class MonitoringPostView(View):
    """A monitoring post: the room in which somebody watches cameras.

    监控中心(室)：有人值守监看的场所。
    """

    filters = ("level", "station", "division", "staffed24h")
    orders = ("number",)

    id: PostId
    version: int
    number: str
    name_en: str
    name_zh: str
    level: PostLevel
    station: OrganisationId
    division: DivisionCode
    staffed24h: bool
    cameras: int
    rostered_until: datetime | None
    valid_from: date
    valid_to: date | None


class DutyRosterView(View):
    """A published duty roster of a monitoring post.

    监控中心(室)的值班表。
    """

    filters = ("post", "station", "starts_at")
    orders = ("starts_at",)

    id: RosterId
    version: int
    post: PostId
    station: OrganisationId
    starts_at: datetime
    ends_at: datetime
    published_at: datetime


class ShiftView(View):
    """One officer's shift, and what became of it.

    一名民警的班次及其执行情况。
    """

    filters = ("roster", "post", "station", "officer", "state", "starts_at")
    orders = ("starts_at",)

    id: ShiftId
    version: int
    roster: RosterId
    number: int
    post: PostId
    station: OrganisationId
    officer: OfficerId
    state: ShiftState
    starts_at: datetime
    ends_at: datetime
    due_at: datetime
    signed_on_at: datetime | None
    signed_off_at: datetime | None
    handed_over_to: int | None
    remarks: str
