"""A year of the synthetic city: from a seed and a last moment to a stream of requests in order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.desk import Request
from infrastructure.demo.alarms import alarm
from infrastructure.demo.calendar import DAYS, moments
from infrastructure.demo.cases import Origin, case
from infrastructure.demo.founding import founding
from infrastructure.demo.kinds import some_offence
from infrastructure.demo.world import Story, World


@dataclass(frozen=True, slots=True)
class Size:
    """How much happens in the year; `counter` are cases reported without an alarm."""

    alarms: int = 52_000
    counter: int = 8_000


def year(seed: int, end: datetime, size: Size) -> Iterator[tuple[datetime, Request]]:
    """The same seed, end and size tell the same year."""
    world = World(seed)
    world.start(founding(world, end - timedelta(days=DAYS + 2)))
    world.start(_alarms(world, end, size.alarms))
    world.start(_counters(world, end, size.counter))
    return world.tell(end)


def _alarms(world: World, end: datetime, count: int) -> Story:
    for at in moments(world.random, count, end):
        yield world.wait(at)
        world.start(alarm(world, at))


def _counters(world: World, end: datetime, count: int) -> Story:
    for at in moments(world.random, count, end):
        yield world.wait(at)
        district = world.district()
        station = world.random.choice(district.stations)
        origin = Origin(some_offence(world.random).offence, district, station, district.somewhere(world.random, station))
        world.start(case(world, at, origin))
