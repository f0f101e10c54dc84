"""What every live connection has, whatever it speaks: whose it is, how it ends, and where to go on from."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from enum import Enum

from starlette.websockets import WebSocketDisconnect

from api.live.outgoing import Outgoing, Sending
from api.services import Services
from application.identity import Principal

FAREWELL = 10.0
"""Seconds that a slow client has to take in why it is sent away."""
CHECKED = 15.0
"""Seconds between looks whether a token still holds, if nothing says so earlier."""


async def whose(services: Services, token: str) -> Principal | None:
    return await services.identity.principal(token)


class Why(Enum):
    """Why the server ends a connection and expects the client back, by the WebSocket's close code."""

    LEAVING = 1001
    SLOW = 1013
    FORBIDDEN = 4403


@dataclass(frozen=True, slots=True)
class Ended:
    code: int
    reason: str


class Violation(Exception):  # noqa: N818 - the protocol's own way to answer: the connection ends with this code
    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Connection(ABC):
    """Ends once, for the first reason there is."""

    def __init__(self, services: Services, send: Callable[[str], Sending]) -> None:
        self.outgoing = Outgoing(send, lambda: self.leave(Why.SLOW))
        self.over: asyncio.Future[Ended | None] = asyncio.get_running_loop().create_future()
        self.closed = asyncio.Event()
        self._services = services
        self._rechecked = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @abstractmethod
    def positions(self) -> Iterable[int]:
        """Up to where each subscription has been passed on."""

    def position(self) -> int | None:
        """Up to here the client has been sent everything it subscribed to."""
        return min(self.positions(), default=None)

    def leave(self, why: Why) -> None:
        """The client is told to come back, and from where on."""
        position = self.position()
        self.end(why.value, "" if position is None else f'{{"position":{position}}}')

    def end(self, code: int, reason: str) -> None:
        if not self.over.done():
            self.over.set_result(Ended(code, reason))

    def recheck(self) -> None:
        """Look at once whether the token still holds."""
        self._rechecked.set()

    def begin(self, work: Coroutine[object, object, None]) -> None:
        """What runs for the connection; where it stops by itself, the connection is over."""
        task = asyncio.create_task(work)
        task.add_done_callback(self._stopped)
        self._tasks.append(task)

    async def until_over(self) -> Ended | None:
        """Why it was ended; None where the client has left."""
        try:
            return await self.over
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks)

    async def watch(self, token: str, principal: Principal) -> None:
        """Ends the connection as soon as its token is nobody's any more, or somebody else's."""
        while await whose(self._services, token) == principal:
            try:
                async with asyncio.timeout(self._until_checked(principal)):
                    await self._rechecked.wait()
            except TimeoutError:
                pass
            self._rechecked.clear()
        self.leave(Why.FORBIDDEN)

    def _until_checked(self, principal: Principal) -> float:
        if principal.until is None:
            return CHECKED
        return min(CHECKED, max(0.0, (principal.until - self._services.clock.now()).total_seconds()))

    def _stopped(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or self.over.done():
            return
        match task.exception():
            case Violation() as violation:
                self.end(violation.code, violation.reason)
            case None | OSError() | WebSocketDisconnect():
                self.over.set_result(None)
            case _:
                self.end(1011, "Internal error")
