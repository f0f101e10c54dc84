"""Commands while 2,000 units tell every 5 seconds where they are, against the same commands without: one process, one event loop."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid5

import uvloop

from application.identity import OWNER
from benchmarks.alarms import STATION, Clock, fresh_id, submission
from benchmarks.log import PROJECTIONS, made
from benchmarks.table import Row
from domain.dispatching.events import UnitRegistered
from domain.dispatching.positions import Fix, FixOutcome
from domain.ids import UnitId
from domain.places import Point
from infrastructure.access.seen import Seen
from infrastructure.database import Database
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell
from infrastructure.positions.store import SqlPositions
from infrastructure.projections.generations import install
from infrastructure.projections.inline import Inline
from tests.postgres_server import running

UNITS = 2_000
EVERY = 5.0
REPORTS = 20
"""So many reports bring the fixes of all units: a gateway of each district tells of a hundred."""
LASTING = 10.0
"""Seconds of each measure: twice around all units."""
ROUNDS = 2
BETWEEN = 0.02
"""Seconds between two commands: fifty a second are ten times what a city of thirty million dials."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Latencies of commands in seconds, and how many fixes were taken a second."""

    latencies: list[float]
    fixes: float

    def at(self, share: float) -> float:
        return sorted(self.latencies)[int(share * (len(self.latencies) - 1))]


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows("sqlite", f"sqlite:///{folder}/city.sqlite")
    with running() as server:
        yield from _rows("postgresql", made(server, "city"))


def _rows(dialect: str, url: str) -> Iterator[Row]:
    with closing(Database.open(url)) as database:
        install(database, PROJECTIONS)
        with closing(Appender(database, Clock(), Bell(), Inline(PROJECTIONS))) as log:
            units = _registered(log)
            positions = SqlPositions(database, Seen(Clock()), Clock(), ahead=timedelta(seconds=60), kept=lambda _: timedelta(days=30))
            turns = [(uvloop.run(_scene(log, None, units)), uvloop.run(_scene(log, positions, units))) for _ in range(ROUNDS)]
    alone, beside = (_together([turn[which] for turn in turns]) for which in (0, 1))
    yield _row(dialect, "median", alone, beside, statistics.median, "<= 1.3")
    yield _row(dialect, "p99", alone, beside, lambda latencies: sorted(latencies)[int(0.99 * (len(latencies) - 1))], "")
    yield Row(
        what="fixes taken, 2,000 units every 5 s",
        database=dialect,
        measured=f"{beside.fixes:,.0f} fixes/s",
        floor=f"told {UNITS / EVERY:,.0f}",
        ratio=beside.fixes * EVERY / UNITS,
        target=">= 0.98",
    )


def _row(dialect: str, name: str, alone: Measured, beside: Measured, figure: Callable[[list[float]], float], target: str) -> Row:
    measured, floor = figure(beside.latencies), figure(alone.latencies)
    return Row(
        what=f"a command of 3 events beside the positions, {name}",
        database=dialect,
        measured=f"{measured * 1000:.2f} ms",
        floor=f"without {floor * 1000:.2f} ms",
        ratio=measured / floor,
        target=target,
    )


def _together(measured: list[Measured]) -> Measured:
    return Measured([each for one in measured for each in one.latencies], statistics.mean(one.fixes for one in measured))


def _registered(log: Appender) -> list[UnitId]:
    units = [UnitId(uuid5(UUID(int=0), str(number))) for number in range(UNITS)]
    for start in range(0, UNITS, 500):
        some = units[start : start + 500]
        log.append_now([submission(unit, (UnitRegistered(call_sign=str(unit)[:8], kind="CAR", station=STATION),)) for unit in some])
    return units


async def _scene(log: Appender, positions: SqlPositions | None, units: list[UnitId]) -> Measured:
    loop = asyncio.get_running_loop()
    begin = loop.time()
    telling = [] if positions is None else [loop.create_task(_tell(positions, units, number, begin)) for number in range(REPORTS)]
    latencies = []
    while loop.time() < begin + LASTING:
        start = time.perf_counter()
        await log.append(submission(fresh_id()))
        latencies.append(time.perf_counter() - start)
        await asyncio.sleep(BETWEEN)
    return Measured(latencies, sum(await asyncio.gather(*telling)) / LASTING)


async def _tell(positions: SqlPositions, units: list[UnitId], number: int, begin: float) -> int:
    """One gateway's units, again and again, each gateway at its own moment; answers with how many fixes were taken."""
    loop, own, taken = asyncio.get_running_loop(), units[number::REPORTS], 0
    due = begin + EVERY * number / REPORTS
    while due < begin + LASTING:
        await asyncio.sleep(due - loop.time())
        now = Clock().now()
        fixes = [Fix(unit, Point(106.5 + place / 10_000, 29.5), now, 8.0, 11.0, 90.0) for place, unit in enumerate(own)]
        taken += (await positions.report(OWNER, fixes)).count(FixOutcome.TAKEN)
        due += EVERY
    return taken
