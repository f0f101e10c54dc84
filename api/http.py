"""GraphQL over HTTP: one endpoint, and the page for people at the same address."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, OperationType
from starlette.requests import Request
from starlette.responses import Response

from api.budget import REFUSED, Budget, Overdrawn
from api.context import Context
from api.documents import DocumentRefused, Documents, Known
from api.errors import internal, problem, told
from api.ide.page import page
from api.requests import GRAPHQL, Asked, NotUnderstood, answer_type, asked, asked_by_get, bearer, unauthenticated
from api.schema.build import schema
from api.services import Services
from application.identity import Principal

TOO_MUCH = (
    "You have asked for too much in a short time; come back after the seconds in Retry-After. 请求过于频繁，请按 Retry-After 秒后重试。"
)
ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
ELSEWHERE = "Subscriptions are taken over a WebSocket, or by POST at /graphql/stream. 订阅请使用 WebSocket 或 /graphql/stream。"


class GraphQL:
    """Answers requests; nothing is read or written for anybody without a token."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.schema = schema()._schema  # noqa: SLF001 - the document cache and subscriptions work on the core's schema
        self.documents = Documents(self.schema, services.settings.exposure)
        self._budget = Budget(services.settings.budget)

    async def respond(self, request: Request) -> Response:
        try:
            if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
                return self._page()
            return await self._answered(request)
        except NotUnderstood as trouble:
            return response(problem(trouble.code, trouble.message), trouble.status, headers=trouble.headers)
        except Overdrawn as empty:
            return overdrawn(empty)

    async def _answered(self, request: Request) -> Response:
        principal, media = await self.principal(request), answer_type(request)
        self._budget.insist(principal.officer)
        question = asked_by_get(request) if request.method == "GET" else await asked(request)
        try:
            known = self._looked_at(question, principal)
        except DocumentRefused as refused:
            return _answer({"errors": self.told(refused.errors)}, media)
        self._insist_on_reading(request, known, question)
        self._budget.spend(principal.officer, known.cost)
        result = await self._executed(known, question, principal)
        return _answer({**result, "extensions": {"cost": self._budget.told(principal.officer, known.cost)}}, media)

    def admitted(self, question: Asked, principal: Principal) -> Known:
        """The document of a request that came over another connection, paid for."""
        self._budget.insist(principal.officer)
        known = self._looked_at(question, principal)
        self._budget.spend(principal.officer, known.cost)
        return known

    def _looked_at(self, question: Asked, principal: Principal) -> Known:
        try:
            return self.documents.asked(question, free=principal.key is not None)
        except DocumentRefused:
            self._budget.spend(principal.officer, REFUSED)
            raise

    async def answer(self, question: Asked, principal: Principal) -> dict[str, Any]:
        """The response to a GraphQL request of this process's own, as data."""
        try:
            known = self.documents.asked(question, free=True)
        except DocumentRefused as refused:
            return {"errors": self.told(refused.errors)}
        return await self._executed(known, question, principal)

    async def _executed(self, known: Known, question: Asked, principal: Principal) -> dict[str, Any]:
        try:
            return await self._carried_out(known, question, principal)
        except TimeoutError:
            return problem("DEADLINE_EXCEEDED", "The query took too long; ask for less. 查询超时，请缩小范围。")
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller gets an id and the log the rest
            return {"errors": [internal(error, "request")]}

    async def _carried_out(self, known: Known, question: Asked, principal: Principal) -> dict[str, Any]:
        """A query has its deadline; a command is carried to its end."""
        kind = known.planned.kind(question.operation)
        if kind is OperationType.SUBSCRIPTION:
            return problem("SUBSCRIPTION_ELSEWHERE", ELSEWHERE)
        async with asyncio.timeout(self._services.settings.deadline if kind is OperationType.QUERY else None):
            context = Context(self._services, principal)
            return self._result(await known.planned.carried_out(question.operation, question.variables, context))

    def told(self, errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
        return told(errors, quiet=self._services.settings.exposure.hardened)

    def _result(self, result: ExecutionResult) -> dict[str, Any]:
        """A request error leaves `data` out; a field error leaves it standing."""
        if not result.errors:
            return {"data": result.data}
        of_the_request = result.data is None and all(error.path is None for error in result.errors)
        return {"errors": self.told(result.errors), **({} if of_the_request else {"data": result.data})}

    def charge(self, principal: Principal, cost: int) -> None:
        """What comes by another address is paid for from the same bucket."""
        self._budget.spend(principal.officer, cost)

    async def principal(self, request: Request) -> Principal:
        principal = await self._services.identity.principal(bearer(request))
        if principal is None:
            raise unauthenticated()
        return principal

    def _insist_on_reading(self, request: Request, known: Known, question: Asked) -> None:
        """What comes by GET changes nothing; where we are hardened, it is trusted too."""
        if request.method == "GET":
            reads = known.planned.kind(question.operation) in {None, OperationType.QUERY}
            if not reads or (self._services.settings.exposure.hardened and not known.trusted):
                raise _by_post()

    def _page(self) -> Response:
        if self._services.settings.exposure.hardened:
            raise _by_post()
        return page(self._services.settings, self._services.clock.now().date())


def _by_post() -> NotUnderstood:
    return NotUnderstood(405, "METHOD_NOT_ALLOWED", "This is sent by POST. 请使用 POST 发送。", Allow="POST")


def overdrawn(empty: Overdrawn) -> Response:
    return response(problem("RATE_LIMITED", TOO_MUCH), 429, headers={"Retry-After": str(empty.seconds)})


def _answer(result: dict[str, Any], media: str) -> Response:
    return response(result, _status(result, media), media)


def _status(result: dict[str, Any], media: str) -> int:
    """With the older media type a GraphQL answer is always 200, as its clients expect."""
    return 400 if media == GRAPHQL and "data" not in result else 200


def response(content: dict[str, Any], status: int, media: str = "application/json", headers: dict[str, str] | None = None) -> Response:
    body = orjson.dumps(content, option=orjson.OPT_UTC_Z)
    return Response(body, status, headers={**ALWAYS, **(headers or {}), "Content-Type": f"{media}; charset=utf-8"})
