"""Operations over WebSockets by the protocol `graphql-transport-ws`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import orjson
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from api.live.connection import FAREWELL, Connection, Ended, Violation, whose
from api.live.operations import Operation, Operations
from api.requests import LARGEST_BODY, Asked, NotUnderstood, parsed, question, token_in
from api.services import Services
from application.identity import Principal

PROTOCOL = "graphql-transport-ws"
"""https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md"""
MOST_OPERATIONS = 100
PATIENCE = 3.0
"""Seconds until a client has to have said who it is."""


class Socket(Connection):
    """One client's connection."""

    def __init__(self, services: Services, operations: Operations, socket: WebSocket) -> None:
        super().__init__(services, self._send)
        self._operations = operations
        self._socket = socket
        self._principal: Principal | None = None
        self._greeted = False
        self._running: dict[str, Operation] = {}

    def positions(self) -> Iterable[int]:
        return (position for each in self._running.values() if (position := each.position()) is not None)

    async def serve(self) -> None:
        if PROTOCOL not in self._socket.scope["subprotocols"]:
            await self._socket.accept()
            await self._socket.close(4406, "Subprotocol not acceptable")
            return
        await self._socket.accept(PROTOCOL)
        late = asyncio.get_running_loop().call_later(PATIENCE, self._late)
        self.begin(self._read())
        self.begin(self.outgoing.run())
        try:
            await self._close(await self.until_over())
        finally:
            late.cancel()
            for each in self._running.values():
                each.end()

    async def _close(self, ended: Ended | None) -> None:
        if ended is not None and self._socket.client_state is WebSocketState.CONNECTED:
            with suppress(TimeoutError, RuntimeError, OSError, WebSocketDisconnect):
                async with asyncio.timeout(FAREWELL):
                    await self._socket.close(ended.code, ended.reason)

    def _late(self) -> None:
        if not self._greeted:
            self.end(4408, "Connection initialisation timeout")

    async def _send(self, text: str) -> None:
        await self._socket.send({"type": "websocket.send", "text": text})

    async def _read(self) -> None:
        while True:
            message = await self._message()
            match message.get("type"):
                case "connection_init":
                    await self._greet(message.get("payload"))
                case "ping":
                    self._put({"type": "pong"})
                case "pong":
                    pass
                case "subscribe":
                    self._subscribe(message)
                case "complete":
                    self._complete(message)
                case _:
                    raise Violation(4400, "Unknown type of message")

    async def _message(self) -> dict[str, Any]:
        received = await self._socket.receive()
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        text = received.get("text")
        if not isinstance(text, str) or len(text) > LARGEST_BODY:
            raise Violation(4400, "A message is a text of at most 64 kB")
        try:
            return parsed(text.encode())
        except NotUnderstood:
            raise Violation(4400, "A message is one JSON object without NUL characters") from None

    async def _greet(self, payload: object) -> None:
        if self._greeted:
            raise Violation(4429, "Too many initialisation requests")
        self._greeted = True
        token = token_in(payload) or token_in(dict(self._socket.headers))
        self._principal = await whose(self._services, token) if token is not None else None
        if token is None or self._principal is None:
            raise Violation(4403, "Forbidden")
        self.begin(self.watch(token, self._principal))
        self._put({"type": "connection_ack"})

    def _subscribe(self, message: dict[str, Any]) -> None:
        id, payload = message.get("id"), message.get("payload")
        if self._principal is None:
            raise Violation(4401, "Unauthorized")
        if not isinstance(id, str) or not id or not isinstance(payload, dict):
            raise Violation(4400, "`subscribe` needs an id and a payload")
        if id in self._running:
            raise Violation(4409, f"Subscriber for {id[:50]} already exists")
        if len(self._running) >= MOST_OPERATIONS:
            raise Violation(4400, f"At most {MOST_OPERATIONS} operations at a time")
        try:
            asked = question(payload)
        except NotUnderstood:
            raise Violation(4400, "The payload of `subscribe` is no GraphQL request") from None
        operation = self._running[id] = Operation(id, self.outgoing)
        operation.running = asyncio.create_task(self._carry_out(operation, asked, self._principal))

    async def _carry_out(self, operation: Operation, asked: Asked, principal: Principal) -> None:
        """A subscription goes on after this; everything else is done."""
        if not await self._operations.start(operation, asked, principal):
            self._running.pop(operation.id, None)

    def _complete(self, message: dict[str, Any]) -> None:
        id = message.get("id")
        operation = self._running.pop(id, None) if isinstance(id, str) else None
        if operation is not None:
            operation.end()

    def _put(self, message: dict[str, Any]) -> None:
        self.outgoing.put(orjson.dumps(message).decode())
