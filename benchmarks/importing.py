"""How fast real input comes in, and how long the demo city takes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from api.cli.loading import build_demo
from api.cli.options import settings
from api.main import assemble
from benchmarks.log import made
from benchmarks.table import Row
from infrastructure.database import Database
from infrastructure.importing.importer import Import
from infrastructure.importing.mapping import load
from infrastructure.importing.rejects import Rejects
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.importing.data import CALLS, ROOT
from tests.postgres_server import running
from tests.registering import established

WANTED = 3_000
"""Events a second."""
LONGEST = 60
"""Seconds for the demo city, its views included, and for a register of cameras."""
CAMERAS = 200_000
REGISTER = (
    "asset,gb28181_id,sector,owner,builder,division,station,longitude,latitude,range,bearing,field_of_view,"
    "networked,address,registered_on,standard,standard_version,accepted_on\n"
)


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        if (ROOT / CALLS).is_file():
            yield _calls(Path(folder))
        yield _demo(Path(folder))
        yield _cameras(Path(folder), "sqlite", f"sqlite:///{folder}/cameras.sqlite")
    with running() as server, TemporaryDirectory() as folder:
        yield _cameras(Path(folder), "postgresql", made(server, "cameras"))


def _cameras(folder: Path, dialect: str, url: str) -> Row:
    file = folder / "register.csv"
    file.write_text(REGISTER + "".join(map(_camera, range(CAMERAS))), encoding="utf-8")
    seconds = asyncio.run(_registered(url, file, folder))
    return Row(
        what=f"register of {CAMERAS:,} cameras, inline views included",
        database=dialect,
        measured=f"{seconds:.0f} s",
        floor=f"{LONGEST} s",
        ratio=seconds / LONGEST,
        target="<= 1",
    )


def _camera(number: int) -> str:
    """All over the city, every fourth one accepted by the standard."""
    where = f"{106.2 + number % 997 / 1000:.4f},{29.3 + number % 991 / 1000:.4f}"
    accepted = "DB50/216,2006,2009-03-01" if number % 4 == 0 else ",,"
    owner = f"银行,bank {number},社会资源,500103,S-1"
    return f"A{number},5001030000132{number:07},{owner},{where},80,90,60,是,Gate {number},2008-05-12,{accepted}\n"


async def _registered(url: str, file: Path, folder: Path) -> float:
    with closing(Database.open(url)) as database:
        install(database, catalogue(Settings().zone))
    async with assemble(settings(url), working=False) as tocsin:
        established(tocsin, divisions=["500103"], organisations=["S-1"])
        began = perf_counter()
        prepared = Import.prepare(load("camera-register"), [file])
        with Rejects(folder / "rejects.csv") as rejects:
            await prepared.carry_out(tocsin.desk, tocsin.log, rejects, lambda _: None, alone=not tocsin.database.shared)
        seconds = perf_counter() - began
        assert await tocsin.feed.head() > CAMERAS
        return seconds


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
            await prepared.carry_out(tocsin.desk, tocsin.log, rejects, lambda _: None, alone=not tocsin.database.shared)
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
