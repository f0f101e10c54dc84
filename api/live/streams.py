"""Operations over server-sent events, one to a connection: the "distinct connections mode" of `graphql-sse`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import orjson
from starlette.types import Receive, Send

from api.live.connection import FAREWELL, Connection
from api.live.operations import Passing
from api.live.outgoing import Outgoing
from api.services import Services

HEARTBEAT = 12.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-accel-buffering", b"no"),
]
COMPLETE = 0
"""How a connection is over when all has been said."""


class Events(Passing):
    """Every event has its position as its id, so that `Last-Event-ID` goes on from there."""

    def __init__(self, outgoing: Outgoing, complete: Callable[[], object]) -> None:
        super().__init__(outgoing)
        self._complete = complete

    def framed(self, position: int, message: str) -> str:
        return f"id: {position}\nevent: next\ndata: {message}\n\n"

    def answer(self, result: dict[str, Any]) -> None:
        self._outgoing.put(f"event: next\ndata: {orjson.dumps(result).decode()}\n\nevent: complete\ndata:\n\n", self)

    def fail(self, errors: list[dict[str, Any]]) -> None:
        self.answer({"errors": errors})

    def sent(self, position: int) -> None:
        super().sent(position)
        if self.subscription is None:
            self._complete()


class Stream(Connection):
    """One client's operation; the response to its request."""

    def __init__(self, services: Services, send: Send) -> None:
        super().__init__(services, self._send)
        self.events = Events(self.outgoing, lambda: self.end(COMPLETE, ""))
        self._asgi = send

    def positions(self) -> Iterable[int]:
        position = self.events.position()
        return () if position is None else (position,)

    async def serve(self, receive: Receive) -> None:
        try:
            await self._asgi({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await self._send(":\n\n")
            self.begin(self._listen(receive))
            self.begin(self._beat())
            self.begin(self.outgoing.run())
            ended = await self.until_over()
            if ended is not None:
                async with asyncio.timeout(FAREWELL):
                    await self._send("" if ended.code == COMPLETE else self._place())
                    await self._asgi({"type": "http.response.body", "body": b""})
        finally:
            if self.events.subscription is not None:
                self.events.subscription.end()

    async def _send(self, text: str) -> None:
        await self._asgi({"type": "http.response.body", "body": text.encode(), "more_body": True})

    async def _listen(self, receive: Receive) -> None:
        """Over as soon as the client has left."""
        while (await receive())["type"] != "http.disconnect":
            pass

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            self.outgoing.put(self._place())

    def _place(self) -> str:
        """An id alone: it keeps the connection open, and moves on the client's place though nothing happened for it."""
        position = self.position()
        return ":\n\n" if position is None else f"id: {position}\n\n"
