"""Asking for an export: the query is looked at first, and what is asked for stands on record before anything is read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import strawberry

from api.context import Context, GraphInfo, context_of
from api.exports.asking import Asking
from api.exports.rules import ExportVariablesInvalid
from api.requests import Asked
from api.schema.mutations import NOTHING, answers, payload
from api.schema.refusals import refused
from api.schema.scalars import Json
from api.schema.shapes import built
from application.oversight import exports
from application.requests import Request
from domain.ids import CommandId, ExportId
from domain.rules import Rejected

_WORDS = {
    "command_id": strawberry.field(
        description="Made by the caller; the same command sent again does nothing new. 命令编号，重复发送不会重复执行。"
    ),
    "purpose": strawberry.field(description="What it is for; it stands on record. 导出目的，须入库。"),
    "query": strawberry.field(
        default=None, description="A query for one list, with its `nodes` and nothing else: `{ cases { nodes { id } } }`. 查询文本。"
    ),
    "document_id": strawberry.field(default=None, description="A trusted document in its place, `sha256:...`. 受信任文档的编号。"),
    "operation_name": strawberry.field(default=None, description="Which query of the document, where it has several. 操作名称。"),
    "variables": strawberry.field(default=None, description="The query's variables, an object. 查询变量。"),
}
_Input = built(
    "RequestExportInput",
    {
        "command_id": UUID,
        "export": ExportId,
        "purpose": str,
        "query": str | None,
        "document_id": str | None,
        "operation_name": str | None,
        "variables": Json | None,
    },
    defaults=_WORDS,
    description="A list to be exported to its end. 导出请求。",
    given=True,
)
_Payload = payload("RequestExport", {"export": ExportId}, NOTHING)
DESCRIPTION = """Export a list to its end, as you see it: a line of JSON for each of its rows, nested objects kept.
Ask for `export(id)` to see how far it is.

导出整个列表：每行一个 JSON 对象，保留嵌套结构。可查询 export(id) 了解进度。"""


def export_mutations() -> dict[str, Any]:
    answer = answers("RequestExportResult", "What the command led to. 命令的答复。", _Payload)
    _request.__annotations__ |= {"info": GraphInfo, "input": _Input}
    return {"request_export": strawberry.mutation(resolver=_request, graphql_type=answer, description=DESCRIPTION)}


async def _request(info: GraphInfo, input: Any) -> Any:
    context = context_of(info)
    asking = Asking(context.services, info._raw_info.schema)  # noqa: SLF001 - Strawberry's own schema hides the core's
    try:
        done = await context.services.desk.carry_out(await _command(context, asking, input))
    except Rejected as refusal:
        return refused(refusal)
    context.insist_on(done.position)
    given = {"command_id": input.command_id, "given": vars(input)}
    return _Payload(position=done.position, recorded_at=done.recorded_at, repeated=done.repeated, **given)


async def _command(context: Context, asking: Asking, input: Any) -> Request:
    """Whether somebody may export at all comes first: nothing is read for others."""
    services, who = context.services, context.principal
    await services.access.insist(who, exports.request(input.export, "", "", "", "", "", who.role.value, who.key), ())
    found = await asking.looked_at(_question(input), who)
    command = exports.request(
        input.export, found.list, found.query, found.variables, found.document, input.purpose, who.role.value, who.key
    )
    running = await services.exported.running(who.officer)
    limited = exports.limited(command, running, services.settings.exports)
    return Request(command=limited, command_id=CommandId(input.command_id), by=who.officer, organisation=who.organisation)


def _question(input: Any) -> Asked:
    if not isinstance(input.variables, dict | None):
        raise ExportVariablesInvalid
    return Asked(input.query or "", input.variables, input.operation_name, input.document_id)
