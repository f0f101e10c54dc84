"""How far an export has come, and where it can be taken away: fields of an export beside its columns."""

from __future__ import annotations

from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.ids import teller
from api.schema.shapes import built, described, reads
from application.identity import Principal
from application.oversight.exports import Progress
from domain.ids import ExportId
from domain.oversight.export import ExportState

_Progress = built("ExportProgress", {"rows": int, "bytes": int, "share": float | None}, defaults={}, description=described(Progress))


async def _progress(root: Any, info: GraphInfo) -> Any:
    return (await context_of(info).services.exported.progress([root.id])).get(root.id)


def _url(root: Any, info: GraphInfo) -> str | None:
    mine = is_asker(context_of(info).principal, root)
    return f"/exports/{teller(ExportId)(root.id)}" if mine and root.state is ExportState.COMPLETED else None


def is_asker(who: Principal, row: Any) -> bool:
    """The same officer in the same role and place, or the same key: whoever has moved on may not see the same any more."""
    return (who.officer, who.organisation, who.role.value, who.key) == (row.requested_by, row.organisation, row.role, row.api_key)


def export_fields() -> dict[str, Any]:
    return {
        "progress": strawberry.field(
            resolver=_progress,
            graphql_type=_Progress | None,
            metadata=reads("id"),
            description="How far it has come; null once nothing of it is kept. 进度，内容清除后为空。",
        ),
        "url": strawberry.field(
            resolver=_url,
            graphql_type=str | None,
            metadata=reads("id", "state", "requested_by", "organisation", "role", "api_key"),
            description="Where on this server its asker takes it away, as long as it is kept. 下载路径，仅供申请人在保留期内使用。",
        ),
    }
