"""A year of the synthetic city: how much happens, and what makes it begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from infrastructure.demo.alarms import alarm
from infrastructure.demo.bounds import bounding
from infrastructure.demo.calendar import DAYS, moments
from infrastructure.demo.cases import Origin, case
from infrastructure.demo.devices import equipping
from infrastructure.demo.founding import founding
from infrastructure.demo.governing import governing
from infrastructure.demo.kinds import some_offence
from infrastructure.demo.ruling import ruling
from infrastructure.demo.watching import watching
from infrastructure.demo.world import Story, World


@dataclass(frozen=True, slots=True)
class Size:
    """How much happens in the year; `counter` are cases reported without an alarm."""

    alarms: int = 50_200
    counter: int = 5_200


def begun(seed: int, end: datetime, size: Size) -> World:
    """A city whose year waits to be told. The same seed, end and size tell the same year."""
    world = World(seed)
    world.start(founding(world, end - timedelta(days=DAYS + 2)))
    world.start(bounding(world, end - timedelta(days=DAYS + 2, minutes=-1)))
    watching(world, end - timedelta(days=DAYS + 1), end)
    equipping(world, end - timedelta(days=DAYS + 1))
    governing(world, end - timedelta(days=DAYS + 1), end)
    ruling(world, end - timedelta(days=DAYS + 1), end)
    world.start(_alarms(world, end, size.alarms))
    world.start(_counters(world, end, size.counter))
    return world


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
