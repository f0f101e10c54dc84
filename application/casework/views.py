"""What can be read of casework. The case list is written in the events' own commit."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from application.views import View
from domain.casework.events import ClearanceKind, ErasureGround, Offence, SubjectKind, WithdrawalReason
from domain.ids import AlarmId, CaseId, CorrectionId, DivisionCode, OfficerId, OrderId, OrganisationId, PersonId, RequestId, SeriesId
from domain.places import Point


class CaseState(StrEnum):
    """Where a case stands."""

    REPORTED = "REPORTED"
    ACCEPTED = "ACCEPTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    FILED = "FILED"
    NOT_FILED = "NOT_FILED"
    CLEARED = "CLEARED"
    CONCLUDED = "CONCLUDED"
    TRANSFERRED = "TRANSFERRED"
    WITHDRAWN = "WITHDRAWN"
    SUSPENDED = "SUSPENDED"
    MERGED = "MERGED"


class ApprovalKind(StrEnum):
    """What waits for a second person."""

    CLEARANCE = "CLEARANCE"
    WITHDRAWAL = "WITHDRAWAL"
    RECLASSIFICATION = "RECLASSIFICATION"


class ApprovalState(StrEnum):
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


class CorrectionState(StrEnum):
    ASKED = "ASKED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    APPLIED = "APPLIED"
    LAPSED = "LAPSED"


class CaseView(View):
    """A case as it stands now.

    案件的当前状态。
    """

    filters = ("state", "division", "station", "number", "filed_at", "reported_at", "series", "merged_into", "alarm")
    orders = ("reported_at", "filed_at", "number")

    id: CaseId
    version: int
    number: str
    state: CaseState
    division: DivisionCode
    station: OrganisationId
    offences: tuple[Offence, ...]
    alarm: AlarmId | None
    occurred_from: datetime | None
    occurred_to: datetime | None
    place: Point | None
    address: str
    summary: str
    external_id: str | None
    reported_at: datetime
    accepted_at: datetime | None
    review_until: datetime | None
    filed_at: datetime | None
    cleared_at: datetime | None
    clearance: ClearanceKind | None
    clearance_dated: bool
    offences_cleared: int
    outcome: str | None
    withdrawn_at: datetime | None
    withdrawal: WithdrawalReason | None
    concluded_at: datetime | None
    series: SeriesId | None
    supervision: str | None
    merged_into: CaseId | None
    refiled_from: CaseId | None
    refiled_as: CaseId | None
    split_from: CaseId | None
    suspects: int
    arrests: int
    warrants: int
    victims: int
    reopened: int
    sealed: bool


class ApprovalView(View):
    """A change of a case that waits for, or got, the decision of a second person, and what it proposes.

    等待或已经第二人审批的案件变更及其内容。
    """

    filters = ("case", "state", "kind")
    orders = ("requested_at",)

    id: RequestId
    case: CaseId
    kind: ApprovalKind
    state: ApprovalState
    requested_by: OfficerId
    requested_at: datetime
    effective_at: datetime
    clearance: ClearanceKind | None
    outcome: str | None
    offences_cleared: int | None
    withdrawal: WithdrawalReason | None
    before: tuple[Offence, ...]
    after: tuple[Offence, ...]
    explanation: str
    decided_by: OfficerId | None
    decided_at: datetime | None
    reason: str


class CorrectionView(View):
    """A request to put a recorded fact right; the original stays visible at position `corrects`.

    One that lapsed was approved but could not be applied any more: the obstacle is the rule that stood against it.

    更正申请；原记录仍可见。已失效的申请虽获批准但已无法执行，并注明所违反的规则。
    """

    filters = ("subject", "state", "alarm", "order", "case")
    orders = ("requested_at",)

    id: CorrectionId
    version: int
    subject: SubjectKind
    alarm: AlarmId | None
    order: OrderId | None
    case: CaseId | None
    state: CorrectionState
    fact: str
    corrects: int
    reason: str
    instant: datetime | None
    old_code: str | None
    code: str | None
    place: Point | None
    division: DivisionCode | None
    station: OrganisationId | None
    requested_by: OfficerId
    requested_at: datetime
    decided_by: OfficerId | None
    decided_at: datetime | None
    rejection: str
    obstacle: str | None
    obstacle_message: str
    obstacle_message_zh: str


class PersonView(View):
    """That somebody is registered, was read about last, and on which ground their details were erased; the details are in the vault.

    人员登记、最近查阅与删除依据；个人信息存于个人信息库。
    """

    filters = ("erased",)
    orders = ("registered_at",)

    id: PersonId
    version: int
    registered_at: datetime
    last_read_at: datetime | None
    last_found_at: datetime | None
    erased: bool
    erased_at: datetime | None
    ground: ErasureGround | None
