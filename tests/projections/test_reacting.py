"""Policies answer each fact once; a refusal is passed over, a fault is not. Duties do what is overdue."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from application.commands import Command
from application.desk import Desk
from application.dispatching import alarms, orders, units
from application.policies import Policy
from application.requests import Request
from domain.dispatching.events import AlarmClosed, AlarmOpened, InitialMeasuresTaken, IntakeKind, OrderTimedOut, ReportSource
from domain.events import Event, Recorded
from domain.ids import AlarmId, CommandId, DivisionCode, OfficerId, OrderId, OrganisationId, ReportId, UnitId
from infrastructure import reactor
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell
from infrastructure.projections.generations import install
from infrastructure.projections.inline import Inline
from infrastructure.reactor import Reactor
from infrastructure.schedule import Schedule
from tests.log.submissions import NOON, StoppedClock
from tests.projections.contents import ALL, projector
from tests.registering import Registry

STATION, DIVISION = OrganisationId("S-1"), DivisionCode("500103")


class Room:
    """A desk with a reactor and a schedule, none of them running by itself."""

    def __init__(self, database: Database) -> None:
        install(database, ALL)
        self.database = database
        self.clock = StoppedClock()
        self.bell = Bell()
        self.registry = Registry()
        self.appender = Appender(database, self.clock, self.bell, Inline(ALL))
        self.desk = Desk(self.appender, self.clock, shared=database.shared)

    def reactor(self) -> Reactor:
        return Reactor(self.database, self.desk, self.bell)

    def do(self, *commands: Command) -> None:
        async def carry_out() -> None:
            for command in (*self.registry.missing(*commands), *commands):
                command_id = CommandId(uuid4())
                await self.desk.carry_out(Request(command=command, command_id=command_id, by=OfficerId("P-1"), organisation=STATION))

        asyncio.run(carry_out())

    def recorded(self, kind: type[Event]) -> list[UUID]:
        with self.database.reading() as connection:
            return [each.originator_id for each in reading.records(reading.read(connection, 0, 1_000)) if isinstance(each.event, kind)]


@pytest.fixture
def room(database: Database) -> Iterator[Room]:
    room = Room(database)
    yield room
    room.appender.close()


def opened(alarm: AlarmId) -> Command:
    return alarms.open(alarm, ReportId(uuid4()), ReportSource.CALL_110, IntakeKind.ALARM, DIVISION, STATION)


Answer = Callable[[Recorded[AlarmOpened]], Command | None]


def measured(record: Recorded[AlarmOpened]) -> Command:
    return alarms.take_initial_measures(AlarmId(record.originator_id), "keep the line open")


def closed(record: Recorded[AlarmOpened]) -> Command:
    return alarms.close(AlarmId(record.originator_id))


def broken(_: Recorded[AlarmOpened]) -> None:
    raise LookupError


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let these be the policies on opened alarms, and no others."""

    def let(*answers: Answer) -> None:
        monkeypatch.setattr(reactor, "POLICIES", {AlarmOpened: [Policy(each.__name__, each) for each in answers]})

    return let


def test_a_policy_answers_once_however_often_the_log_is_read(room: Room, answering: Callable[..., None]) -> None:
    answering(measured)
    alarm = AlarmId(uuid4())
    room.do(opened(alarm))
    for _ in range(2):
        asyncio.run(room.reactor().catch_up())
        asyncio.run(room.reactor().catch_up(0))
    assert room.recorded(InitialMeasuresTaken) == [alarm]


def test_a_refusal_is_passed_over(room: Room, answering: Callable[..., None]) -> None:
    answering(closed, measured)
    alarm = AlarmId(uuid4())
    room.do(opened(alarm))
    asyncio.run(room.reactor().catch_up())
    assert room.recorded(AlarmClosed) == []
    assert room.recorded(InitialMeasuresTaken) == [alarm]


def test_a_fault_stops_it_until_it_is_gone(room: Room, answering: Callable[..., None]) -> None:
    first, second = AlarmId(uuid4()), AlarmId(uuid4())
    answering(measured)
    room.do(opened(first))
    asyncio.run(room.reactor().catch_up())
    room.do(opened(second))
    answering(broken)
    for _ in range(2):
        with pytest.raises(LookupError):
            asyncio.run(room.reactor().catch_up())
    answering(measured)
    asyncio.run(room.reactor().catch_up())
    assert room.recorded(InitialMeasuresTaken) == [first, second]


def test_an_order_that_was_not_acknowledged_times_out_once(room: Room) -> None:
    alarm, unit, order = AlarmId(uuid4()), UnitId(uuid4()), OrderId(uuid4())
    room.do(
        opened(alarm),
        units.register(unit, "N-1", "car", STATION),
        units.sign_on(unit),
        orders.send(order, alarm, unit, acknowledge_by=NOON + timedelta(minutes=1)),
    )
    schedule = Schedule(room.database, room.desk, room.clock)
    for minutes in (0, 2, 0):
        room.clock.moment += timedelta(minutes=minutes)
        projector(room.database).catch_up()
        asyncio.run(schedule.sweep())
        asyncio.run(schedule.sweep())
    assert room.recorded(OrderTimedOut) == [order]
