"""Two workers on one PostgreSQL: when the one that works dies, the other takes over, and everything is done once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from api.main import Tocsin, assemble
from application.casework import corrections
from application.commands import Command
from application.dispatching import alarms, orders, units
from application.requests import Request
from domain.casework.events import SubjectKind
from domain.dispatching.events import AlarmFact, AlarmFactCorrected, IntakeKind, OrderTimedOut, ReportSource
from domain.events import Event
from domain.ids import AlarmId, CommandId, CorrectionId, DivisionCode, OfficerId, OrderId, OrganisationId, ReportId, UnitId
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.projections.verifying import verify_views
from infrastructure.settings import Settings
from tests.registering import established
from tests.reliability.serving import Worker

STATION, DIVISION = OrganisationId("station-1"), DivisionCode("500103")
LI, WANG = OfficerId("li"), OfficerId("wang")
SECONDS = 30


@pytest.fixture
def city(postgres_url: str) -> str:
    """With views and places, and nobody who works."""
    database = Database.open(postgres_url)
    install(database, catalogue(Settings().zone))
    database.close()
    tocsin = assemble(Settings(database=postgres_url), working=False)
    established(tocsin, divisions=[DIVISION], organisations=[STATION])
    tocsin.log.close()
    tocsin.database.close()
    return postgres_url


Start = Callable[[], Worker]


@pytest.fixture
def start(city: str) -> Iterator[Start]:
    """Starts `tocsin work`; it is there when it says so."""

    def started() -> Worker:
        worker = Worker(city)
        worker.start()
        stack.callback(worker.kill)
        worker.await_work()
        return worker

    with ExitStack() as stack:
        yield started


def test_the_second_worker_takes_over_when_the_first_dies(city: str, start: Start) -> None:
    asyncio.run(three_workers_one_after_the_other(city, start))


async def three_workers_one_after_the_other(city: str, start: Start) -> None:
    async with assemble(Settings(database=city), working=False) as tocsin:
        working = start()
        await something_to_do(tocsin)
        await all_is_done(tocsin, 1)
        for round in (2, 3):
            standing_by = start()
            working.kill()
            await something_to_do(tocsin)
            await all_is_done(tocsin, round)
            working = standing_by
        assert verify_views(tocsin.database, tocsin.projections) == []


async def something_to_do(tocsin: Tocsin) -> None:
    """For the reactor a correction that is approved, for projector and schedule an order that nobody acknowledges."""
    alarm, unit, correction = AlarmId(uuid4()), UnitId(uuid4()), CorrectionId(uuid4())
    opened = await carry_out(tocsin, alarms.open(alarm, ReportId(uuid4()), ReportSource.CALL_110, IntakeKind.ALARM, DIVISION, STATION))
    earlier = datetime.now(UTC) - timedelta(minutes=5)
    wrong = opened - 1
    await carry_out(
        tocsin, corrections.ask(correction, SubjectKind.ALARM, AlarmFact.RECEIVED_AT, wrong, "typed late", alarm=alarm, instant=earlier)
    )
    await carry_out(tocsin, corrections.approve(correction), by=WANG)
    await carry_out(tocsin, units.register(unit, "N-1", "CAR", STATION))
    await carry_out(tocsin, units.sign_on(unit))
    soon = datetime.now(UTC) + timedelta(seconds=0.5)
    await carry_out(tocsin, orders.send(OrderId(uuid4()), alarm, unit, acknowledge_by=soon))


async def carry_out(tocsin: Tocsin, command: Command, by: OfficerId = LI) -> int:
    """The position of its last event."""
    request = Request(command=command, command_id=CommandId(uuid4()), by=by, organisation=STATION)
    return (await tocsin.desk.carry_out(request)).position


async def all_is_done(tocsin: Tocsin, rounds: int) -> None:
    """Each once, and the views show it."""
    once = {AlarmFactCorrected: rounds, OrderTimedOut: rounds}
    async with asyncio.timeout(SECONDS):
        while (found := of_the_worker(tocsin)) != once:
            assert all(found[event] <= rounds for event in once)
            await tocsin.bell.heard(await tocsin.feed.head(), 0.2)
    assert await tocsin.feed.reached(await tocsin.feed.head(), None, SECONDS)


def of_the_worker(tocsin: Tocsin) -> Counter[type[Event]]:
    """What the worker has recorded."""
    with tocsin.database.reading() as connection:
        events = [record.event for record in reading.records(reading.read(connection, 0, 1_000))]
    return Counter(type(event) for event in events if isinstance(event, AlarmFactCorrected | OrderTimedOut))
