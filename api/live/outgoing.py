"""What waits to be sent to one client: bounded, so that a slow one costs little and nobody waits for it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from types import coroutine
from typing import Protocol

MOST = 512
MOST_CHARACTERS = 4_000_000
ROOM = 64
"""Fewer than this waiting, and there is room for what a client missed."""
Sending = Coroutine[object, object, None]


class Origin(Protocol):
    def sent(self, position: int) -> None:
        """The message at this position has gone out."""
        ...


class Outgoing:
    """Sends in order, and at once where the connection takes it; `full` is called if too much waits.

    A task to be woken for each message would cost as much as sending it.
    """

    def __init__(self, send: Callable[[str], Sending], full: Callable[[], object]) -> None:
        self._send = send
        self._full = full
        self._waiting: deque[tuple[str, Origin | None, int]] = deque()
        self._characters = 0
        self._begun: Sending | None = None
        self._idle = False
        self._something = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()

    def put(self, message: str, origin: Origin | None = None, position: int = 0) -> None:
        if self._idle and self._sent_at_once(message):
            if origin is not None:
                origin.sent(position)
            return
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
        """Sends what could not go at once."""
        while True:
            while self._waiting:
                message, origin, position = self._waiting[0]
                sending, self._begun = self._begun or self._send(message), None
                await sending
                self._waiting.popleft()
                self._characters -= len(message)
                if origin is not None:
                    origin.sent(position)
            self._room.set()
            self._something.clear()
            self._idle = True
            await self._something.wait()

    def _sent_at_once(self, message: str) -> bool:
        """Where it would have to wait, the rest of it is left to the task."""
        sending = self._send(message)
        try:
            awaited = sending.send(None)
        except StopIteration:
            return True
        except Exception:  # noqa: BLE001 - the task meets the same trouble, and ends for it
            return self._left_to_the_task(None)
        return self._left_to_the_task(_rest(sending, awaited))

    def _left_to_the_task(self, begun: Sending | None) -> bool:
        self._idle = False
        self._begun = begun
        return False


@coroutine
def _rest(sending: Sending, awaited: object) -> Generator[object, object, None]:
    """What is left of a coroutine that was begun outside of its task."""
    try:
        while True:
            try:
                got = yield awaited
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is the coroutine's to deal with
                awaited = sending.throw(error)
            else:
                awaited = sending.send(got)
    except StopIteration:
        return
