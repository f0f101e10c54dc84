"""`tocsin serve` and `tocsin work`: the processes that stay."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
import uvicorn

from api.app import create_app
from api.cli.doors import emptied
from api.cli.loading import build_demo
from api.cli.options import Database, Told, settings
from api.cli.simulating import Beside
from api.main import assemble
from api.requests import LARGEST_BODY
from infrastructure.collecting import few_collections, settle
from infrastructure.demo.officers import OFFICERS
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.settings import Settings

Host = Annotated[str | None, typer.Option("--host", help="The address to listen on.", show_default="127.0.0.1")]
Port = Annotated[int | None, typer.Option("--port", help="The port to listen on.", show_default="8000")]
Demo = Annotated[bool, typer.Option("--demo", help="Build the synthetic demo city first if there are no events, and show a token for it.")]
Simulator = Annotated[bool, typer.Option("--simulator/--no-simulator", help="Whether the demo city goes on living.", show_default="living")]
DEMO_SEED = 1
LEADING = "demo-city-head"
"""Whose token is printed, and stands on the page."""
SERVING: dict[str, Any] = {
    "log_level": "warning",
    "lifespan": "off",
    "ws_max_size": LARGEST_BODY,
    "ws_per_message_deflate": False,  # it would be worked out for every socket anew
    "timeout_graceful_shutdown": 30,
}
HEARING, SETTLING = 3.0, 0.1
"""Seconds for those who came last to say what they want, and between looks."""
TURNS = 10
"""The event loop takes some to make a connection of what it has accepted."""


def serve(
    host: Host = None,
    port: Port = None,
    demo: Demo = False,  # noqa: FBT002 - a flag of the command line
    simulator: Simulator = True,  # noqa: FBT002 - a flag of the command line
    database: Database = None,
) -> None:
    """Serve the API. On SQLite, projector, reactor, schedule and webhooks run inside."""
    chosen = settings(database)
    chosen = replace(chosen, host=host or chosen.host, port=port or chosen.port, development=demo or chosen.development)
    if demo and asyncio.run(_is_empty(chosen)):
        typer.echo(build_demo(chosen, DEMO_SEED))
    living = demo and simulator and chosen.simulator
    asyncio.run(_serve(chosen, _tokens(chosen) if demo else {}, Beside(chosen, DEMO_SEED) if living else None))


def work(database: Database = None) -> None:
    """Bring projections forward, react to events, keep the timetable and deliver webhooks for a PostgreSQL database."""
    chosen = settings(database)
    if chosen.database.startswith("sqlite"):
        raise Told("an SQLite file belongs to one process: `tocsin serve` does this work itself")
    asyncio.run(_work(chosen))


def _tokens(chosen: Settings) -> dict[str, str]:
    """A token for each officer of the demo city."""
    issuer, now = DevelopmentIssuer(chosen.development_key), datetime.now(UTC)
    return {name: issuer.token(who.id, who.organisation, who.role, now) for name, who in OFFICERS.items()}


async def _is_empty(chosen: Settings) -> bool:
    async with assemble(chosen, working=False) as tocsin:
        return await tocsin.feed.head() == 0


class Server(uvicorn.Server):
    """Says where it is once it listens, and takes leave of who is connected before it goes."""

    def __init__(
        self, config: uvicorn.Config, announce: Callable[[], None], leave: Callable[[Callable[[], object]], Awaitable[None]]
    ) -> None:
        super().__init__(config)
        self._announce = announce
        self._leave = leave

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Whoever has come is heard: from now on a connection ends with its answer, and the door closes behind the last one."""
        self.server_state.default_headers = [*self.server_state.default_headers, (b"connection", b"close")]
        waiting: list[socket.socket] = []
        await self._leave(lambda: waiting.extend(self._close_doors(sockets or [])))
        for near in waiting:
            await asyncio.get_running_loop().connect_accepted_socket(self._protocol, near)
        await self._hear()
        await super().shutdown(sockets)

    async def _hear(self) -> None:
        """A connection that has not yet said what it wants would be closed in the middle of it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(HEARING):
                for _ in range(TURNS):
                    await asyncio.sleep(0)
                while any(getattr(each, "cycle", each) is None for each in self.server_state.connections):  # noqa: ASYNC110 - uvicorn tells nobody
                    await asyncio.sleep(SETTLING)

    def _close_doors(self, sockets: list[socket.socket]) -> list[socket.socket]:
        """Who was still waiting there: the kernel would reset them as the last copy of the door is closed."""
        doors = [socket.socket(fileno=os.dup(door.fileno())) for server in self.servers for door in server.sockets]
        for server in self.servers:
            server.close()
        for each in sockets:
            each.close()
        return [near for door in doors for near in emptied(door)]

    def _protocol(self) -> asyncio.Protocol:
        make: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        return make(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)


async def _serve(chosen: Settings, tokens: Mapping[str, str], beside: Beside | None) -> None:
    async with AsyncExitStack() as stack:
        with few_collections():
            tocsin = await stack.enter_async_context(assemble(chosen))
            app = create_app(tocsin.services(token=tokens.get(LEADING)))
            settle()
        config = uvicorn.Config(app, host=chosen.host, port=chosen.port, **SERVING)

        async def leave(close: Callable[[], object]) -> None:
            """The simulator goes first: what is on its way there is answered still."""
            if beside is not None:
                await asyncio.to_thread(beside.end)
            await app.state.live.leave(chosen.drain, close)

        await Server(config, lambda: _announce(chosen, tokens, beside), leave).serve()


def _announce(chosen: Settings, tokens: Mapping[str, str], beside: Beside | None) -> None:
    typer.echo(f"Tocsin is at http://{chosen.host}:{chosen.port}/graphql")
    if chosen.development:
        typer.echo("DEVELOPMENT: tokens of `tocsin token` are taken here; whoever can read its key file can be anybody.")
    elif chosen.oidc_issuer is None:
        typer.echo("No identity provider is set (TOCSIN_OIDC_ISSUER): only API keys are taken.")
    if tokens:
        typer.echo(f"Token: {tokens[LEADING]}")
        typer.echo(f"Others: tocsin token --officer {' | '.join(name for name in tokens if name != LEADING)}")
    if beside is not None:
        beside.start()
        typer.echo("The city lives: what a simulator does comes in as from anybody else (--no-simulator leaves it still).")


async def _work(chosen: Settings) -> None:
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    async with AsyncExitStack() as stack:
        with few_collections():
            await stack.enter_async_context(assemble(chosen, working=True))
            settle()
        typer.echo("Working.")
        await stop.wait()
