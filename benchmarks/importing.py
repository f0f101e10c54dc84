"""How fast real input comes in, and how long the demo city takes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from api.cli.loading import build_demo
from api.cli.options import settings
from api.main import assemble
from benchmarks.table import Row
from infrastructure.importing.importer import Import
from infrastructure.importing.mapping import load
from infrastructure.importing.rejects import Rejects
from tests.importing.data import CALLS, ROOT

WANTED = 3_000
"""Events a second."""
LONGEST = 60
"""Seconds for the demo city, its views included."""


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        if (ROOT / CALLS).is_file():
            yield _calls(Path(folder))
        yield _demo(Path(folder))


def _calls(folder: Path) -> Row:
    events, seconds = asyncio.run(_import(f"sqlite:///{folder / 'calls.sqlite'}", ROOT / CALLS, folder))
    return Row(
        what="import of the San Francisco calls, inline views included",
        database="SQLite",
        measured=f"{events / seconds:,.0f} events/s",
        floor=f"{WANTED:,} events/s",
        ratio=events / seconds / WANTED,
        target=">= 1",
    )


async def _import(url: str, file: Path, folder: Path) -> tuple[int, float]:
    began = perf_counter()
    async with assemble(settings(url), working=False) as tocsin:
        prepared = Import.prepare(load("sffd-calls"), [file])
        with Rejects(folder / "rejects.csv") as rejects:
            await prepared.carry_out(tocsin.desk, tocsin.log, rejects, lambda _: None)
        return await tocsin.feed.head(), perf_counter() - began


def _demo(folder: Path) -> Row:
    began = perf_counter()
    build_demo(settings(f"sqlite:///{folder / 'demo.sqlite'}"), 1)
    seconds = perf_counter() - began
    return Row(
        what="demo city: a year with its views",
        database="SQLite",
        measured=f"{seconds:.0f} s",
        floor=f"{LONGEST} s",
        ratio=seconds / LONGEST,
        target="<= 1",
    )
