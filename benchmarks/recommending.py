"""A recommendation out of 2,000 units, from looking where they are to its place in the log; and what of it is the ranking alone."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from uuid import UUID, uuid5

import uvloop

from api.main import Tocsin
from application.dispatching import alarms
from application.dispatching.recommending import surveyed
from application.identity import OWNER
from application.requests import Request
from benchmarks.alarms import EVENTS, STATION, Clock, fresh_id, submission
from benchmarks.log import PROJECTIONS, made
from benchmarks.positions import UNITS
from benchmarks.table import Row
from domain.dispatching.events import UnitRegistered, UnitSignedOn
from domain.dispatching.positions import Fix
from domain.dispatching.recommending import Needs, ranked
from domain.ids import AlarmId, CommandId, OfficerId, RecommendationId, UnitId
from domain.places import Point
from infrastructure.collecting import settle
from infrastructure.database import Database
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.postgres_server import running

TIMES = 100
LIMIT = 0.05
"""Seconds in which a dispatcher is to have it."""


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows("sqlite", f"sqlite:///{folder}/city.sqlite")
    with running() as server:
        yield from _rows("postgresql", made(server, "city"))


def _rows(dialect: str, url: str) -> Iterator[Row]:
    with closing(Database.open(url)) as database:
        install(database, PROJECTIONS)
        tocsin = Tocsin(Settings(), database, Clock(), working=False)
        settle()  # as a serving process does
        with closing(tocsin.log):
            whole, ranking = uvloop.run(_measured(tocsin))
    for name, share in (("median", 0.5), ("p99", 0.99)):
        yield Row(
            what=f"a recommendation out of 2,000 units, {name}",
            database=dialect,
            measured=f"{_at(whole, share) * 1000:.1f} ms",
            floor=f"limit 50 ms, ranking {_at(ranking, share) * 1000:.1f} ms",
            ratio=_at(whole, share) / LIMIT,
            target="<= 1",
        )


async def _measured(tocsin: Tocsin) -> tuple[list[float], list[float]]:
    await _stand(tocsin)
    whole, ranking = list[float](), list[float]()
    for _ in range(TIMES):
        alarm = AlarmId(fresh_id())
        await tocsin.log.append(submission(alarm, EVENTS[:1]))
        whole.append(await _recommended(tocsin, alarm))
        ranking.append(await _ranked(tocsin, alarm))
    return whole, ranking


async def _stand(tocsin: Tocsin) -> None:
    units = [UnitId(uuid5(UUID(int=0), str(number))) for number in range(UNITS)]
    begun = UnitRegistered(call_sign="N-1", kind="CAR", station=STATION, capabilities=("ARMED",)), UnitSignedOn()
    await tocsin.log.append_all([submission(unit, begun) for unit in units])
    now = datetime.now(UTC)
    fixes = [Fix(unit, Point(106.0 + number / 2_000, 29.5), now) for number, unit in enumerate(units)]
    await asyncio.gather(*(tocsin.positions.report(OWNER, fixes[start : start + 100]) for start in range(0, UNITS, 100)))


async def _recommended(tocsin: Tocsin, alarm: AlarmId) -> float:
    start = time.perf_counter()
    recommendation, needs = RecommendationId(fresh_id()), Needs(2, ("ARMED",))
    survey = await tocsin.surveyor.survey(OWNER, alarm)
    command = surveyed(alarms.recommend(alarm, recommendation, 2, ("ARMED",)), recommendation, needs, survey)
    asked = Request(command=command, command_id=CommandId(fresh_id()), by=OfficerId("O-1"), organisation=STATION)
    await tocsin.desk.carry_out(asked)
    return time.perf_counter() - start


async def _ranked(tocsin: Tocsin, alarm: AlarmId) -> float:
    survey = await tocsin.surveyor.survey(OWNER, alarm)
    start = time.perf_counter()
    assert len(ranked(Needs(2, ("ARMED",)), survey, datetime.now(UTC))) == UNITS
    return time.perf_counter() - start


def _at(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(share * (len(seconds) - 1))]
