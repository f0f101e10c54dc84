"""What can be read of oversight. Exports are written in the events' own commit."""

from __future__ import annotations

from datetime import datetime

from application.views import View
from domain.ids import ApiKeyId, ExportId, OfficerId, OrganisationId
from domain.oversight.events import ExportFailure
from domain.oversight.export import ExportState


class ExportView(View):
    """An export: what was taken out of the house, by whom and for what, and what became of it.

    数据导出：由何人、为何目的导出了什么及其结果。
    """

    filters = ("state", "list", "requested_by", "organisation")
    orders = ("requested_at",)

    id: ExportId
    version: int
    state: ExportState
    list: str
    query: str
    variables: str
    document: str
    purpose: str
    requested_by: OfficerId
    organisation: OrganisationId
    role: str
    api_key: ApiKeyId | None
    requested_at: datetime
    began: int
    position: int | None
    rows: int | None
    bytes: int | None
    digest: str | None
    ended_at: datetime | None
    expires_at: datetime | None
    reason: ExportFailure | None
    downloaded_at: datetime | None
