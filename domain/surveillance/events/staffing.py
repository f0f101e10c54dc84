"""The events of monitoring posts and duty rosters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.events import Event
from domain.ids import CameraId, DivisionCode, OfficerId, OrganisationId, PostId, RosterId


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
