"""All events of surveillance: cameras, monitoring posts, duty rosters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.events import Event
from domain.ids import CameraId, DivisionCode, OfficerId, OrganisationId, PostId, RosterId
from domain.places import Point


class OwnerSector(StrEnum):
    """Whose kind of place a camera watches (单位行业)."""

    PUBLIC_PLACE = "PUBLIC_PLACE"
    BANK = "BANK"
    INSURANCE = "INSURANCE"
    SECURITIES = "SECURITIES"
    DEPARTMENT_STORE = "DEPARTMENT_STORE"
    MARKET = "MARKET"
    RESIDENTIAL = "RESIDENTIAL"
    TRAFFIC = "TRAFFIC"
    SCHOOL = "SCHOOL"
    OTHER = "OTHER"


class Builder(StrEnum):
    """Who built it: the police, or others (公安自建 / 社会资源)."""

    POLICE = "POLICE"
    SOCIAL = "SOCIAL"


class CameraState(StrEnum):
    """Whether a camera is meant to work (使用状态)."""

    IN_SERVICE = "IN_SERVICE"
    SUSPENDED = "SUSPENDED"
    RETIRED = "RETIRED"


class CameraHealth(StrEnum):
    """What a camera's device tells of itself (运行状况). A degraded one shows pictures, worse than it should."""

    ONLINE = "ONLINE"
    DEGRADED = "DEGRADED"
    OFFLINE = "OFFLINE"


class CameraRegistered(Event):
    """`bearing` is where it looks, in degrees from north; none where nobody knows. `range` is in metres, `field_of_view` in degrees."""

    gb28181_id: CameraId
    sector: OwnerSector
    owner: str
    builder: Builder
    division: DivisionCode
    station: OrganisationId
    place: Point
    range: int
    bearing: float | None = None
    field_of_view: float = 360.0
    networked: bool = False
    address: str = ""


class CameraAccepted(Event):
    """It was found to be as a standard wants it (验收): DB50/216 of 2006, for one."""

    standard: str
    standard_version: str


class CameraMoved(Event):
    """Where it stands and looks from now on, and whose it is there."""

    place: Point
    range: int
    bearing: float | None
    field_of_view: float
    division: DivisionCode
    station: OrganisationId
    address: str = ""


class CameraNetworked(Event):
    """Whether its pictures reach the police network (联网)."""

    networked: bool


class CameraSuspended(Event):
    """It is not meant to work for a time: maintenance, building works."""

    reason: str


class CameraResumed(Event):
    pass


class CameraRetired(Event):
    reason: str


class HealthChanged(Event):
    health: CameraHealth


class FaultReported(Event):
    """`fault` is the deployment's own word for what is wrong."""

    fault: str
    note: str = ""


class FaultRepaired(Event):
    note: str = ""


CameraChange = (
    CameraAccepted
    | CameraMoved
    | CameraNetworked
    | CameraSuspended
    | CameraResumed
    | CameraRetired
    | HealthChanged
    | FaultReported
    | FaultRepaired
)


class PostLevel(StrEnum):
    """Where a monitoring post stands in the chain: the city's centre, a sub-bureau's, a station's room, or one of somebody else's.

    监控中心(室)的级别：市级、分局级、派出所级、社会单位。
    """

    CITY = "CITY"
    SUB_BUREAU = "SUB_BUREAU"
    STATION = "STATION"
    SOCIAL = "SOCIAL"


class MonitoringPostEstablished(Event):
    """监控中心(室). It works from `valid_from` on; `staffed_24h` says that somebody must be on duty at every minute."""

    number: str
    name_en: str
    name_zh: str
    level: PostLevel
    station: OrganisationId
    division: DivisionCode
    staffed_24h: bool
    valid_from: date


class MonitoringPostClosed(Event):
    """`valid_to` is the first day on which it works no more."""

    valid_to: date
    reason: str


class CamerasConnected(Event):
    """From now on the post sees these cameras."""

    cameras: tuple[CameraId, ...]


class CamerasDisconnected(Event):
    cameras: tuple[CameraId, ...]


class PostRostered(Event):
    """Who watches until then is published."""

    roster: RosterId
    until: datetime


MonitoringPostChange = MonitoringPostClosed | CamerasConnected | CamerasDisconnected | PostRostered


@dataclass(frozen=True, slots=True)
class Shift:
    """One officer's duty from `starts_at` until before `ends_at`."""

    officer: OfficerId
    starts_at: datetime
    ends_at: datetime


class RosterPublished(Event):
    """值班表. Shifts are numbered from 0 as they stand here. Who has not signed on `grace` seconds after the start has missed the shift."""

    post: PostId
    station: OrganisationId
    starts_at: datetime
    ends_at: datetime
    grace: int
    shifts: tuple[Shift, ...]


class ShiftsSwapped(Event):
    """The officers of two shifts take each other's place: now `first_officer` has the first, `second_officer` the second."""

    first: int
    first_officer: OfficerId
    second: int
    second_officer: OfficerId
    reason: str


class ShiftReassigned(Event):
    shift: int
    officer: OfficerId
    reason: str


class ShiftStarted(Event):
    shift: int


class ShiftMissed(Event):
    """Nobody had signed on when the grace was over; who comes late still signs on."""

    shift: int


class ShiftHandedOver(Event):
    """交接班. The shift ends; `to` is the one that has begun and goes on."""

    shift: int
    to: int
    remarks: str


class ShiftEnded(Event):
    shift: int


DutyRosterChange = ShiftsSwapped | ShiftReassigned | ShiftStarted | ShiftMissed | ShiftHandedOver | ShiftEnded
