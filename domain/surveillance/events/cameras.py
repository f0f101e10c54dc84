"""The events of cameras: registry, acceptance, moves, health and faults."""

from __future__ import annotations

from enum import StrEnum

from domain.events import Event
from domain.ids import CameraId, DivisionCode, OrganisationId
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


class ViolationRecorded(Event):
    """A traffic violation that was corrected by what the camera showed; `code` is the deployment's own. Nobody is named."""

    code: str


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
    | ViolationRecorded
)
