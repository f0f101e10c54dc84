"""All events of surveillance: cameras."""

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


class CameraRetired(Event):
    reason: str
