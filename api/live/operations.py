"""One operation of a client, and how what it hears is passed on."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Any

import orjson
from graphql import DocumentNode, OperationType, get_operation_ast

from api.budget import Overdrawn
from api.documents import DocumentRefused
from api.errors import internal
from api.http import TOO_MUCH, GraphQL
from api.live.outgoing import Outgoing
from api.live.telling import Telling
from api.requests import Asked
from application.identity import Principal
from application.live import Subscription


class Passing(ABC):
    """Passes on what a subscription hears, and knows how far it has come."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.subscription: Subscription | None = None
        self._outgoing = outgoing
        self._waiting = 0
        self._sent: int | None = None

    @abstractmethod
    def framed(self, position: int, message: str) -> str:
        """As it goes over the wire."""

    @abstractmethod
    def answer(self, result: dict[str, Any]) -> None:
        """The one answer to a query or a mutation."""

    @abstractmethod
    def fail(self, errors: list[dict[str, Any]]) -> None:
        """Nothing was carried out, and why."""

    def hear(self, position: int, message: str) -> None:
        self._waiting += 1
        self._outgoing.put(self.framed(position, message), self, position)

    async def room(self) -> None:
        await self._outgoing.room()

    def sent(self, position: int) -> None:
        self._waiting -= 1
        self._sent = position

    def position(self) -> int | None:
        """Up to here the client has been sent everything."""
        if self.subscription is None:
            return None
        if not self._waiting:
            return self.subscription.position
        return self.subscription.began if self._sent is None else self._sent


class Operation(Passing):
    """Under the client's own id."""

    def __init__(self, id: str, outgoing: Outgoing) -> None:
        super().__init__(outgoing)
        self.id = id
        self.running: asyncio.Task[None] | None = None
        name = orjson.dumps(id).decode()
        self._next = f'{{"id":{name},"type":"next","payload":'
        self._error = f'{{"id":{name},"type":"error","payload":'
        self._complete = f'{{"id":{name},"type":"complete"}}'

    def framed(self, position: int, message: str) -> str:  # noqa: ARG002 - the message carries its position itself
        return f"{self._next}{message}}}"

    def answer(self, result: dict[str, Any]) -> None:
        if "data" in result:
            self._outgoing.put(f"{self._next}{orjson.dumps(result).decode()}}}")
            self._outgoing.put(self._complete)
        else:
            self.fail(result["errors"])

    def fail(self, errors: list[dict[str, Any]]) -> None:
        self._outgoing.put(f"{self._error}{orjson.dumps(errors).decode()}}}")

    def end(self) -> None:
        if self.running is not None:
            self.running.cancel()
        if self.subscription is not None:
            self.subscription.end()


class Operations:
    """Carries out what clients ask for over a connection that stays."""

    def __init__(self, graphql: GraphQL, telling: Telling) -> None:
        self._graphql = graphql
        self._telling = telling

    async def start(self, operation: Passing, question: Asked, principal: Principal, after: int | None = None) -> bool:
        """Whether the operation goes on: a subscription that could be begun."""
        try:
            document = self._graphql.admitted(question, principal).planned.node
            if _subscribes(document, question.operation):
                operation.subscription = await self._telling.subscribe(document, question, principal, operation, after)
                return True
            operation.answer(await self._graphql.answer(question, principal))
        except Overdrawn as overdrawn:
            operation.fail([{"message": TOO_MUCH, "extensions": {"code": "RATE_LIMITED", "retryAfter": overdrawn.seconds}}])
        except DocumentRefused as refused:
            operation.fail(self._graphql.told(refused.errors))
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the caller gets an id and the log the rest
            operation.fail([internal(error, "subscribe")])
        return False


def _subscribes(document: DocumentNode, name: str | None) -> bool:
    operation = get_operation_ast(document, name)
    return operation is not None and operation.operation is OperationType.SUBSCRIPTION
