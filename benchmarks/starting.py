"""How long it takes until a server answers, beside its libraries alone: what nobody who uses them gets rid of."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx

from benchmarks.table import Row, best, seconds
from tests.reliability.serving import free_port

ROUNDS = 5
LIBRARIES = "alembic, apscheduler, cedarpy, httpx, joserfc, msgspec, psycopg, shapely, sqlalchemy, starlette, strawberry, typer"
EVERY = 0.01
"""Seconds between two looks."""


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TOCSIN_DATABASE": f"sqlite:///{folder}/city.sqlite"}
        _answers(environment)  # the views get their tables
        figures = best(ROUNDS, {"whole": lambda: _answers(environment), "libraries": lambda: seconds(_libraries)}, lowest=True)
    yield Row(
        what="from `tocsin serve` to the first answer",
        database="SQLite",
        measured=f"{figures['whole']:.1f} s",
        floor=f"its libraries {figures['libraries']:.1f} s",
        ratio=figures["whole"] / figures["libraries"],
    )


def _answers(environment: dict[str, str]) -> float:
    port, start = str(free_port()), time.perf_counter()
    command = [sys.executable, "-m", "api.cli", "serve", "--port", port]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        while server.poll() is None:
            with suppress(httpx.HTTPError):
                httpx.get(f"http://127.0.0.1:{port}/health").raise_for_status()
                return time.perf_counter() - start
            time.sleep(EVERY)
        raise RuntimeError("the server has ended")
    finally:
        server.terminate()
        server.wait()


def _libraries() -> None:
    subprocess.run([sys.executable, "-c", f"import {LIBRARIES}"], check=True)  # noqa: S603 - ours
