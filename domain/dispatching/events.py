"""All events of dispatching: alarms with their reports, dispatch orders, units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.casework.events import Contribution
from domain.events import Event
from domain.ids import (
    AlarmId,
    CameraId,
    CaseId,
    CorrectionId,
    DeploymentPlanId,
    DeviceId,
    DivisionCode,
    OfficerId,
    OrderId,
    OrganisationId,
    PersonId,
    PostId,
    RecommendationId,
    ReportId,
    ResponsePlanId,
    UnitId,
)
from domain.places import Point


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


# --- Alarm -----------------------------------------------------------------------------------------------------------


class AlarmOpened(Event):
    """The alarm's effective time is when it was received. `station` is the organisation responsible for it.

    `device` and `zone` say what opened it where a registered technical alarm device did.
    """

    kind: IntakeKind
    division: DivisionCode
    station: OrganisationId
    alarm_type: str | None = None
    place: Point | None = None
    address: str = ""
    summary: str = ""
    test: bool = False
    external_id: str | None = None
    device: DeviceId | None = None
    zone: int | None = None


class ReportReceived(Event):
    """`device` is what a device calls itself, registered or not."""

    report: ReportId
    source: ReportSource
    caller: PersonId | None = None
    device: str | None = None
    summary: str = ""
    external_id: str | None = None
    zone: int | None = None


class LocationResolved(Event):
    place: Point
    division: DivisionCode
    station: OrganisationId
    address: str = ""


class AlarmTriaged(Event):
    alarm_type: str
    priority: str
    area_class: AreaClass | None = None


class PriorityChanged(Event):
    priority: str
    reason: str


class CameraLinked(Event):
    camera: CameraId


class CamerasLinked(Event):
    """Cameras that see the place were looked for: the best ones first, of so many `seeing` it."""

    place: Point
    cameras: tuple[LinkedCamera, ...]
    seeing: int


class VideoVerificationRequested(Event):
    """The monitoring post on duty is asked what its cameras show. `station` is the post's; it concerns the alarm from now on."""

    post: PostId
    station: OrganisationId
    choice: PostChoice
    cameras: tuple[CameraId, ...]


class VideoVerified(Event):
    """The post's answer, and the camera that shows it. FALSE closes nothing: it proposes a result to the dispatcher."""

    post: PostId
    finding: VideoFinding
    camera: CameraId | None = None
    note: str = ""


class DuplicateSuggested(Event):
    """Another alarm may be the same happening: `score` of 100 points, and what makes it.

    `radius`, `window` and `least` are the limits of then.
    """

    other: AlarmId
    score: int
    seconds: float
    grounds: tuple[Weighed, ...]
    radius: float
    window: float
    least: int
    distance: float | None = None


class DuplicateDismissed(Event):
    """The dispatcher says that they are two."""

    other: AlarmId
    reason: str


class UnitsRecommended(Event):
    """All units there were, in the order in which they would be sent; `recommended` are the first that fit, as many as are wanted."""

    recommendation: RecommendationId
    place: Point
    wanted: int
    recommended: tuple[UnitId, ...]
    ranking: tuple[RankedUnit, ...]
    shortfall: tuple[Shortfall, ...] = ()
    capabilities: tuple[str, ...] = ()
    stations: tuple[OrganisationId, ...] = ()


class RecommendationOverridden(Event):
    """The dispatcher sends another unit than those recommended."""

    recommendation: RecommendationId
    order: OrderId
    unit: UnitId
    recommended: tuple[UnitId, ...]
    reason: str


class AlarmDispatched(Event):
    """A unit was ordered to the alarm."""

    order: OrderId
    unit: UnitId | None = None


class AlarmOrderFailed(Event):
    """An order to the alarm was refused, cancelled, pre-empted or not acknowledged, and its unit never arrived."""

    order: OrderId


class AlarmAttended(Event):
    """The first unit arrived."""

    order: OrderId


class AlarmsMerged(Event):
    """This alarm is the same happening as another, which goes on in its place."""

    into: AlarmId
    reason: str


class AlarmAbsorbed(Event):
    """The other side of a merge: this alarm goes on for both."""

    source: AlarmId


class AlarmUnmerged(Event):
    """The merge was wrong; this alarm stands on its own again, in the state it had."""

    out_of: AlarmId
    reason: str


class AlarmReleased(Event):
    """The other side of an unmerge."""

    source: AlarmId


class AlarmReferred(Event):
    """Handed to another agency (12345, 120, other police)."""

    to: str
    reason: str


class InitialMeasuresTaken(Event):
    """先期处置, taken even where the alarm is outside competence."""

    measures: str


class FeedbackRecorded(Event):
    order: OrderId | None = None
    final: bool = False
    summary: str = ""


class AlarmResultRecorded(Event):
    """`disposition` is the source's own code, where it has one; `outcome` what was achieved, and `contributions` by what."""

    result: AlarmResult
    disposition: str = ""
    outcome: AlarmOutcome | None = None
    contributions: tuple[Contribution, ...] = ()


class AlarmClosed(Event):
    pass


class AlarmReopened(Event):
    reason: str


class CaseOpenedFromAlarm(Event):
    case: CaseId


class AlarmFactCorrected(Event):
    """`corrects` is the position of the event that was wrong; just the value that fits `fact` is set."""

    correction: CorrectionId
    fact: AlarmFact
    corrects: int
    reason: str
    instant: datetime | None = None
    code: str | None = None
    place: Point | None = None


AlarmChange = (
    ReportReceived
    | LocationResolved
    | AlarmTriaged
    | PriorityChanged
    | CameraLinked
    | CamerasLinked
    | VideoVerificationRequested
    | VideoVerified
    | DuplicateSuggested
    | DuplicateDismissed
    | UnitsRecommended
    | RecommendationOverridden
    | AlarmDispatched
    | AlarmAttended
    | AlarmOrderFailed
    | AlarmsMerged
    | AlarmAbsorbed
    | AlarmUnmerged
    | AlarmReleased
    | AlarmReferred
    | InitialMeasuresTaken
    | FeedbackRecorded
    | AlarmResultRecorded
    | AlarmClosed
    | AlarmReopened
    | CaseOpenedFromAlarm
    | AlarmFactCorrected
)

# --- Dispatch order --------------------------------------------------------------------------------------------------


class OrderProposed(Event):
    """A unit is proposed to the dispatcher; `distance` in metres and `position_age` in seconds where known."""

    alarm: AlarmId
    unit: UnitId
    reason: str = ""
    distance: float | None = None
    position_age: float | None = None


class UnitOrdered(Event):
    """The unit was notified. `acknowledge_by` is the limit after which the order times out.

    `stacked` orders wait behind the unit's active one. `override_reason` says why a unit off its roster, or another than
    the recommended one, was sent. `bypassed` are the levels between whoever ordered and the unit's station (扁平化指挥).
    `service_level` is the code of the limits that `acknowledge_by` was taken from, where nobody gave it.
    """

    alarm: AlarmId
    unit: UnitId
    stacked: bool = False
    override_reason: str = ""
    acknowledge_by: datetime | None = None
    priority: str | None = None
    sequence: int | None = None
    external_id: str | None = None
    bypassed: tuple[OrganisationId, ...] = ()
    service_level: str | None = None


class OrderAcknowledged(Event):
    pass


class OrderRefused(Event):
    reason: str


class UnitEnRoute(Event):
    pass


class UnitArrived(Event):
    pass


class UnitCheckedIn(Event):
    """The crew on scene was heard from (报平安)."""


class CheckInMissed(Event):
    """The crew on scene was not heard from by `limit`: the `number`th time in a row, after it had checked in `check_ins` times."""

    check_ins: int
    number: int
    limit: datetime
    service_level: str


class UnitCleared(Event):
    """The unit is available again. `disposition` is the source's own code, where it has one."""

    disposition: str = ""


class OrderCancelled(Event):
    reason: str


class UnitPreempted(Event):
    """Taken off this order for a more urgent one."""

    by_order: OrderId | None
    reason: str


class OrderTimedOut(Event):
    """Not acknowledged by `limit`."""

    limit: datetime


class OrderEscalated(Event):
    """`service_level` is the code of the limits that were applied, where somebody did not set the limit by hand."""

    level: int
    timer: str
    limit: datetime
    service_level: str | None = None


class OrderFactCorrected(Event):
    correction: CorrectionId
    fact: OrderFact
    corrects: int
    reason: str
    instant: datetime


OrderChange = (
    UnitOrdered
    | OrderAcknowledged
    | OrderRefused
    | UnitEnRoute
    | UnitArrived
    | UnitCheckedIn
    | CheckInMissed
    | UnitCleared
    | OrderCancelled
    | UnitPreempted
    | OrderTimedOut
    | OrderEscalated
    | OrderFactCorrected
)

# --- Unit ------------------------------------------------------------------------------------------------------------


class UnitRegistered(Event):
    call_sign: str
    kind: str
    station: OrganisationId
    capabilities: tuple[str, ...] = ()


class UnitSignedOn(Event):
    crew: tuple[OfficerId, ...] = ()


class UnitSignedOff(Event):
    pass


class UnitStatusChanged(Event):
    """`custom` is the code of the deployment's own state; before such states were defined, its own word for it."""

    status: UnitStatus
    custom: str = ""


class UnitCommitted(Event):
    """The unit has an order; a stacked one waits behind the active one, which stays what the unit does."""

    order: OrderId
    stacked: bool = False


class UnitReleased(Event):
    """An order is over for the unit; `active` is the order it has now, if any, and `status` its state from now on."""

    order: OrderId
    active: OrderId | None = None
    status: UnitStatus = UnitStatus.AVAILABLE


class PositionSampled(Event):
    """A coarse sample; the raw track stands beside the log. `fixed_at` is the receiver's time of the fix."""

    place: Point
    fixed_at: datetime


class CrewChanged(Event):
    crew: tuple[OfficerId, ...]


class CapabilitiesChanged(Event):
    """What the unit can do from now on, all of it."""

    capabilities: tuple[str, ...]


UnitChange = (
    UnitSignedOn | UnitSignedOff | UnitStatusChanged | UnitCommitted | UnitReleased | PositionSampled | CrewChanged | CapabilitiesChanged
)

# --- State of units, as a deployment has its own ---------------------------------------------------------------------


class UnitStateDefined(Event):
    """A deployment's own state of units, and the base state that it is a kind of."""

    code: str
    name_en: str
    name_zh: str
    base: UnitStatus


class UnitStateRenamed(Event):
    name_en: str
    name_zh: str


class UnitStateWithdrawn(Event):
    """No unit takes it from now on; those that are in it stay so until they report something else."""

    reason: str


UnitStateChange = UnitStateRenamed | UnitStateWithdrawn

# --- Response plan ---------------------------------------------------------------------------------------------------


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

# --- Activation of a response plan -----------------------------------------------------------------------------------


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

# --- Deployment plan -------------------------------------------------------------------------------------------------


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
