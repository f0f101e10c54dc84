"""GraphQL over HTTP: one endpoint, and the page for people at the same address."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

import orjson
from graphql import ExecutionResult, OperationType, execute, get_operation_ast
from starlette.requests import Request
from starlette.responses import Response
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.context import Context
from api.documents import DocumentRefused, Documents
from api.errors import internal, problem, told
from api.ide.page import page
from api.requests import GRAPHQL, Asked, NotUnderstood, answer_type, asked, bearer, unauthenticated
from api.schema.build import schema
from api.services import Services
from application.identity import Principal

ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class GraphQL:
    """Answers requests; nothing is read or written for anybody without a token."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._schema = schema()._schema  # noqa: SLF001 - the document cache works on the core's schema
        self._documents = Documents(self._schema)

    async def respond(self, request: Request) -> Response:
        if request.method == "GET":
            return self._page(request)
        try:
            principal = self._principal(request)
            media = answer_type(request)
            result = await self.answer(await asked(request), principal)
        except NotUnderstood as trouble:
            return _response(problem(trouble.code, trouble.message), trouble.status, headers=trouble.headers)
        return _response(result, _status(result, media), media)

    async def answer(self, question: Asked, principal: Principal) -> dict[str, Any]:
        """The response to a GraphQL request, as data."""
        try:
            return await self._executed(question, principal)
        except DocumentRefused as refused:
            return {"errors": told(refused.errors)}
        except TimeoutError:
            return problem("DEADLINE_EXCEEDED", "The query took too long; ask for less. 查询超时，请缩小范围。")
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller gets an id and the log the rest
            return {"errors": [internal(error, "request")]}

    async def _executed(self, question: Asked, principal: Principal) -> dict[str, Any]:
        document = self._documents.get(question.text)
        operation = get_operation_ast(document, question.operation)
        result = execute(
            self._schema,
            document,
            context_value=Context(self._services, principal),
            variable_values=question.variables,
            operation_name=question.operation,
            executor_class=StrawberryGraphQLCoreExecutionContext,
            hide_suggestions=True,
            operation_extensions=None,
        )
        if isinstance(result, Awaitable):
            reads = operation is not None and operation.operation is OperationType.QUERY
            async with asyncio.timeout(self._services.settings.deadline if reads else None):
                result = await result
        return _told(result)

    def _principal(self, request: Request) -> Principal:
        principal = self._services.identity.principal(bearer(request))
        if principal is None:
            raise unauthenticated()
        return principal

    def _page(self, request: Request) -> Response:
        if "text/html" not in request.headers.get("accept", ""):
            message = "Queries are sent by POST. 请使用 POST 发送查询。"
            return _response(problem("METHOD_NOT_ALLOWED", message), 405, headers={"Allow": "POST"})
        return page(self._services.settings, self._services.clock.now().date())


def _told(result: ExecutionResult) -> dict[str, Any]:
    """A request error leaves `data` out; a field error leaves it standing."""
    if not result.errors:
        return {"data": result.data}
    errors = told(result.errors)
    of_the_request = result.data is None and all(error.path is None for error in result.errors)
    return {"errors": errors} if of_the_request else {"errors": errors, "data": result.data}


def _status(result: dict[str, Any], media: str) -> int:
    """With the older media type a GraphQL answer is always 200, as its clients expect."""
    return 400 if media == GRAPHQL and "data" not in result else 200


def _response(content: dict[str, Any], status: int, media: str = "application/json", headers: dict[str, str] | None = None) -> Response:
    body = orjson.dumps(content)
    return Response(body, status, headers={**ALWAYS, **(headers or {}), "Content-Type": f"{media}; charset=utf-8"})
