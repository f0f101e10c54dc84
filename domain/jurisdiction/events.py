"""All events of jurisdiction: divisions, organisations and area groups with valid time in days, integrations' keys and webhooks, grants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.areas import Area
from domain.dispatching.events import AreaClass
from domain.events import Event
from domain.ids import (
    ApiKeyId,
    CaseId,
    CodeListId,
    DivisionCode,
    DivisionId,
    LegalBasisId,
    LimitSetId,
    OfficerId,
    OrganisationId,
    ServiceLevelId,
)


class DivisionLevel(StrEnum):
    PROVINCE = "PROVINCE"
    CITY = "CITY"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"


class OrganisationKind(StrEnum):
    CITY_BUREAU = "CITY_BUREAU"
    SUB_BUREAU = "SUB_BUREAU"
    STATION = "STATION"
    OFFICE = "OFFICE"


class DivisionEstablished(Event):
    """A code of GB/T 2260 means this division from `valid_from` on."""

    code: DivisionCode
    name_en: str
    name_zh: str
    level: DivisionLevel
    parent: DivisionCode | None
    valid_from: date


class DivisionRenamed(Event):
    name_en: str
    name_zh: str
    valid_from: date


class DivisionAbolished(Event):
    """`valid_to` is the first day on which it is no more."""

    valid_to: date
    successors: tuple[DivisionId, ...] = ()


DivisionChange = DivisionRenamed | DivisionAbolished


class OrganisationEstablished(Event):
    """`organisation` is its own code; `parent` the one above it; `division` the place it works for."""

    organisation: OrganisationId
    kind: OrganisationKind
    name_en: str
    name_zh: str
    parent: OrganisationId | None
    division: DivisionCode
    valid_from: date


class OrganisationRenamed(Event):
    name_en: str
    name_zh: str
    valid_from: date


class OrganisationClosed(Event):
    valid_to: date
    successors: tuple[OrganisationId, ...] = ()


class OrganisationMoved(Event):
    """From `valid_from` on it stands under another one."""

    parent: OrganisationId
    valid_from: date


class DirectOrdersSet(Event):
    """扁平化指挥: whether those above may order the organisation's units past the levels in between."""

    allowed: bool


OrganisationChange = OrganisationRenamed | OrganisationMoved | OrganisationClosed | DirectOrdersSet


class BoundaryLevel(StrEnum):
    """What is bounded: divisions and organisations of a level lie beside each other, those of different levels within each other.

    界线的层级：同级互不重叠。
    """

    PROVINCE = "PROVINCE"
    CITY = "CITY"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"
    CITY_BUREAU = "CITY_BUREAU"
    SUB_BUREAU = "SUB_BUREAU"
    STATION = "STATION"
    OFFICE = "OFFICE"


class BoundaryChanged(Event):
    """From `valid_from` on the division or organisation of this code has this area: until the next one, or until it is no more itself."""

    level: BoundaryLevel
    code: str
    area: Area
    valid_from: date
    valid_to: date | None = None


class BoundaryEnded(Event):
    """From `valid_to` on it has none, whatever was drawn for later days."""

    level: BoundaryLevel
    code: str
    valid_to: date


BoundaryChange = BoundaryChanged | BoundaryEnded


class PopulationKind(StrEnum):
    """Whom a population counts: who lives there, who is registered there, who lives there and is registered elsewhere.

    人口口径：常住、户籍、流动。
    """

    RESIDENT = "RESIDENT"
    REGISTERED = "REGISTERED"
    FLOATING = "FLOATING"


@dataclass(frozen=True, slots=True)
class PopulationCount:
    """One count of a population, and where it was recorded.

    一次人口登记。
    """

    people: int
    source: str
    position: int
    recorded_at: datetime


class PopulationRecorded(Event):
    """At the end of the year the division had so many people of this kind, as `source` has it."""

    division: DivisionCode
    year: int
    kind: PopulationKind
    people: int
    source: str


@dataclass(frozen=True, slots=True)
class AreaGroupMembers:
    """What an area group takes in from a day on: organisations and divisions, each with all below it.

    片区自某日起的组成：机构与行政区划（均含下级）。
    """

    valid_from: date
    organisations: tuple[OrganisationId, ...] = ()
    divisions: tuple[DivisionCode, ...] = ()


class AreaGroupEstablished(Event):
    """A name for several areas together, such as the districts of the main city (主城区)."""

    code: str
    name_en: str
    name_zh: str
    organisations: tuple[OrganisationId, ...]
    divisions: tuple[DivisionCode, ...]
    valid_from: date


class AreaGroupChanged(Event):
    """The members, all of them, from a day on."""

    organisations: tuple[OrganisationId, ...]
    divisions: tuple[DivisionCode, ...]
    valid_from: date


class AreaGroupAbolished(Event):
    valid_to: date


AreaGroupChange = AreaGroupChanged | AreaGroupAbolished


class LegalBasisKind(StrEnum):
    """What a legal basis is.

    依据的类别。
    """

    DECREE = "DECREE"
    DECISION = "DECISION"
    PLAN = "PLAN"
    OPINION = "OPINION"
    NOTICE = "NOTICE"
    STANDARD = "STANDARD"


class LegalBasisEnacted(Event):
    """In force from `valid_from` on. Others cite it by its code; a standard's code holds its edition: DB50/216-2006."""

    code: str
    kind: LegalBasisKind
    title_en: str
    title_zh: str
    number: str
    edition: str
    valid_from: date
    valid_to: date | None = None


class LegalBasisRepealed(Event):
    """`valid_to` is the first day on which it is no longer in force."""

    valid_to: date
    superseded_by: LegalBasisId | None = None


@dataclass(frozen=True, slots=True)
class ResponseLimit:
    """How many seconds a response may take, for a class of area and a priority; what is left out stands for all.

    响应时限（秒），按区域类别与警情级别；未填者适用于全部。
    """

    area_class: AreaClass | None = None
    priority: str | None = None
    acknowledgement: int | None = None
    arrival: int | None = None
    first_feedback: int | None = None
    check_in: int | None = None


class ServiceLevelDrafted(Event):
    """`code` names this version of the limits: those who applied them say so with it."""

    code: str
    limits: tuple[ResponseLimit, ...]


class ServiceLevelRevised(Event):
    limits: tuple[ResponseLimit, ...]


class ServiceLevelActivated(Event):
    """`supersedes` is the one whose place it takes."""

    """What is ordered from `active_from` on is measured by it."""

    active_from: datetime
    supersedes: ServiceLevelId | None = None


class ServiceLevelSuperseded(Event):
    """What is ordered from `active_to` on is measured by another."""

    active_to: datetime
    superseded_by: ServiceLevelId


ServiceLevelChange = ServiceLevelRevised | ServiceLevelActivated | ServiceLevelSuperseded


class LimitScope(StrEnum):
    """What limits of days are about: the review before filing, or how long material is kept.

    期限类别：受案立案审查、资料保存。
    """

    FILING = "FILING"
    RETENTION = "RETENTION"


class LimitMatter(StrEnum):
    """What a limit of days limits. Of the review before filing: usually, to verify a lead, of a grave or complex case.

    期限事项。
    """

    REVIEW = "REVIEW"
    REVIEW_TO_VERIFY = "REVIEW_TO_VERIFY"
    REVIEW_EXTENDED = "REVIEW_EXTENDED"
    FOOTAGE = "FOOTAGE"
    IMPORTANT_FOOTAGE = "IMPORTANT_FOOTAGE"
    POSITIONS = "POSITIONS"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """So many days for a matter.

    某事项的期限（天）。
    """

    matter: LimitMatter
    days: int


class LimitSetDrafted(Event):
    """`code` names this version of the limits: those who applied them say so with it."""

    code: str
    scope: LimitScope
    limits: tuple[TimeLimit, ...]


class LimitSetRevised(Event):
    limits: tuple[TimeLimit, ...]


class LimitSetActivated(Event):
    """What happens from `active_from` on is measured by them, in place of those that they supersede."""

    scope: LimitScope
    active_from: datetime
    supersedes: LimitSetId | None = None


class LimitSetSuperseded(Event):
    """What happens from `active_to` on is measured by others."""

    active_to: datetime
    superseded_by: LimitSetId


LimitSetChange = LimitSetRevised | LimitSetActivated | LimitSetSuperseded


class CodeScope(StrEnum):
    """What codes are about: the type of an alarm, or how urgent it is.

    代码类别：警情类别、警情级别。
    """

    ALARM_TYPE = "ALARM_TYPE"
    PRIORITY = "PRIORITY"


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code with its name in both languages.

    一个代码及其中英文名称。
    """

    code: str
    name_en: str
    name_zh: str


class CodeListDrafted(Event):
    """`code` names this version of the list: who is refused by it is told so."""

    code: str
    scope: CodeScope
    entries: tuple[CodeEntry, ...]


class CodeListRevised(Event):
    entries: tuple[CodeEntry, ...]


class CodeListActivated(Event):
    """What happens from `active_from` on uses its codes, in place of those of the list that it supersedes."""

    scope: CodeScope
    active_from: datetime
    supersedes: CodeListId | None = None


class CodeListSuperseded(Event):
    """What happens from `active_to` on uses the codes of another."""

    active_to: datetime
    superseded_by: CodeListId


CodeListChange = CodeListRevised | CodeListActivated | CodeListSuperseded


class KeyAction(StrEnum):
    """What an integration's key is good for.

    接口密钥可用于的操作。
    """

    READ = "READ"
    FIGURES = "FIGURES"
    INTAKE = "INTAKE"
    DISPATCH = "DISPATCH"
    UNIT_WORK = "UNIT_WORK"
    CASEWORK = "CASEWORK"
    SIGNAL = "SIGNAL"
    CAMERA_HEALTH = "CAMERA_HEALTH"


class ApiKeyIssued(Event):
    """`prefix` names the key in its own text; of the secret there is only the SHA-256, which tells nothing of 256 random bits."""

    prefix: str
    digest: str
    label: str
    organisations: tuple[OrganisationId, ...]
    actions: tuple[KeyAction, ...]
    expires_at: datetime


class ApiKeyRevoked(Event):
    reason: str


class PauseReason(StrEnum):
    """Why a webhook delivers nothing: somebody paused it, deliveries failed too long, the receiver wants none, its key has ended.

    推送暂停的原因：人工暂停、长时间失败、接收方已注销、密钥已失效。
    """

    BY_HAND = "BY_HAND"
    FAILING = "FAILING"
    GONE = "GONE"
    KEY_ENDED = "KEY_ENDED"


class WebhookRegistered(Event):
    """What is recorded after `position` is told; without one, what is recorded after the registration itself.

    `variables` is a JSON object as text. There is no secret in here: that is kept beside the log.
    """

    key: ApiKeyId
    label: str
    url: str
    document: str
    variables: str
    position: int | None = None


class WebhookChanged(Event):
    label: str
    url: str
    document: str
    variables: str


class WebhookPaused(Event):
    reason: PauseReason


class WebhookResumed(Event):
    pass


class WebhookReplayed(Event):
    """What is recorded after `position` is told, again or for the first time."""

    position: int


class WebhookSecretChanged(Event):
    """A new secret signs; the one before it signs beside it for a time."""


class WebhookTested(Event):
    """A sample was asked for."""


class WebhookRemoved(Event):
    reason: str


WebhookChange = WebhookChanged | WebhookPaused | WebhookResumed | WebhookReplayed | WebhookSecretChanged | WebhookTested | WebhookRemoved


class AccessGranted(Event):
    officer: OfficerId
    case: CaseId
    until: datetime
    purpose: str


class GlassBroken(Event):
    """Access taken in need; it stands as an alarm with the supervisors of `organisation` until it is reviewed."""

    officer: OfficerId
    case: CaseId
    until: datetime
    purpose: str
    organisation: OrganisationId


class AccessEnded(Event):
    reason: str


class BreakGlassReviewed(Event):
    justified: bool
    finding: str


GrantChange = AccessEnded | BreakGlassReviewed
