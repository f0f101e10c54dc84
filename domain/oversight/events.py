"""All events of oversight: what was taken out of the house, by whom, for what, and what became of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from domain.events import Event
from domain.ids import ApiKeyId


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
