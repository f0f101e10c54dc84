"""The events of alarms: reports, triage, linkage, merges, results, and what is undone again."""

from __future__ import annotations

from datetime import datetime

from domain.casework.events import Contribution
from domain.dispatching.events.choices import (
    AlarmFact,
    AlarmOutcome,
    AlarmResult,
    AreaClass,
    IntakeKind,
    LinkedCamera,
    PostChoice,
    RankedUnit,
    ReportSource,
    Shortfall,
    VideoFinding,
    Weighed,
)
from domain.events import Event
from domain.ids import (
    AlarmId,
    CameraId,
    CaseId,
    CorrectionId,
    DeviceId,
    DivisionCode,
    OrderId,
    OrganisationId,
    PersonId,
    PostId,
    RecommendationId,
    ReportId,
    UnitId,
)
from domain.places import Point


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
