"""All events of oversight: exports, directives with what their addressees answer, build plans, assessments, safety surveys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.events import Event
from domain.ids import ApiKeyId, DivisionCode, OfficerId, OrganisationId


class ExportFailure(StrEnum):
    """Why an export came to nothing.

    导出失败的原因。
    """

    ACCESS_ENDED = "ACCESS_ENDED"
    TOO_LARGE = "TOO_LARGE"
    TOOK_TOO_LONG = "TOOK_TOO_LONG"
    QUERY_REFUSED = "QUERY_REFUSED"
    QUERY_FAILED = "QUERY_FAILED"


class ExportRequested(Event):
    """Everything that is exported: the list, the whole query with its variables, and as whom it is read.

    `document` is the SHA-256 of the text as it was sent, which is the name of a trusted document; `query` is that text as it
    is carried out. Who asks, and for which organisation, stands in the record; `role` and `key` are the rest of the principal.
    """

    list: str
    query: str
    variables: str
    document: str
    purpose: str
    role: str
    key: ApiKeyId | None


class ExportCompleted(Event):
    """`digest` is the SHA-256 of the bytes. It is true from the position of the request to `position`."""

    rows: int
    bytes: int
    digest: str
    position: int
    expires_at: datetime


class ExportFailed(Event):
    reason: ExportFailure


class ExportCancelled(Event):
    pass


class ExportDownloaded(Event):
    """The asker began to take it away, for the first time."""


class ExportExpired(Event):
    """What was exported is kept no longer."""


ExportChange = ExportCompleted | ExportFailed | ExportCancelled | ExportDownloaded | ExportExpired

# --- Directive -------------------------------------------------------------------------------------------------------


class DirectiveIssued(Event):
    """`number` is that of the document (文号); `legal_basis` the code of what it rests on, where it names anything."""

    number: str
    title_en: str
    title_zh: str
    issuer: OrganisationId
    addressees: tuple[OrganisationId, ...]
    due: date
    legal_basis: str = ""


class DirectiveAcknowledged(Event):
    addressee: OrganisationId


class DirectiveFulfilled(Event):
    addressee: OrganisationId
    report: str


class DirectiveWithdrawn(Event):
    reason: str


DirectiveChange = DirectiveAcknowledged | DirectiveFulfilled | DirectiveWithdrawn

# --- Build plan ------------------------------------------------------------------------------------------------------


class BuildStage(StrEnum):
    """How far a device has come: planned, built, on the network, accepted."""

    PLANNED = "PLANNED"
    BUILT = "BUILT"
    NETWORKED = "NETWORKED"
    ACCEPTED = "ACCEPTED"


class BuildKind(StrEnum):
    """What is built: cameras, monitoring rooms, technical alarms, traffic posts."""

    CAMERA = "CAMERA"
    MONITORING_ROOM = "MONITORING_ROOM"
    TECH_ALARM = "TECH_ALARM"
    TRAFFIC_CAMERA = "TRAFFIC_CAMERA"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Milestone:
    """So many in all are to have come so far by the end of a day."""

    stage: BuildStage
    quantity: int
    due: date


class BuildPlanSet(Event):
    """`standard` is the code of what it is built by, where the plan names anything."""

    organisation: OrganisationId
    division: DivisionCode | None
    device_kind: BuildKind
    milestones: tuple[Milestone, ...]
    standard: str = ""


class BuildPlanRevised(Event):
    milestones: tuple[Milestone, ...]
    reason: str


class BuildProgressRecorded(Event):
    """There are so many in all now."""

    stage: BuildStage
    quantity: int
    reason: str = ""


class BuildPlanCancelled(Event):
    reason: str


BuildPlanChange = BuildPlanRevised | BuildProgressRecorded | BuildPlanCancelled

# --- Assessment ------------------------------------------------------------------------------------------------------


class EvidenceStatistic(StrEnum):
    """What an indicator is measured by."""

    CASE_COUNTS = "CASE_COUNTS"
    SOLVING_RATE = "SOLVING_RATE"
    FILING_COMPLETENESS = "FILING_COMPLETENESS"
    FILING_IN_TIME = "FILING_IN_TIME"
    ALARM_COUNTS = "ALARM_COUNTS"
    RESPONSE_TIMES = "RESPONSE_TIMES"
    BUILD_PROGRESS = "BUILD_PROGRESS"
    DIRECTIVES_FULFILLED = "DIRECTIVES_FULFILLED"
    SAFETY_SURVEY = "SAFETY_SURVEY"
    INSPECTION = "INSPECTION"


class Polarity(StrEnum):
    """Whether more of it is better, or less."""

    HIGHER = "HIGHER"
    LOWER = "LOWER"


@dataclass(frozen=True, slots=True)
class Indicator:
    """Weights are whole points of 100; `parameters` say what the statistic is asked with."""

    code: str
    name_en: str
    name_zh: str
    weight: int
    target: float
    statistic: EvidenceStatistic
    parameters: str = ""
    polarity: Polarity = Polarity.HIGHER


class AssessmentOpened(Event):
    """`override` is the reason why the scheme ranks on case counts or the solving rate all the same (G4)."""

    title_en: str
    title_zh: str
    first: date
    last: date
    assessor: OrganisationId
    organisations: tuple[OrganisationId, ...]
    indicators: tuple[Indicator, ...]
    legal_basis: str = ""
    override: str = ""


class IndicatorScored(Event):
    """The value was that of the statistic at `evidence_position`; `computed` says that it was worked out and not written down."""

    organisation: OrganisationId
    indicator: str
    value: float
    numerator: int | None
    denominator: int | None
    evidence_position: int
    points: float
    scored_by: OfficerId
    computed: bool = False


class AppealLodged(Event):
    organisation: OrganisationId
    indicator: str
    reason: str


class AppealDecided(Event):
    """Where it is upheld, the score is this one from now on."""

    organisation: OrganisationId
    indicator: str
    upheld: bool
    reason: str
    decided_by: OfficerId
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    evidence_position: int | None = None
    points: float | None = None
    computed: bool = False


class PeriodSealed(Event):
    """Nothing is scored, appealed or decided any more."""


AssessmentChange = IndicatorScored | AppealLodged | AppealDecided | PeriodSealed

# --- Safety survey ---------------------------------------------------------------------------------------------------


class SurveyMethod(StrEnum):
    """How people were asked; waves of different methods are not compared."""

    FACE_TO_FACE = "FACE_TO_FACE"
    PHONE = "PHONE"
    ONLINE = "ONLINE"
    MIXED = "MIXED"


class SurveyImported(Event):
    """So many of those asked in a division in one wave felt safe; numbers alone, and nobody's answers."""

    division: DivisionCode
    wave: str
    first: date
    last: date
    method: SurveyMethod
    respondents: int
    felt_safe: int
    source: str


class SurveyRetracted(Event):
    reason: str
