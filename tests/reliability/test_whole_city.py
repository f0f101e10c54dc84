"""Three serving processes and two workers on one PostgreSQL, killed in turns while the control room works.

No escalation is missing or doubled, no unit is on two orders, and of each shift it is known, once, whether somebody came.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.main import Tocsin, assemble
from application.commands import Command
from application.dispatching import units
from application.identity import Role
from application.jurisdiction import service_levels
from application.requests import Request
from application.surveillance import posts, rosters
from domain.dispatching.events import (
    OrderCancelled,
    OrderEscalated,
    OrderTimedOut,
    UnitCommitted,
    UnitOrdered,
    UnitReleased,
)
from domain.events import Event, Recorded
from domain.ids import CommandId, DivisionCode, OfficerId, OrganisationId, PostId, RosterId, ServiceLevelId, UnitId
from domain.jurisdiction.events import ResponseLimit
from domain.surveillance.events import PostLevel, Shift, ShiftMissed, ShiftStarted
from infrastructure.database import Database
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.log import reading
from infrastructure.log.verify import verify
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.projections.verifying import verify_views
from infrastructure.settings import Settings
from tests.registering import established
from tests.reliability.serving import Server, Worker

STATION, DIVISION = OrganisationId("station-1"), DivisionCode("500103")
ACKNOWLEDGED, ARRIVED = timedelta(seconds=1), timedelta(seconds=3)
ACKNOWLEDGEMENT, ARRIVAL = 1, 2
"""The levels to which orders are escalated."""
UNITS = [UnitId(uuid4()) for _ in range(6)]
ROSTERS = {RosterId(uuid4()): PostId(uuid4()) for _ in range(8)}
COMING = 4
"""So many officers come, the others stay away."""
GRACE = timedelta(minutes=1)
DISPATCHERS, KILLS, SECONDS = 6, 8, 60
MANY = 100_000


@dataclass
class Room:
    """Whom to ask, by which token, until when; and what was found wrong."""

    servers: list[Server]
    key: Path
    over: threading.Event = field(default_factory=threading.Event)
    wrong: list[str] = field(default_factory=list)
    ignored: set[UUID] = field(default_factory=set)
    """Orders that their crews never answered."""
    slow: set[UUID] = field(default_factory=set)
    """Orders whose crews answered and did not arrive."""

    def insist(self, http: httpx.Client, name: str, **given: Any) -> dict[str, Any]:
        """Ask one server after the other until one answers, always with the same command id."""
        title = name[0].upper() + name[1:]
        text = f"""mutation ($input: {title}Input!) {{ answer: {name}(input: $input) {{
            __typename ... on {title}Payload {{ position }} ... on Refusal {{ code }} }} }}"""
        body = {"query": text, "variables": {"input": {"commandId": str(uuid4()), **given}}}
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            try:
                answer = http.post(random.choice(self.servers).url, json=body).json()  # noqa: S311 - no secret
                return dict(answer["data"]["answer"])
            except (httpx.HTTPError, ValueError, KeyError, TypeError):
                time.sleep(0.05)
        self.wrong.append(f"nobody answered {name}")
        return {}

    def client(self, officer: str) -> httpx.Client:
        token = DevelopmentIssuer(self.key).token(OfficerId(officer), STATION, Role.OWNER, datetime.now(UTC))
        return httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=5)


def dispatch(room: Room, seed: int) -> None:
    """Alarm after alarm, with any of the units; some crews answer, some answer late, some never."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    with room.client(f"dispatcher-{seed}") as http:
        while not room.over.is_set():
            _one_alarm(room, http, dice)


def _one_alarm(room: Room, http: httpx.Client, dice: random.Random) -> None:
    alarm, order, unit = str(uuid4()), str(uuid4()), str(dice.choice(UNITS))
    opened = {"source": "CALL_110", "kind": "ALARM", "division": DIVISION, "station": STATION}
    room.insist(http, "openAlarm", alarm=alarm, report=str(uuid4()), **opened)
    sent = room.insist(http, "sendOrder", order=order, alarm=alarm, unit=unit, overrideReason="drill")
    if "position" not in sent:
        time.sleep(dice.uniform(0, 0.3))
        return  # another dispatcher has the unit
    if dice.random() < 0.3:
        room.ignored.add(UUID(order))
        room.over.wait(5)  # long enough for the limit
    elif "position" in _acknowledged(room, http, dice, order) and dice.random() < 0.4:
        room.slow.add(UUID(order))
        room.over.wait(6)
    if not room.over.is_set() or dice.random() < 0.5:
        room.insist(http, "cancelOrder", order=order, alarm=alarm, unit=unit, reason="drill")


def _acknowledged(room: Room, http: httpx.Client, dice: random.Random, order: str) -> dict[str, Any]:
    room.over.wait(dice.uniform(0, 0.8))
    return room.insist(http, "acknowledgeOrder", order=order)


def come(room: Room, roster: RosterId, officer: str) -> None:
    """To all servers, until the shift has begun."""
    with room.client(officer) as http:
        room.insist(http, "signOnShift", roster=str(roster), shift=0)


@pytest.fixture
def city(postgres_url: str) -> str:
    database = Database.open(postgres_url)
    install(database, catalogue(Settings().zone))
    database.close()
    asyncio.run(_founded(postgres_url))
    return postgres_url


async def _founded(url: str) -> None:
    tocsin = assemble(Settings(database=url), working=False)
    established(tocsin, divisions=[DIVISION], organisations=[STATION])
    async with tocsin:
        level, now = ServiceLevelId(uuid4()), datetime.now(UTC)
        limits = ResponseLimit(acknowledgement=int(ACKNOWLEDGED.total_seconds()), arrival=int(ARRIVED.total_seconds()))
        await _do(tocsin, service_levels.draft(level, "drill", (limits,)))
        await _do(tocsin, service_levels.activate(level, now + timedelta(seconds=1)))
        for number, unit in enumerate(UNITS):
            await _do(tocsin, units.register(unit, f"N-{number}", "CAR", STATION))
            await _do(tocsin, units.sign_on(unit))
        for number, (roster, post) in enumerate(ROSTERS.items()):
            await _do(
                tocsin, posts.establish(post, f"P-{number}", "Post", "监控室", PostLevel.STATION, STATION, DIVISION, now.date(), False)
            )
            begins = datetime.now(UTC) - GRACE + timedelta(seconds=25)
            shift = Shift(OfficerId(f"watch-{number}"), begins, begins + timedelta(hours=8))
            await _do(tocsin, rosters.publish(roster, post, begins, shift.ends_at, (shift,), int(GRACE.total_seconds() // 60)))


async def _do(tocsin: Tocsin, command: Command) -> None:
    request = Request(command=command, command_id=CommandId(uuid4()), by=OfficerId("founder"), organisation=STATION)
    await tocsin.desk.carry_out(request)


@pytest.fixture
def room(city: str, tmp_path: Path) -> Iterator[tuple[Room, list[Worker]]]:
    """Everything runs; at the end nothing does."""
    key = tmp_path / "development-key.json"
    DevelopmentIssuer(key).token(OfficerId("nobody"), STATION, Role.OWNER, datetime.now(UTC))
    servers, workers = [Server(city, key) for _ in range(3)], [Worker(city) for _ in range(2)]
    with ExitStack() as stack:
        for each in (*servers, *workers):
            each.start()
            stack.callback(each.kill)
        yield Room(servers, key), workers


def test_the_control_room_keeps_its_word_while_processes_are_killed(city: str, room: tuple[Room, list[Worker]]) -> None:
    asked, workers = room
    officers = list(enumerate(ROSTERS))[:COMING]
    threads = [threading.Thread(target=dispatch, args=(asked, seed), daemon=True) for seed in range(DISPATCHERS)]
    threads += [threading.Thread(target=come, args=(asked, roster, f"watch-{number}"), daemon=True) for number, roster in officers]
    for thread in threads:
        thread.start()
    _kill_in_turns(asked, workers)
    asked.over.set()
    for thread in threads:
        thread.join(2 * SECONDS)
        assert not thread.is_alive()
    records = _when_all_is_done(city, asked)
    assert asked.wrong == []
    _each_unit_has_one_order(records)
    _each_escalation_once(records)
    _each_shift_is_known(records)


def _kill_in_turns(room: Room, workers: list[Worker]) -> None:
    dice = random.Random(7)  # noqa: S311 - a replayable choice
    for turn in range(KILLS):
        time.sleep(dice.uniform(1.0, 2.5))
        each: Server | Worker = workers[turn // 2 % 2] if turn % 2 else room.servers[turn // 2 % 3]
        each.kill()
        each.start()


def _when_all_is_done(url: str, room: Room) -> list[Recorded[Event]]:
    """The worker that is left does what is still due."""
    database = Database.open(url)
    try:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and not _is_done(records := _records(database), room):
            time.sleep(0.2)
        assert _is_done(records, room), Counter(type(each.event).__name__ for each in records)
        with database.reading() as connection:
            assert list(verify(connection)) == []
        _views_are_right(database)
        return records
    finally:
        database.close()


def _views_are_right(database: Database) -> None:
    """The projector of the worker that is left comes to the end of the log."""
    until = time.monotonic() + SECONDS
    while (wrong := verify_views(database, catalogue(Settings().zone))) and time.monotonic() < until:
        time.sleep(0.5)
    assert wrong == []


def _records(database: Database) -> list[Recorded[Event]]:
    with database.reading() as connection:
        return list(reading.records(reading.read(connection, 0, MANY)))


def _is_done(records: list[Recorded[Event]], room: Room) -> bool:
    """Who stays away has missed the shift; orders that were left alone for good are escalated, and ended where nobody answered."""
    missed = sum(isinstance(each.event, ShiftMissed) for each in records)
    ended = Counter(each.originator_id for each in records if isinstance(each.event, OrderTimedOut))
    left_alone = {each.originator_id for each in records if isinstance(each.event, UnitOrdered)} - {
        each.originator_id for each in records if isinstance(each.event, OrderCancelled)
    }
    levels = _levels(records)
    answered = all(levels[order][ACKNOWLEDGEMENT] == ended[order] == 1 for order in room.ignored & left_alone)
    arrived = all(levels[order][ARRIVAL] == 1 for order in room.slow & left_alone)
    return missed == len(ROSTERS) - COMING and answered and arrived


def _levels(records: list[Recorded[Event]]) -> dict[UUID, Counter[int]]:
    """How often each order was escalated to each level."""
    found: dict[UUID, Counter[int]] = defaultdict(Counter)
    for each in records:
        if isinstance(each.event, OrderEscalated):
            found[each.originator_id][each.event.level] += 1
    return found


def _each_unit_has_one_order(records: list[Recorded[Event]]) -> None:
    active: dict[UUID, UUID | None] = {}
    for each in records:
        match each.event:
            case UnitCommitted(order=order, stacked=False):
                assert active.get(each.originator_id) is None
                active[each.originator_id] = order
            case UnitReleased(order=order):
                assert active[each.originator_id] == order
                active[each.originator_id] = None
            case _:
                pass
    assert active.keys() == set(UNITS)


def _each_escalation_once(records: list[Recorded[Event]]) -> None:
    """Never twice, and never before its limit."""
    ordered = {each.originator_id: each.effective_at for each in records if isinstance(each.event, UnitOrdered)}
    levels = _levels(records)
    assert levels
    assert {level for counted in levels.values() for level in counted} == {ACKNOWLEDGEMENT, ARRIVAL}
    assert all(times == 1 for counted in levels.values() for times in counted.values())
    ended = Counter(each.originator_id for each in records if isinstance(each.event, OrderTimedOut))
    assert set(ended.values()) == {1}
    for each in records:
        if isinstance(each.event, OrderEscalated):
            assert each.recorded_at > each.event.limit >= ordered[each.originator_id] + ACKNOWLEDGED


def _each_shift_is_known(records: list[Recorded[Event]]) -> None:
    known = Counter((each.originator_id, type(each.event)) for each in records if isinstance(each.event, ShiftStarted | ShiftMissed))
    come, away = list(ROSTERS)[:COMING], list(ROSTERS)[COMING:]
    assert known == {(roster, ShiftStarted): 1 for roster in come} | {(roster, ShiftMissed): 1 for roster in away}
