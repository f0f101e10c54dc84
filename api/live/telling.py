"""From a subscription document to the group it is told in, and from a record to what the document selects of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Hashable
from typing import Any, cast

import orjson
from graphql import (
    SKIP,
    ArgumentNode,
    DocumentNode,
    ExecutionResult,
    GraphQLSchema,
    NamedTypeNode,
    NonNullTypeNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    VisitorAction,
    execute,
    visit,
)
from graphql.execution import create_source_event_stream
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext as Execution

from api.context import Context
from api.documents import DocumentRefused
from api.errors import internal, problem, told
from api.requests import Asked
from api.schema.subscriptions import Source
from api.services import Services
from application.identity import Principal
from application.live import Record, Subscriber, Subscription, Tell
from application.webhooks import NotToldNow, Wish

AFTER = "after"
TOO_LATE = problem("DEADLINE_EXCEEDED", "The event took too long to show; select less. 超时，请减少所选字段。")

PASSING = frozenset({"INTERNAL", "DEADLINE_EXCEEDED", "STALE_READ", "LOG_UNAVAILABLE"})
"""Errors that may be gone at another try: whoever can wait does not tell them."""


class Telling:
    """Subscribes to the hub what a document asks for."""

    def __init__(self, services: Services, schema: GraphQLSchema) -> None:
        self._services = services
        self._schema = schema

    async def subscribe(
        self, document: DocumentNode, question: Asked, principal: Principal, subscriber: Subscriber, after: int | None = None
    ) -> Subscription:
        """What was missed, where a position is given, and then what happens; `DocumentRefused` says what is wrong with a document."""
        source = await self._source(document, question, principal)
        return await self._services.hub.subscribe(
            self._key(document, question, principal),
            source.topic,
            principal,
            self._tell(document, question, source, principal),
            subscriber,
            source.after if after is None else after,
        )

    async def wish(self, document: DocumentNode, question: Asked, principal: Principal) -> Wish:
        """What a document asks for, for whoever follows the log without the hub; where it begins is not the document's to say."""
        source = await self._source(document, question, principal)

        async def tell(record: Record) -> str:
            answer = await self._answer(document, question, source, principal, record)
            if any(error.get("extensions", {}).get("code") in PASSING for error in answer.get("errors", ())):
                raise NotToldNow
            return _encoded(answer, record)

        return Wish(source.topic, tell)

    async def _source(self, document: DocumentNode, question: Asked, principal: Principal) -> Source:
        context = Context(self._services, principal)
        execution = Execution.build(
            self._schema, document, None, context, question.variables, question.operation, hide_suggestions=True, operation_extensions=None
        )
        if isinstance(execution, list):
            raise DocumentRefused(*execution)
        found: Any = create_source_event_stream(execution)
        source = await found if isinstance(found, Awaitable) else found
        if isinstance(source, ExecutionResult):
            raise DocumentRefused(*(source.errors or ()))
        return cast("Source", source)

    def _key(self, document: DocumentNode, question: Asked, principal: Principal) -> Hashable:
        """Where somebody begins makes no difference to what an event looks like."""
        beginnings = _beginnings(document)
        variables = {name: value for name, value in (question.variables or {}).items() if name not in beginnings}
        scope = self._services.hub.sight.scope(principal)
        return question.text, question.document, question.operation, orjson.dumps(variables, option=orjson.OPT_SORT_KEYS), scope

    def _tell(self, document: DocumentNode, question: Asked, source: Source, principal: Principal) -> Tell:
        async def tell(record: Record) -> str:
            return _encoded(await self._answer(document, question, source, principal, record), record)

        return tell

    async def _answer(
        self, document: DocumentNode, question: Asked, source: Source, principal: Principal, record: Record
    ) -> dict[str, Any]:
        try:
            return await self._shown(document, question, source.show(record), principal, record.position)
        except TimeoutError:
            return TOO_LATE
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the subscriber gets an id and the log the rest
            return {"errors": [internal(error, "subscription")]}

    async def _shown(self, document: DocumentNode, question: Asked, root: object, principal: Principal, position: int) -> dict[str, Any]:
        """Each event gets a context of its own: what was looked up for the one before may be old."""
        context = Context(self._services, principal)
        context.insist_on(position)
        result = execute(
            self._schema,
            document,
            root_value=root,
            context_value=context,
            variable_values=question.variables,
            operation_name=question.operation,
            executor_class=Execution,
            hide_suggestions=True,
            operation_extensions=None,
        )
        if isinstance(result, Awaitable):
            async with asyncio.timeout(self._services.settings.deadline):
                result = await result
        return {"data": result.data, **({"errors": told(result.errors)} if result.errors else {})}


def _encoded(answer: dict[str, Any], record: Record) -> str:
    return orjson.dumps({**answer, "extensions": {"position": record.position}}).decode()


class _Uses(Visitor):
    """Which variables are declared as positions, and which are used otherwise than to say where to begin."""

    def __init__(self) -> None:
        super().__init__()
        self.positions: set[str] = set()
        self.otherwise: set[str] = set()

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> VisitorAction:
        kind = node.type.type if isinstance(node.type, NonNullTypeNode) else node.type
        if isinstance(kind, NamedTypeNode) and kind.name.value == "Position":
            self.positions.add(node.variable.name.value)
        return SKIP

    def enter_argument(self, node: ArgumentNode, *_: object) -> VisitorAction:
        return SKIP if node.name.value == AFTER and isinstance(node.value, VariableNode) else None

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        self.otherwise.add(node.name.value)


def _beginnings(document: DocumentNode) -> set[str]:
    uses = _Uses()
    visit(document, uses)
    return uses.positions - uses.otherwise
