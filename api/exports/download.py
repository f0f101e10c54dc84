"""Handing out what was exported: to its asker alone, whole or from where a connection broke, deflated or not."""

from __future__ import annotations

import re
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.budget import Overdrawn
from api.errors import problem
from api.http import ALWAYS, GraphQL, overdrawn, response
from api.requests import NotUnderstood
from api.schema.ids import given, teller
from api.services import Services
from application.identity import Principal
from application.oversight import exports
from application.oversight.exports import Content
from application.ports import LogUnavailable
from application.requests import Request as DeskRequest
from domain.ids import CommandId, ExportId, uuid7
from domain.rules import Rejected

COST = 1_000
"""Points of the budget for each download, so that nobody keeps the server busy by beginning again and again."""
HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST = b"\x03\x00"
"""Of gzip: what stands before the parts, and the empty stretch that ends them."""
_RAW = -15
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
"""One range; whoever asks for several is given everything, as HTTP allows."""


@dataclass(frozen=True, slots=True)
class Span:
    """From a byte to before another."""

    start: int
    end: int


class Downloads:
    """`GET /exports/{id}`."""

    def __init__(self, services: Services, graphql: GraphQL) -> None:
        self._services = services
        self._graphql = graphql

    async def respond(self, request: Request) -> Response:
        try:
            return await self._answered(request)
        except NotUnderstood as trouble:
            return response(problem(trouble.code, trouble.message), trouble.status, headers=trouble.headers)
        except Overdrawn as empty:
            return overdrawn(empty)

    async def _answered(self, request: Request) -> Response:
        principal = await self._graphql.principal(request)
        self._graphql.charge(principal, COST)
        key = given(ExportId, request.path_params["id"])
        content = await self._services.exported.content(ExportId(key), principal) if key is not None else None  # type: ignore[arg-type]  # a UUID
        if key is None or content is None:
            raise _not_found()
        export = ExportId(key)  # type: ignore[arg-type]  # a UUID
        if request.method == "GET":
            await self._record(export, principal)
        return _answer(self._services, export, content, request.headers)

    async def _record(self, export: ExportId, principal: Principal) -> None:
        """First on record, then told; only the first time does it say something new."""
        command, id = exports.download(export), CommandId(uuid7(self._services.clock.now()))
        try:
            await self._services.access.insist(principal, command, ())
            await self._services.desk.carry_out(
                DeskRequest(command=command, command_id=id, by=principal.officer, organisation=principal.organisation)
            )
        except Rejected:
            raise _not_found() from None
        except LogUnavailable:
            raise NotUnderstood(503, "LOG_UNAVAILABLE", "The log cannot answer now; ask again. 日志暂不可用，请重试。") from None


def _answer(services: Services, export: ExportId, content: Content, asked: Mapping[str, str]) -> Response:
    headers = {
        **ALWAYS,
        "Content-Type": "application/x-ndjson",
        "Content-Disposition": f'attachment; filename="{teller(ExportId)(export)}.ndjson"',
        "Vary": "Accept-Encoding",
    }
    plain, deflated = f'"{content.digest}"', f'"{content.digest}-gzip"'
    if "range" not in asked and _takes_gzip(asked.get("accept-encoding", "")):
        size = len(HEAD) + sum(part.packed for part in content.parts) + len(LAST) + 8
        headers |= {"ETag": deflated, "Content-Encoding": "gzip", "Content-Length": str(size)}
        return StreamingResponse(_deflated(services, export, content), 200, headers)
    headers |= {"ETag": plain, "Accept-Ranges": "bytes"}
    span = _span(asked.get("range", ""), content.size) if asked.get("if-range", plain) == plain else None
    if span is not None and span.start >= span.end:
        headers |= {"Content-Range": f"bytes */{content.size}"}
        return response(
            problem("RANGE_NOT_SATISFIABLE", "It is not that long. 超出内容长度。"), 416, headers={**headers, "Content-Type": ""}
        )
    whole = Span(0, content.size)
    told = span or whole
    headers |= {"Content-Length": str(told.end - told.start)}
    if span is not None:
        headers |= {"Content-Range": f"bytes {span.start}-{span.end - 1}/{content.size}"}
    return StreamingResponse(_plain(services, export, content, told), 200 if span is None else 206, headers)


async def _deflated(services: Services, export: ExportId, content: Content) -> AsyncIterator[bytes]:
    """The parts as they are kept, made one gzip file."""
    yield HEAD
    for number in range(len(content.parts)):
        yield await _part(services, export, number)
    yield LAST + content.crc.to_bytes(4, "little") + (content.size & 0xFFFFFFFF).to_bytes(4, "little")


async def _plain(services: Services, export: ExportId, content: Content, span: Span) -> AsyncIterator[bytes]:
    start = 0
    for number, part in enumerate(content.parts):
        end = start + part.size
        if end > span.start and start < span.end:
            found = zlib.decompressobj(_RAW).decompress(await _part(services, export, number))
            yield found[max(0, span.start - start) : span.end - start]
        start = end


async def _part(services: Services, export: ExportId, number: int) -> bytes:
    """One that has been dropped meanwhile breaks the connection: the length that was promised is never reached."""
    found = await services.exported.part(export, number)
    if found is None:
        raise ConnectionAbortedError("the export has expired")
    return found


def _span(asked: str, size: int) -> Span | None:
    """What is asked for, empty where there is no such byte; None where nothing is asked for that we know."""
    found = _RANGE.fullmatch(asked.replace(" ", ""))
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return Span(max(0, size - int(found[2])), size)
    start, end = int(found[1]), int(found[2]) + 1 if found[2] else size
    return None if end <= start < size else Span(min(start, size), min(end, size))


def _takes_gzip(accepted: str) -> bool:
    for each in accepted.lower().split(","):
        name, _, weight = each.replace(" ", "").partition(";")
        if name == "gzip":
            return re.fullmatch(r"q=0(\.0*)?", weight) is None
    return False


def _not_found() -> NotUnderstood:
    return NotUnderstood(404, "NOT_FOUND", "There is nothing to download here. 此处无可下载内容。")
