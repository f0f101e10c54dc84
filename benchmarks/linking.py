"""From a signal to linked cameras and a proposed unit, among 200,000 cameras and 2,000 units; and what of it is CPU of this process.

`python -m benchmarks.linking 20` runs it alone with so many signals.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid5

import uvloop

from api.main import Tocsin
from application.identity import OWNER
from application.surveillance.signals import Signal
from benchmarks.alarms import STATION, Clock, fresh_id, submission
from benchmarks.log import PROJECTIONS, made
from benchmarks.positions import UNITS
from benchmarks.table import Row
from domain.dispatching.events import CamerasLinked, UnitRegistered, UnitSignedOn, UnitsRecommended
from domain.dispatching.positions import Fix
from domain.ids import AlarmId, CameraId, DeviceId, DivisionCode, RegisteredCameraId, UnitId
from domain.places import Point
from domain.surveillance.events import Builder, CameraRegistered, DeviceKind, OwnerSector, TechAlarmDeviceRegistered
from infrastructure.collecting import settle
from infrastructure.database import Database
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.postgres_server import running

TIMES = 100
CAMERAS = 200_000
LIMIT = 0.2
"""Seconds in which a dispatcher is to have it."""
CENTRE = Point(106.53, 29.57)
DIVISION = DivisionCode("500105")
TOGETHER = 5_000


def rows(times: int = TIMES) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows("sqlite", f"sqlite:///{folder}/city.sqlite", times)
    with running() as server:
        yield from _rows("postgresql", made(server, "city"), times)


def _rows(dialect: str, url: str, times: int) -> Iterator[Row]:
    with closing(Database.open(url)) as database:
        install(database, PROJECTIONS)
        tocsin = Tocsin(Settings(), database, Clock(), working=False)
        with closing(tocsin.log):
            whole, busy, looking = uvloop.run(_measured(tocsin, times))
    for name, share in (("median", 0.5), ("p99", 0.99)):
        yield Row(
            what=f"a signal to cameras and a unit, of 200,000 and 2,000, {name}",
            database=dialect,
            measured=f"{_at(whole, share) * 1000:.1f} ms",
            floor=f"limit 200 ms, CPU {_at(busy, share) * 1000:.1f} ms, of which cameras {_at(looking, share) * 1000:.1f} ms",
            ratio=_at(whole, share) / LIMIT,
            target="<= 1",
        )


async def _stand_cameras(tocsin: Tocsin) -> None:
    """As dense in the middle as cities are: half of all stand within a few kilometres of it."""
    random = Random(7)
    for start in range(0, CAMERAS, TOGETHER):
        await tocsin.log.append_all(
            [submission(RegisteredCameraId(fresh_id()), (_camera(random, start + number),)) for number in range(TOGETHER)]
        )


def _camera(random: Random, number: int) -> CameraRegistered:
    bearing = random.choice((None, *(random.uniform(0, 360) for _ in range(4))))
    return CameraRegistered(
        gb28181_id=CameraId(f"5001050000132{number:07}"),
        sector=OwnerSector.MARKET,
        owner="O-1",
        builder=Builder.SOCIAL,
        division=DIVISION,
        station=STATION,
        place=_somewhere(random),
        range=random.choice((30, 50, 80, 80, 120, 300)),
        bearing=bearing,
        field_of_view=360.0 if bearing is None else 70.0,
    )


def _somewhere(random: Random) -> Point:
    spread = random.choice((0.02, 0.15))
    return Point(CENTRE.longitude + random.gauss(0, spread), CENTRE.latitude + random.gauss(0, spread))


async def _measured(tocsin: Tocsin, times: int) -> tuple[list[float], list[float], list[float]]:
    random, whole, busy, looking = Random(11), list[float](), list[float](), list[float]()
    await _stand_cameras(tocsin)
    await _stand_units(tocsin)
    at = await tocsin.reactor.catch_up()
    settle()  # as a process that works does at its start; what loading has left is no part of it
    for number in range(times):
        place = Point(CENTRE.longitude + random.gauss(0, 0.01), CENTRE.latitude + random.gauss(0, 0.01))
        device = DeviceId(fresh_id())
        await tocsin.log.append(submission(device, (_device(number, place),)))
        start, worked = time.perf_counter(), time.process_time()
        received = await tocsin.receiver.receive(OWNER, Signal(number=f"D-{number}", external_id=str(device)))
        at = await tocsin.reactor.catch_up(at)
        whole.append(time.perf_counter() - start)
        busy.append(time.process_time() - worked)
        await _insist(tocsin, received.alarm)
        worked = time.process_time()
        assert (await tocsin.linker.surroundings.cameras(place, None, None, 12)).cameras
        looking.append(time.process_time() - worked)
    return whole, busy, looking


def _device(number: int, place: Point) -> TechAlarmDeviceRegistered:
    return TechAlarmDeviceRegistered(
        number=f"D-{number}", kind=DeviceKind.INTRUSION, owner="bank", division=DIVISION, station=STATION, place=place
    )


async def _insist(tocsin: Tocsin, alarm: AlarmId) -> None:
    """What was measured has happened."""
    found = {type(each) for each in (await tocsin.log.histories({alarm: 0}))[alarm]}
    assert {CamerasLinked, UnitsRecommended} <= found, found


async def _stand_units(tocsin: Tocsin) -> None:
    units = [UnitId(uuid5(UUID(int=0), str(number))) for number in range(UNITS)]
    begun = UnitRegistered(call_sign="N-1", kind="CAR", station=STATION), UnitSignedOn()
    await tocsin.log.append_all([submission(unit, begun) for unit in units])
    now = datetime.now(UTC)
    fixes = [Fix(unit, Point(106.0 + number / 2_000, 29.5), now) for number, unit in enumerate(units)]
    await asyncio.gather(*(tocsin.positions.report(OWNER, fixes[start : start + 100]) for start in range(0, UNITS, 100)))


def _at(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(share * (len(seconds) - 1))]


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES):
        print(row.what, row.database, row.measured, row.floor)
