"""What comes in over HTTP: who sends it, how much of it, and whether it is a GraphQL request at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from starlette.requests import HTTPConnection, Request

LARGEST_BODY = 64 * 1024
GRAPHQL, JSON = "application/graphql-response+json", "application/json"
_NUL = re.compile(rb"\\u(?:0000|\{0+\})")
_BEARER = re.compile(r"Bearer +([!-~]{1,8192})", re.IGNORECASE)


class NotUnderstood(Exception):  # noqa: N818 - an answer to the caller
    """A request that is answered with a status of HTTP."""

    def __init__(self, status: int, code: str, message: str, **headers: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL request. `document` is the id of a trusted document, which takes the place of the text."""

    text: str
    variables: dict[str, Any] | None
    operation: str | None
    document: str | None = None


def bearer(request: HTTPConnection) -> str:
    """The token that came along."""
    found = _token(request.headers.get("authorization"))
    if found is None:
        raise unauthenticated()
    return found


def token_in(payload: object) -> str | None:
    """The token of a connection's first message."""
    if not isinstance(payload, dict):
        return None
    return _token(next((value for name, value in payload.items() if isinstance(name, str) and name.lower() == "authorization"), None))


def _token(given: object) -> str | None:
    found = _BEARER.fullmatch(given) if isinstance(given, str) else None
    return found[1] if found is not None else None


def unauthenticated() -> NotUnderstood:
    message = "A valid bearer token is needed. 需要有效的访问令牌。"
    return NotUnderstood(401, "UNAUTHENTICATED", message, **{"WWW-Authenticate": 'Bearer realm="tocsin"'})


def answer_type(request: Request) -> str:
    """The media type to answer with: what is named wins over what is merely allowed."""
    return _answer_type(request.headers.get("accept", "*/*"))


@lru_cache(100)
def _answer_type(accept: str) -> str:
    kinds = {kind.partition(";")[0].strip() for kind in accept.lower().split(",") if not kind.replace(" ", "").endswith(";q=0")}
    if GRAPHQL in kinds:
        return GRAPHQL
    if kinds & {JSON, "application/*", "*/*"}:
        return JSON
    raise NotUnderstood(406, "NOT_ACCEPTABLE", f"The answer is {GRAPHQL} or {JSON}. 响应格式须为上述之一。")


def asked_by_get(request: Request) -> Asked:
    """The request in the address, as the specification of GraphQL over HTTP spells it."""
    content: dict[str, Any] = dict(request.query_params)
    if _NUL.search(content.get("query", "").encode()):
        raise _malformed("no text may hold NUL characters. 文字不得含 NUL 字符。")
    for name in ("variables", "extensions"):
        if name in content:
            content[name] = _json(content[name].encode())
    return question(content)


async def asked(request: Request) -> Asked:
    """The request in the body, checked as far as its form goes."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != JSON:
        raise NotUnderstood(415, "UNSUPPORTED_MEDIA_TYPE", f"The request must be {JSON}. 请求须为 {JSON}。")
    return question(parsed(await _body(request)))


async def _body(request: Request) -> bytes:
    too_large = NotUnderstood(413, "TOO_LARGE", f"A request holds {LARGEST_BODY} bytes at most. 请求不得超过 {LARGEST_BODY} 字节。")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LARGEST_BODY:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise too_large
    return bytes(body)


def parsed(body: bytes) -> dict[str, Any]:
    """The JSON object in a body or a message."""
    content = _json(body)
    if not isinstance(content, dict):
        raise _malformed("the body must be one JSON object. 请求体须为一个 JSON 对象。")
    return content


def _json(body: bytes) -> Any:
    if _NUL.search(body):
        raise _malformed("no text may hold NUL characters. 文字不得含 NUL 字符。")
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise _malformed("the request is not JSON. 请求不是有效的 JSON。") from None


def question(content: dict[str, Any]) -> Asked:
    """The GraphQL request that an object is."""
    variables, operation = content.get("variables"), content.get("operationName")
    for name in ("variables", "extensions"):
        if not isinstance(content.get(name), dict | None):
            raise _malformed(f"`{name}` must be an object. `{name}` 须为对象。")
    if not isinstance(operation, str | None):
        raise _malformed("`operationName` must be a name. `operationName` 须为名称。")
    text, document = content.get("query"), _document(content)
    if text is None and document is not None:
        return Asked("", variables, operation, document)
    if not isinstance(text, str) or not text.strip():
        raise _malformed("`query` must be a document. `query` 须为查询文本。")
    return Asked(text, variables, operation)


def _document(content: dict[str, Any]) -> str | None:
    """The id of a trusted document, in the specification's spelling or in the older one of Apollo's clients; a text given with it wins."""
    older = (content.get("extensions") or {}).get("persistedQuery")
    named = content.get("documentId") or (older.get("sha256Hash") if isinstance(older, dict) else None)
    if not isinstance(named, str | None):
        raise _malformed("`documentId` must be a text. `documentId` 须为文字。")
    return named


def _malformed(why: str) -> NotUnderstood:
    return NotUnderstood(400, "MALFORMED", f"Malformed request: {why}")
