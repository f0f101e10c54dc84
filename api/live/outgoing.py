"""What waits to be sent to one client: bounded, so that a slow one costs little and nobody waits for it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Protocol

MOST = 512
MOST_CHARACTERS = 4_000_000
ROOM = 64
"""Fewer than this waiting, and there is room for what a client missed."""


class Origin(Protocol):
    def sent(self, position: int) -> None:
        """The message at this position has gone out."""
        ...


class Outgoing:
    """Sends in order, in a task of its own; `full` is called if too much waits."""

    def __init__(self, send: Callable[[str], Awaitable[None]], full: Callable[[], object]) -> None:
        self._send = send
        self._full = full
        self._waiting: deque[tuple[str, Origin | None, int]] = deque()
        self._characters = 0
        self._something = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()

    def put(self, message: str, origin: Origin | None = None, position: int = 0) -> None:
        self._waiting.append((message, origin, position))
        self._characters += len(message)
        self._something.set()
        if len(self._waiting) >= ROOM:
            self._room.clear()
        if len(self._waiting) > MOST or self._characters > MOST_CHARACTERS:
            self._full()

    async def room(self) -> None:
        await self._room.wait()

    async def run(self) -> None:
        while True:
            while self._waiting:
                message, origin, position = self._waiting[0]
                await self._send(message)
                self._waiting.popleft()
                self._characters -= len(message)
                if origin is not None:
                    origin.sent(position)
            self._room.set()
            self._something.clear()
            await self._something.wait()
