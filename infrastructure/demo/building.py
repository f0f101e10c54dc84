"""The year is carried out: slot after slot through the desk, under a clock that follows the story."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from application.desk import Desk
from application.ports import EventLog
from application.requests import Done, Request
from domain.rules import Rejected
from infrastructure.collecting import few_collections
from infrastructure.demo.world import World
from infrastructure.jurisdiction.geometry import ShapelyGeometry

MEMORY = 200_000
"""Things that are remembered: a case may go on after months."""
DRAWN_ONCE = 5.0
"""Metres: its boundaries are drawn in one go, and only rounded."""
SLOT = timedelta(hours=12)
"""What happens in one slot is recorded at its end, in one commit."""


class StoryClock:
    """A clock that shows the time of the story, so that what was known when can be asked of the demo city too."""

    def __init__(self) -> None:
        self._now = datetime.min.replace(tzinfo=UTC)

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now


@dataclass(frozen=True, slots=True)
class Built:
    """How far the year is told."""

    until: datetime
    commands: int
    refused: int
    position: int


@dataclass(frozen=True, slots=True)
class Carrying:
    """A slot on its way."""

    until: datetime
    requests: list[Request]
    answers: asyncio.Task[list[Done | Rejected]]


async def build(world: World, end: datetime, log: EventLog, clock: StoryClock, report: Callable[[Built], None]) -> Built:
    """Into an empty log that nobody else writes; so the desk may remember everything and trust what it remembers."""
    desk = Desk(log, clock, shared=False, memory=MEMORY, geometry=ShapelyGeometry(DRAWN_ONCE))
    built = Built(end - timedelta(days=366), 0, 0, 0)
    with few_collections():
        carrying: Carrying | None = None
        for until, requests in _slots(world, end):  # the next slot is told while this one is committed
            if carrying is not None:
                built = await _settled(world, carrying, built)
                report(built)
            clock.set(until)
            carrying = Carrying(until, requests, asyncio.create_task(desk.carry_out_in_order(requests)))
            await asyncio.sleep(0)  # let it decide and hand over to the log
        return built if carrying is None else await _settled(world, carrying, built)


async def _settled(world: World, carrying: Carrying, built: Built) -> Built:
    answers = await carrying.answers
    _hear(world, carrying.requests, answers)
    return _further(built, carrying.until, answers)


def _slots(world: World, end: datetime) -> Iterator[tuple[datetime, list[Request]]]:
    beats = groupby(world.tell(end), key=lambda beat: (end - beat[0]) // SLOT)
    return ((end - SLOT * back, [request for _, request in group]) for back, group in beats)


def _hear(world: World, requests: list[Request], answers: list[Done | Rejected]) -> None:
    for request, answer in zip(requests, answers, strict=True):
        if request.command_id in world.watched and isinstance(answer, Done):
            world.hear(request.command_id, answer.position)


def _further(built: Built, until: datetime, answers: list[Done | Rejected]) -> Built:
    done = [answer.position for answer in answers if isinstance(answer, Done)]
    return Built(until, built.commands + len(done), built.refused + len(answers) - len(done), max([built.position, *done]))
