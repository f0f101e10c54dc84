"""One process that tells events to sockets, measures itself, and says what a message cost: `live FOLDER` or `floor`."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from api.app import create_app
from api.cli.running import SERVING
from api.main import Tocsin, assemble
from application.commands import Command
from application.dispatching import alarms
from application.identity import Role
from application.requests import Request
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, CommandId, DivisionCode, OfficerId, OrganisationId, ReportId
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.settings import Settings
from tests.registering import Registry

SOCKETS, EVENTS, PACE = 300, 100, 0.04
CITY = OrganisationId("CQ")
OFFICER = OfficerId("benchmark")
LIKE_OURS = json.dumps(
    {
        "id": "1",
        "type": "next",
        "payload": {
            "data": {
                "events": {
                    "position": 100_000,
                    "type": "PriorityChanged",
                    "thing": str(uuid4()),
                    "version": 100,
                    "effectiveAt": "2026-11-23T00:00:00.000000Z",
                    "recordedAt": "2026-11-23T00:00:00.000000Z",
                    "by": "benchmark",
                    "organisation": "CQ",
                }
            },
            "extensions": {"position": 100_000},
        },
    },
    separators=(",", ":"),
)
Tell = Callable[[int], Awaitable[object]]


async def measured(tell: Tell) -> float:
    """Microseconds of this process for each message; the listeners have said that they are there by a line on stdin."""
    await asyncio.to_thread(sys.stdin.readline)
    await tell(0)
    await asyncio.sleep(0.5)
    start = time.process_time()
    for number in range(1, EVENTS + 1):
        await tell(number)
        await asyncio.sleep(PACE)
    await asyncio.sleep(0.5)
    return (time.process_time() - start) / (EVENTS * SOCKETS) * 1e6


async def floor() -> None:
    sockets: set[WebSocket] = set()

    async def listen(listener: WebSocket) -> None:
        await listener.accept()
        sockets.add(listener)
        while (await listener.receive())["type"] != "websocket.disconnect":
            pass
        sockets.discard(listener)

    async def tell(_number: int) -> None:
        for each in tuple(sockets):
            await each.send_text(LIKE_OURS)

    await serve(Starlette(routes=[WebSocketRoute("/graphql", listen)]), "", tell)


async def live(folder: Path) -> None:
    settings = Settings(database=f"sqlite:///{folder / 'city.sqlite'}", development=True, development_key=folder / "key.json")
    token = DevelopmentIssuer(settings.development_key).token(OFFICER, CITY, Role.OWNER, datetime.now(UTC))
    async with assemble(settings, working=False) as tocsin:  # projections are the worker's, and a cost of their own
        alarm = AlarmId(uuid4())
        opened = alarms.open(
            alarm, ReportId(uuid4()), ReportSource.CALL_110, IntakeKind.ALARM, division=DivisionCode("500103"), station=OrganisationId("S")
        )
        for registration in Registry().missing(opened):
            await done(tocsin, registration)
        await done(tocsin, opened)
        await done(tocsin, alarms.triage(alarm, "THEFT", "2"))

        async def tell(number: int) -> None:
            await done(tocsin, alarms.change_priority(alarm, str(1 + number % 2), "as it develops"))

        await serve(create_app(tocsin.services()), token, tell)


async def done(tocsin: Tocsin, command: Command) -> None:
    await tocsin.desk.carry_out(Request(command=command, command_id=CommandId(uuid4()), by=OFFICER, organisation=CITY))


async def serve(app: Starlette, token: str, tell: Tell) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=SOCKETS) as door:
        server = uvicorn.Server(uvicorn.Config(app, **SERVING))
        serving = asyncio.create_task(server.serve(sockets=[door]))
        print(door.getsockname()[1], token, flush=True)
        print(await measured(tell), flush=True)
        server.should_exit = True
        await serving


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvicorn.Config("", loop="auto").get_loop_factory()) as runner:
        runner.run(floor() if sys.argv[1] == "floor" else live(Path(sys.argv[2])))
