"""The events of cases, from the report to the conclusion, and what is undone again."""

from __future__ import annotations

from datetime import datetime

from domain.casework.events.choices import (
    CaseFact,
    ClearanceKind,
    Contribution,
    ExceptionalGrounds,
    Offence,
    PersonRole,
    RefusalReason,
    WithdrawalReason,
)
from domain.events import Event
from domain.ids import AlarmId, CaseId, CorrectionId, DivisionCode, OfficerId, OrganisationId, PersonId, RequestId, SeriesId
from domain.places import Point


class ReportRegistered(Event):
    """A report within police competence was taken (接报案登记). `number` is what people call the case."""

    number: str
    division: DivisionCode
    station: OrganisationId
    offences: tuple[Offence, ...] = ()
    alarm: AlarmId | None = None
    occurred_from: datetime | None = None
    occurred_to: datetime | None = None
    place: Point | None = None
    address: str = ""
    summary: str = ""
    external_id: str | None = None
    refiled_from: CaseId | None = None
    split_from: CaseId | None = None


class CaseAccepted(Event):
    """受案. `review_until` is the limit for the decision to file; by the limit set `limits` it may be extended that far."""

    review_until: datetime | None = None
    extendable_until: datetime | None = None
    limits: str = ""


class ReviewExtended(Event):
    until: datetime
    reason: str


class CaseFiled(Event):
    """立案: the offences are known to statistics from the effective time on."""

    offences: tuple[Offence, ...]


class RetroFiled(Event):
    """补立案: filed late, with its reason (GA 398.6)."""

    offences: tuple[Offence, ...]
    reason: str


class FilingRefused(Event):
    reason: RefusalReason
    note: str = ""


class CaseReclassified(Event):
    """变更案由. The old types stay visible in `before`."""

    before: tuple[Offence, ...]
    after: tuple[Offence, ...]
    reason: str
    request: RequestId | None = None
    requested_by: OfficerId | None = None


class PersonInvolved(Event):
    person: PersonId
    role: PersonRole


class SuspectIdentified(Event):
    """`known` says that the person was a suspect before, and now there is a warrant as well."""

    person: PersonId
    warrant: bool = False
    known: bool = False


class ArrestRecorded(Event):
    person: PersonId


class CaseCleared(Event):
    """破案. `outcome` is a code of the outcome list; `offences` says how many of the case's offences are cleared.

    `dated` is False where the source does not say when: the case then counts as cleared in cohort figures, and
    no figure that needs the day of the clearance may use it.
    """

    kind: ClearanceKind
    outcome: str
    offences: int
    contributions: tuple[Contribution, ...] = ()
    grounds: ExceptionalGrounds | None = None
    dated: bool = True
    note: str = ""
    request: RequestId | None = None
    requested_by: OfficerId | None = None


class ClearanceRevoked(Event):
    reason: str


class CaseWithdrawn(Event):
    """撤案."""

    reason: WithdrawalReason
    note: str = ""
    request: RequestId | None = None
    requested_by: OfficerId | None = None


class CaseRefiled(Event):
    """New facts after a withdrawal: the matter goes on under another case."""

    as_case: CaseId
    reason: str


class CaseConcluded(Event):
    """结案. `outcome` is a code of the outcome list."""

    outcome: str


class ProsecutionTransferred(Event):
    """移送起诉."""


class CaseSuspended(Event):
    reason: str


class CaseReopened(Event):
    """From suspended, concluded, transferred, not filed or withdrawn; a standing clearance stays until it is revoked."""

    reason: str


class CaseLinked(Event):
    """串并案: part of a series; counts do not change."""

    series: SeriesId


class CaseUnlinked(Event):
    series: SeriesId
    reason: str


class CaseMerged(Event):
    """Counted with another case from now on."""

    into: CaseId
    reason: str


class CaseAbsorbed(Event):
    source: CaseId


class CaseUnmerged(Event):
    out_of: CaseId
    reason: str


class CaseReleased(Event):
    source: CaseId


class CaseSplit(Event):
    """Some of the offences go on as a case of their own; `remaining` is what stays here."""

    as_case: CaseId
    offences: tuple[Offence, ...]
    remaining: tuple[Offence, ...]
    reason: str


class JurisdictionTransferred(Event):
    from_station: OrganisationId
    from_division: DivisionCode
    to_station: OrganisationId
    to_division: DivisionCode
    reason: str


class CaseSealed(Event):
    """From now on the case is there only for those who have a grant."""

    reason: str


class CaseUnsealed(Event):
    reason: str


class SupervisionSet(Event):
    """挂牌督办; `level` None lifts it."""

    level: str | None
    reason: str


class ApprovalRequested(Event):
    """A change that needs a second person waits for one; just one of the three proposals is set.

    `effective_at` is when the change is said to have happened; that is when it takes effect once approved.
    """

    request: RequestId
    requested_by: OfficerId
    effective_at: datetime
    clearance: CaseCleared | None = None
    withdrawal: CaseWithdrawn | None = None
    reclassification: CaseReclassified | None = None


class ApprovalRejected(Event):
    request: RequestId
    reason: str


class CaseFactCorrected(Event):
    """`corrects` is the position of the event that was wrong; just the values that fit `fact` are set.

    OFFENCE_TYPE: `old_code` becomes `code`, and `offences` are what the case has from now on; PLACE: `place`, and
    `division` and `station` where they change too.
    """

    correction: CorrectionId
    fact: CaseFact
    corrects: int
    reason: str
    instant: datetime | None = None
    old_code: str | None = None
    code: str | None = None
    offences: tuple[Offence, ...] = ()
    place: Point | None = None
    division: DivisionCode | None = None
    station: OrganisationId | None = None


CaseChange = (
    CaseAccepted
    | ReviewExtended
    | CaseFiled
    | RetroFiled
    | FilingRefused
    | CaseReclassified
    | PersonInvolved
    | SuspectIdentified
    | ArrestRecorded
    | CaseCleared
    | ClearanceRevoked
    | CaseWithdrawn
    | CaseRefiled
    | CaseConcluded
    | ProsecutionTransferred
    | CaseSuspended
    | CaseReopened
    | CaseLinked
    | CaseUnlinked
    | CaseMerged
    | CaseAbsorbed
    | CaseUnmerged
    | CaseReleased
    | CaseSplit
    | JurisdictionTransferred
    | SupervisionSet
    | CaseSealed
    | CaseUnsealed
    | ApprovalRequested
    | ApprovalRejected
    | CaseFactCorrected
)
