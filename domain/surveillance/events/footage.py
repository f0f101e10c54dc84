"""The events of footage requests: who asked for what, by whose paper, and everything that became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from domain.events import Event
from domain.ids import AlarmId, CaseId, LegalBasisId, OfficerId, OrganisationId, RegisteredCameraId


class FootagePaper(StrEnum):
    """By which paper footage may be taken: the approval of a head at county level or above, or the officers' own unit's certificate.

    调取依据：县级以上公安机关负责人批准文书，或所在单位证明。
    """

    APPROVAL = "APPROVAL"
    CERTIFICATE = "CERTIFICATE"


class FootageRequested(Event):
    """`station` is the camera's. Two officers show who they are by their numbers; `needed_by` is until when the request stands."""

    camera: RegisteredCameraId
    station: OrganisationId
    officers: tuple[OfficerId, ...]
    requested_by: OfficerId
    purpose: str
    since: datetime
    until: datetime
    needed_by: datetime
    legal_basis: LegalBasisId
    case: CaseId | None = None
    alarm: AlarmId | None = None
    important: bool = False


class FootageApproved(Event):
    """`number` is the paper's own."""

    paper: FootagePaper
    number: str


class FootageRefused(Event):
    reason: str


class FootageRequestExpired(Event):
    """Nobody took the footage until it was needed."""


class FootageRetrieved(Event):
    """What was taken, and until when it is kept at least by the limit that counted then."""

    since: datetime
    until: datetime
    sha256: str
    byte_size: int
    holder: OfficerId
    retain_until: datetime
    limit: str


class FootageSealed(Event):
    """`seal` is the number of the seal (封存编号)."""

    seal: str


class CustodyTransferred(Event):
    """From whom to whom, where to, and why."""

    giver: OfficerId
    taker: OfficerId
    destination: str
    reason: str


class EvidenceAccessed(Event):
    """Somebody read the entry: what was taken, its digest and its seal."""

    purpose: str


class HoldPlaced(Event):
    """From now on nothing of it goes, whatever the limits say (证据保全)."""

    reason: str


class HoldLifted(Event):
    reason: str


class RetentionExpired(Event):
    """It need not be kept any longer; that it is destroyed somebody still decides."""


class FootageReturned(Event):
    """Given back for good."""

    destination: str
    reason: str


class FootageDestroyed(Event):
    reason: str


FootageChange = (
    FootageApproved
    | FootageRefused
    | FootageRequestExpired
    | FootageRetrieved
    | FootageSealed
    | CustodyTransferred
    | EvidenceAccessed
    | HoldPlaced
    | HoldLifted
    | RetentionExpired
    | FootageReturned
    | FootageDestroyed
)
