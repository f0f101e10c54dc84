"""The words that dispatching's events are told in: codes and small values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.ids import CameraId, UnitId


class ReportSource(StrEnum):
    """How a report came in (报警方式)."""

    CALL_110 = "CALL_110"
    SMS = "SMS"
    APP = "APP"
    WALK_IN = "WALK_IN"
    TECH_ALARM = "TECH_ALARM"
    VIDEO_PATROL = "VIDEO_PATROL"
    STREET_PATROL = "STREET_PATROL"
    OTHER_AGENCY = "OTHER_AGENCY"


PROACTIVE = frozenset({ReportSource.VIDEO_PATROL, ReportSource.STREET_PATROL})
"""What the police found themselves (主动发现): a device or a caller came first with all others."""


class IntakeKind(StrEnum):
    """Alarm, help or complaint (报警 / 求助 / 投诉), 公通字〔2003〕31号."""

    ALARM = "ALARM"
    HELP = "HELP"
    COMPLAINT = "COMPLAINT"


class AreaClass(StrEnum):
    """What limits of response depend on (城区 / 城郊 / 农村)."""

    URBAN = "URBAN"
    SUBURBAN = "SUBURBAN"
    RURAL = "RURAL"


class AlarmResult(StrEnum):
    """What came of an alarm (警情处理结果). UNFOUNDED, HARASSMENT and DUPLICATE make it no effective alarm."""

    HANDLED = "HANDLED"
    CASE_OPENED = "CASE_OPENED"
    MEDIATED = "MEDIATED"
    ADVISED = "ADVISED"
    REFERRED = "REFERRED"
    CANCELLED = "CANCELLED"
    UNFOUNDED = "UNFOUNDED"
    HARASSMENT = "HARASSMENT"
    DUPLICATE = "DUPLICATE"
    OTHER = "OTHER"


class AlarmOutcome(StrEnum):
    """What was achieved at an alarm beside criminal cases (R37): 群体性事件, 闹事苗头, 矛盾纠纷."""

    MASS_INCIDENT = "MASS_INCIDENT"
    INCIPIENT_TROUBLE = "INCIPIENT_TROUBLE"
    DISPUTE = "DISPUTE"


class UnitStatus(StrEnum):
    """The base states of a unit; a deployment's own states map to one of these."""

    OFF_DUTY = "OFF_DUTY"
    AVAILABLE = "AVAILABLE"
    COMMITTED = "COMMITTED"
    DELAYED = "DELAYED"
    OUT_OF_SERVICE = "OUT_OF_SERVICE"


class UnfitReason(StrEnum):
    """What stands against sending a unit. OUTSIDE: it belongs to none of the stations that were asked for."""

    OFF_DUTY = "OFF_DUTY"
    COMMITTED = "COMMITTED"
    DELAYED = "DELAYED"
    OUT_OF_SERVICE = "OUT_OF_SERVICE"
    LACKS_CAPABILITY = "LACKS_CAPABILITY"
    OUTSIDE = "OUTSIDE"
    NO_POSITION = "NO_POSITION"
    POSITION_TOO_OLD = "POSITION_TOO_OLD"
    NO_WAY = "NO_WAY"


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit in a ranking: seconds of travel, metres, and the age of its position in seconds, each where it is known."""

    unit: UnitId
    fit: bool
    reasons: tuple[UnfitReason, ...] = ()
    travel_seconds: float | None = None
    distance: float | None = None
    position_age: float | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """So many units were not fit for this reason."""

    reason: UnfitReason
    units: int


@dataclass(frozen=True, slots=True)
class PlanTrigger:
    """The alarms that a response plan is meant for; of what is left empty, any. A trigger that is empty altogether proposes nothing."""

    alarm_types: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    area_classes: tuple[AreaClass, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedUnits:
    """So many units that can do something."""

    capability: str
    count: int


@dataclass(frozen=True, slots=True)
class PlanStep:
    """Something to be done, within so many seconds from the plan's activation."""

    code: str
    name_en: str
    name_zh: str
    deadline: int


@dataclass(frozen=True, slots=True)
class DeploymentSlot:
    """On one day of the week (1 is Monday, 7 Sunday), from an hour until before another, so many units.

    With a capability, units that have it.
    """

    weekday: int
    from_hour: int
    to_hour: int
    units: int
    capability: str = ""


@dataclass(frozen=True, slots=True)
class DeploymentGrounds:
    """The figure that a deployment is argued from: its name, its period (both days included), and the position it was true for."""

    figure: str
    first: date
    last: date
    position: int


class AlarmFact(StrEnum):
    """What a correction can put right on an alarm."""

    RECEIVED_AT = "RECEIVED_AT"
    ALARM_TYPE = "ALARM_TYPE"
    PLACE = "PLACE"


class OrderFact(StrEnum):
    """What a correction can put right on a dispatch order."""

    ORDERED_AT = "ORDERED_AT"
    EN_ROUTE_AT = "EN_ROUTE_AT"
    ARRIVED_AT = "ARRIVED_AT"
    CLEARED_AT = "CLEARED_AT"


class LinkReason(StrEnum):
    """Why a camera is linked to an alarm: somebody linked it, it looks at the device's zone, or the place lies in its view."""

    BY_HAND = "BY_HAND"
    DEVICE_ZONE = "DEVICE_ZONE"
    IN_SECTOR = "IN_SECTOR"
    ALL_ROUND = "ALL_ROUND"
    DIRECTION_UNKNOWN = "DIRECTION_UNKNOWN"


@dataclass(frozen=True, slots=True)
class LinkedCamera:
    """A camera that sees the place; `distance` in metres."""

    camera: CameraId
    reason: LinkReason
    online: bool
    distance: float


class PostChoice(StrEnum):
    """Why a monitoring post is asked: it sees these cameras, or it is the station's, the sub-bureau's or the city's."""

    SEES_CAMERAS = "SEES_CAMERAS"
    STATION = "STATION"
    SUB_BUREAU = "SUB_BUREAU"
    CITY = "CITY"


class VideoFinding(StrEnum):
    """What video shows of an alarm (视频复核结论)."""

    GENUINE = "GENUINE"
    FALSE = "FALSE"
    CANNOT_TELL = "CANNOT_TELL"


class DuplicateGround(StrEnum):
    """What speaks for two alarms being one. TYPE_UNKNOWN: nobody has said yet what one of them is."""

    SAME_ADDRESS = "SAME_ADDRESS"
    NEAR = "NEAR"
    SOON = "SOON"
    SAME_ZONE = "SAME_ZONE"
    SAME_DEVICE = "SAME_DEVICE"
    SAME_TYPE = "SAME_TYPE"
    TYPE_UNKNOWN = "TYPE_UNKNOWN"


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much of the score a ground makes."""

    ground: DuplicateGround
    points: int
