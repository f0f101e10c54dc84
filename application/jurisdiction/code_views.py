"""What can be read of code lists."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from application.views import View
from domain.ids import CodeListId, OfficerId
from domain.jurisdiction.events import CodeEntry, CodeScope


class CodeListState(StrEnum):
    """Whether codes are a draft, count or counted, or are known to end.

    代码表状态：草案、启用、被取代。
    """

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    SUPERSEDED = "SUPERSEDED"


class CodeListView(View):
    """A version of the codes for types of alarms or for priorities, and the stretch of time that is held to it.

    一版代码表（警情类别、警情级别）及其适用时段。
    """

    filters = ("code", "scope", "state")
    orders = ("drafted_at",)

    id: CodeListId
    version: int
    code: str
    scope: CodeScope
    state: CodeListState
    entries: tuple[CodeEntry, ...]
    active_from: datetime | None
    active_to: datetime | None
    superseded_by: CodeListId | None
    drafted_by: OfficerId
    drafted_at: datetime
