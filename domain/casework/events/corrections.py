"""The events of correction requests."""

from __future__ import annotations

from datetime import datetime

from domain.casework.events.choices import SubjectKind
from domain.events import Event
from domain.ids import AlarmId, CaseId, DivisionCode, OfficerId, OrderId, OrganisationId
from domain.places import Point


class CorrectionRequested(Event):
    """A recorded fact is said to be wrong. The subject's kind decides which `fact` names are known."""

    requested_by: OfficerId
    subject: SubjectKind
    alarm: AlarmId | None = None
    order: OrderId | None = None
    case: CaseId | None = None
    corrects: int
    fact: str
    reason: str
    instant: datetime | None = None
    old_code: str | None = None
    code: str | None = None
    place: Point | None = None
    division: DivisionCode | None = None
    station: OrganisationId | None = None


class CorrectionApproved(Event):
    """Approved by somebody else; the subject's own event follows from it and carries the correction's id."""

    requested_by: OfficerId
    subject: SubjectKind
    alarm: AlarmId | None = None
    order: OrderId | None = None
    case: CaseId | None = None
    corrects: int
    fact: str
    reason: str
    instant: datetime | None = None
    old_code: str | None = None
    code: str | None = None
    place: Point | None = None
    division: DivisionCode | None = None
    station: OrganisationId | None = None


class CorrectionRejected(Event):
    reason: str


class CorrectionApplied(Event):
    """The subject has taken the correction."""


class CorrectionLapsed(Event):
    """Approved, but the subject could not take it any more: `rule` stood against it, in these words."""

    rule: str
    message: str
    message_zh: str


CorrectionChange = CorrectionApproved | CorrectionRejected | CorrectionApplied | CorrectionLapsed
