"""The events of what is in force for a time: legal bases, service levels, time limits, code lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.dispatching.events import AreaClass
from domain.events import Event
from domain.ids import CodeListId, LegalBasisId, LimitSetId, ServiceLevelId


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
