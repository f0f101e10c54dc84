"""The live part of the API: who is connected, and what becomes of them when the process leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from api.errors import problem
from api.http import GraphQL, response
from api.live.connection import FAREWELL, Connection, Why, whose
from api.live.operations import Operations
from api.live.sockets import Socket
from api.live.streams import Stream
from api.live.telling import Telling
from api.requests import NotUnderstood, asked, bearer, unauthenticated
from api.services import Services
from application.live import Record
from domain.jurisdiction.events import ApiKeyRevoked

REVOKING = (ApiKeyRevoked,)
"""After these a token may be nobody's any more."""
DIGITS = 18
"""No position is longer."""


class Live:
    """Every connection that stays open."""

    def __init__(self, services: Services, graphql: GraphQL) -> None:
        self.leaving = False
        self._services = services
        self._operations = Operations(graphql, Telling(services, graphql.schema))
        self.connections: set[Connection] = set()
        services.hub.attend(self._recheck)

    async def socket(self, socket: WebSocket) -> None:
        connection = Socket(self._services, self._operations, socket)
        with self._open(connection):
            await connection.serve()

    async def stream(self, request: Request) -> ASGIApp:
        """As over HTTP, what is no request is answered with a status; anything else is a stream of events."""
        try:
            token = bearer(request)
            principal = await whose(self._services, token)
            if principal is None:
                raise unauthenticated()
            question = await asked(request)
        except NotUnderstood as trouble:
            return response(problem(trouble.code, trouble.message), trouble.status, headers=trouble.headers)

        async def serve(_scope: Scope, receive: Receive, send: Send) -> None:
            stream = Stream(self._services, send)
            with self._open(stream):
                stream.begin(stream.watch(token, principal))
                await self._operations.start(stream.events, question, principal, _last_seen(request))
                await stream.serve(receive)

        return serve

    async def leave(self, drain: float, close: Callable[[], object]) -> None:
        """Not ready any more at once; after a while the door closes, and then everybody is sent away, to go on elsewhere."""
        self.leaving = True
        await asyncio.sleep(drain)
        close()
        for connection in tuple(self.connections):
            connection.leave(Why.LEAVING)
        goodbyes = [asyncio.create_task(connection.closed.wait()) for connection in self.connections]
        if goodbyes:
            _, late = await asyncio.wait(goodbyes, timeout=FAREWELL)
            for each in late:
                each.cancel()

    def _recheck(self, records: Sequence[Record]) -> None:
        """Who has lost a key loses what it listened to."""
        if any(isinstance(record.event, REVOKING) for record in records):
            for connection in self.connections:
                connection.recheck()

    @contextmanager
    def _open(self, connection: Connection) -> Generator[None]:
        self.connections.add(connection)
        if self.leaving:
            connection.leave(Why.LEAVING)
        try:
            yield
        finally:
            self.connections.discard(connection)
            connection.closed.set()


def _last_seen(request: Request) -> int | None:
    """Where an event source goes on after it lost its connection."""
    seen = request.headers.get("last-event-id", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) <= DIGITS else None
