"""Two processes on one PostgreSQL: what one remembers is not decided on where the other has changed it."""

from __future__ import annotations

import asyncio
from collections import Counter
from uuid import uuid4

from api.main import Tocsin, assemble
from application.commands import Command
from application.dispatching import alarms, orders, units
from application.requests import Request
from domain.dispatching.events import IntakeKind, ReportSource, UnitReleased
from domain.ids import AlarmId, CommandId, DivisionCode, OfficerId, OrderId, OrganisationId, ReportId, UnitId
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.registering import established

STATION, DIVISION = OrganisationId("station-1"), DivisionCode("500103")
MANY = 1_000


def test_a_thing_that_had_nothing_new_to_record_stood_as_it_was_remembered(postgres_url: str) -> None:
    """The one desk knows the unit without its order, and would free nobody."""
    database = Database.open(postgres_url)
    install(database, catalogue(Settings().zone))
    asyncio.run(_ordered_here_and_cancelled_there(postgres_url))
    with database.reading() as connection:
        counted = Counter(type(each.event) for each in reading.records(reading.read(connection, 0, MANY)))
    database.close()
    assert counted[UnitReleased] == 1


async def _ordered_here_and_cancelled_there(url: str) -> None:
    here, there = (assemble(Settings(database=url), working=False) for _ in range(2))
    established(here, divisions=[DIVISION], organisations=[STATION])
    unit, alarm, order = UnitId(uuid4()), AlarmId(uuid4()), OrderId(uuid4())
    async with here, there:
        await _do(here, alarms.open(alarm, ReportId(uuid4()), ReportSource.CALL_110, IntakeKind.ALARM, DIVISION, STATION))
        await _do(there, units.register(unit, "N-1", "CAR", STATION))
        await _do(there, units.sign_on(unit))
        await _do(here, orders.send(order, alarm, unit))
        await _do(there, orders.cancel(order, alarm, unit, "drill"))


async def _do(tocsin: Tocsin, command: Command) -> None:
    await tocsin.desk.carry_out(Request(command=command, command_id=CommandId(uuid4()), by=OfficerId("li"), organisation=STATION))
