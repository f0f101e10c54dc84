"""What can be read of footage requests: how each stands, and the register of every step (调取登记)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from application.views import View
from domain.ids import AlarmId, CaseId, FootageRequestId, FootageStepId, LegalBasisId, OfficerId, OrganisationId, RegisteredCameraId
from domain.surveillance.events import FootagePaper
from domain.surveillance.footage_request import FootageState


class FootageRequestView(View):
    """A request for footage: who asked for what and by which paper, who holds what was taken and until when it is kept.

    视频调取申请：何人因何申请何时段、凭何批准、现由何人保管、保存至何时。
    """

    filters = ("state", "camera", "station", "case", "alarm", "requested_by", "holder", "held", "requested_at", "retain_until")
    orders = ("requested_at", "retain_until")

    id: FootageRequestId
    version: int
    state: FootageState
    camera: RegisteredCameraId
    station: OrganisationId
    case: CaseId | None
    alarm: AlarmId | None
    officers: tuple[OfficerId, ...]
    purpose: str
    since: datetime
    until: datetime
    needed_by: datetime
    legal_basis: LegalBasisId
    important: bool
    requested_by: OfficerId
    requested_at: datetime
    paper: FootagePaper | None
    paper_number: str | None
    answered_by: OfficerId | None
    answered_at: datetime | None
    retrieved_at: datetime | None
    holder: OfficerId | None
    held: bool
    retain_until: datetime | None
    limit: str | None
    retention_expired_at: datetime | None
    ended_at: datetime | None


class FootageStepKind(StrEnum):
    """What was done with footage, or to the request for it.

    视频调取登记事项。
    """

    REQUESTED = "REQUESTED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    EXPIRED = "EXPIRED"
    RETRIEVED = "RETRIEVED"
    SEALED = "SEALED"
    TRANSFERRED = "TRANSFERRED"
    ACCESSED = "ACCESSED"
    HELD = "HELD"
    RELEASED = "RELEASED"
    RETENTION_EXPIRED = "RETENTION_EXPIRED"
    RETURNED = "RETURNED"
    DESTROYED = "DESTROYED"


class FootageStepView(View):
    """One line of the register of footage: who did what, when, why, and where it went to.

    视频调取登记簿的一行：何人、何时、何事由、去向何处。
    """

    filters = ("footage", "kind", "by", "taker", "at")
    orders = ("at",)

    id: FootageStepId
    version: int
    footage: FootageRequestId
    kind: FootageStepKind
    by: OfficerId
    at: datetime
    reason: str
    taker: OfficerId | None
    destination: str
