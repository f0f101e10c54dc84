"""Errors as they are told: rules and bad requests in full, everything else as an id that the log explains."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from graphql import GraphQLError

from application.ports import LogUnavailable
from domain.rules import Rejected

UNAVAILABLE = "The log cannot answer now. Send the command again with the same commandId. 日志暂不可用，请用相同的命令编号重新发送。"
UNFIT = "This does not fit the schema. 与模式不符。"
BAD = "BAD_REQUEST"
logger = logging.getLogger("tocsin.api")


def told(errors: Iterable[GraphQLError], *, quiet: bool = False) -> list[dict[str, Any]]:
    """Where we are quiet, a bad request is told where it is bad, and not what would be better."""
    found = [_told(error) for error in errors]
    return [{**each, "message": UNFIT} if quiet and each["extensions"].get("code") == BAD else each for each in found]


def problem(code: str, message: str) -> dict[str, Any]:
    """A request that cannot even be understood, in the form of a GraphQL response."""
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


def internal(error: BaseException, where: str) -> dict[str, Any]:
    """What went wrong inside is nobody's business outside; the log knows it by the id, without the values involved."""
    id = uuid4().hex
    frames = "".join(traceback.format_tb(error.__traceback__))
    logger.error("Internal error %s at %s: %s\n%s", id, where, type(error).__name__, frames)
    return {"message": f"Internal error {id}. 内部错误 {id}。", "extensions": {"code": "INTERNAL", "id": id}}


def _told(error: GraphQLError) -> dict[str, Any]:
    original = error.original_error
    if isinstance(original, Rejected):
        return {**error.formatted, "message": original.message, "extensions": _words(original)}
    if isinstance(original, LogUnavailable):
        return {**error.formatted, "message": UNAVAILABLE, "extensions": {"code": "LOG_UNAVAILABLE"}}
    if _of_the_request(error):
        return {**error.formatted, "extensions": {"code": BAD, **(error.extensions or {})}}
    places = {key: value for key, value in error.formatted.items() if key in {"path", "locations"}}
    return {**internal(original or error, ".".join(map(str, error.path or ()))), **places}


def _of_the_request(error: GraphQLError) -> bool:
    """Before execution, or an argument that a variable made wrong; nothing of the inside shows in these."""
    return error.path is None or (isinstance(error.original_error, GraphQLError | None) and error.message.startswith("Argument "))


def _words(refusal: Rejected) -> dict[str, Any]:
    return {"code": refusal.code, "messageZh": refusal.message_zh, "field": refusal.field}
