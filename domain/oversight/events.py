"""All events of oversight: exports, and directives with what their addressees answer."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from domain.events import Event
from domain.ids import ApiKeyId, OrganisationId


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
