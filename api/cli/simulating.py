"""`tocsin simulate`: the demo city goes on living; and how `tocsin serve --demo` keeps such a process beside it."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated

import httpx
import typer

from api.cli.options import Told, settings
from infrastructure.demo.living.client import Client, NotServed
from infrastructure.demo.living.identities import Identities, Issued, One
from infrastructure.demo.living.life import City
from infrastructure.demo.living.pace import Pace
from infrastructure.demo.living.running import live
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.settings import Settings

USUAL = Pace()
PATIENCE, LEAVE, PARTING = 30.0, 5.0, 2.0
"""Seconds for an answer, for the process to end, and in that for taking its key back."""

Url = Annotated[str, typer.Option("--url", help="Where the server takes GraphQL.")]
Bearer = Annotated[
    str | None,
    typer.Option(
        "--token",
        envvar="TOCSIN_SIMULATOR_TOKEN",
        help="A token or an API key, as which everything is done.",
        show_default="each officer with a token of the development issuer",
    ),
]
Seed = Annotated[int, typer.Option("--seed", help="The seed of the demo city; the same seed draws the same.")]
ADay = Annotated[int, typer.Option("--a-day", min=1, max=20_000, help="Alarms in a day of life.")]
Speed = Annotated[float, typer.Option("--speed", min=0.1, max=600, help="How many times faster than life.")]
Every = Annotated[float, typer.Option("--every", min=0.2, max=60, help="Seconds between two looks at the board.")]
Leashed = Annotated[bool, typer.Option("--leashed", help="End when the standard input does.", hidden=True)]
Talkative = Annotated[bool, typer.Option("--talkative", help="Say what is refused, when the server is away, and at the end what was done.")]


def simulate(
    url: Url = "http://127.0.0.1:8000/graphql",
    token: Bearer = None,
    seed: Seed = USUAL.seed,
    a_day: ADay = USUAL.a_day,
    speed: Speed = USUAL.speed,
    every: Every = USUAL.every,
    leashed: Leashed = False,  # noqa: FBT002 - a flag of the command line
    talkative: Talkative = False,  # noqa: FBT002 - a flag of the command line
) -> None:
    """Let the demo city of a running server live: calls, units that drive and answer, rooms and cameras. It is a client like any other."""
    logging.basicConfig(format="tocsin: the simulated city: %(message)s", level=logging.INFO if talkative else logging.ERROR)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    identities = One(token) if token else Issued(DevelopmentIssuer(settings(None).development_key), _now)
    try:
        asyncio.run(_simulate(url, identities, Pace(seed=seed, a_day=a_day, speed=speed, every=every), leashed=leashed))
    except NotServed as trouble:
        raise Told(f"the city at {url} cannot be brought to life: {trouble}") from None


async def _simulate(url: str, identities: Identities, pace: Pace, *, leashed: bool) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    if leashed:
        threading.Thread(target=_await_end, args=(loop, stop), daemon=True).start()
    async with httpx.AsyncClient(timeout=PATIENCE) as http:
        city = City(Client(http, url, identities), pace)
        living, stopped = asyncio.create_task(live(city, pace, _now, stop)), asyncio.create_task(stop.wait())
        await asyncio.wait({living, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not living.done():
            living.cancel()  # an act on its way is one the server finishes
        try:
            with suppress(asyncio.CancelledError):
                await living
        finally:
            with suppress(TimeoutError):
                await asyncio.wait_for(city.end(), PARTING)
        logging.getLogger(__name__).info("done: %s; refused: %d", city.tally, len(city.tally.refused))


def _await_end(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """The input ends with the process that holds its other end, however that one ends.

    Past Python's buffer: who waits there holds its lock, and a process that ends meanwhile dies of that.
    """
    while os.read(sys.stdin.fileno(), 1):
        pass
    with suppress(RuntimeError):  # the loop has ended first
        loop.call_soon_threadsafe(stop.set)


def _now() -> datetime:
    return datetime.now(UTC)


class Beside:
    """The simulator as a process beside the server, which ends with it."""

    def __init__(self, chosen: Settings, seed: int) -> None:
        self._chosen = chosen
        self._seed = seed
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = [sys.executable, "-m", "api.cli", "simulate", "--leashed"]
        given = {"url": self._url(), "seed": self._seed, "a-day": self._chosen.simulated_alarms}
        words += [f"--{name}={value}" for name, value in given.items()]
        environment = {**os.environ, "TOCSIN_DEVELOPMENT_KEY": str(self._chosen.development_key)}
        self._process = subprocess.Popen(words, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)  # noqa: S603 - our own

    def end(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(LEAVE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _url(self) -> str:
        """A server that listens everywhere is reached on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self._chosen.host, self._chosen.host)  # noqa: S104 - it is told, not listened to
        return f"http://{host}:{self._chosen.port}/graphql"
