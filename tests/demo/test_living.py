"""The living city: what it does follows from the board, the time and its seed; and a server that it lives in is served well."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.cli.loading import build_demo
from api.main import Tocsin, assemble
from application.dispatching.views import AlarmState, OrderState
from application.identity import Role
from domain.dispatching.events import (
    AlarmClosed,
    AlarmDispatched,
    AlarmOpened,
    AlarmResult,
    AlarmResultRecorded,
    AlarmsMerged,
    AreaClass,
    CamerasLinked,
    DuplicateDismissed,
    UnitArrived,
    UnitStatus,
    VideoFinding,
    VideoVerified,
)
from domain.events import Event, Recorded
from domain.ids import OfficerId, OrganisationId
from domain.jurisdiction.events import ApiKeyIssued, ApiKeyRevoked
from domain.places import Point, distance
from domain.surveillance.events import DeviceSignalled
from infrastructure.demo.building import StoryClock
from infrastructure.demo.city import BUREAU, districts
from infrastructure.demo.governing import LIMITS
from infrastructure.demo.living.acts import Act, Who
from infrastructure.demo.living.board import OpenAlarm, Recommended, RunningOrder
from infrastructure.demo.living.calls import calls
from infrastructure.demo.living.client import Client, NotServed
from infrastructure.demo.living.crews import Crews
from infrastructure.demo.living.desks import Desk
from infrastructure.demo.living.driving import Car, Roads
from infrastructure.demo.living.identities import Issued, One
from infrastructure.demo.living.life import City
from infrastructure.demo.living.pace import Pace
from infrastructure.demo.living.running import live
from infrastructure.demo.living.signals import LABEL
from infrastructure.demo.year import Size
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.identity.keys import NewKey
from infrastructure.schedule import Schedule
from infrastructure.settings import Settings
from tests.importing.desks import records
from tests.reliability.serving import Server, free_port

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
PACE = Pace()
DISTRICTS = districts(Random(1))  # noqa: S311 - a story, not a secret
STATION = DISTRICTS[0].stations[0]
ALARM = OpenAlarm(
    id="alarm_1",
    state=AlarmState.RECEIVED,
    alarm_type="ROBBERY",  # a unit is always sent
    station=STATION.code,
    place=STATION.place,
    synthetic=True,
    test=False,
    received_at=NOON,
    has_result=False,
    sent=0,
    reopened=0,
    running=False,
    cleared_at=None,
    recommended=(),
)
ORDER = RunningOrder(
    id="order_1",
    alarm="alarm_1",
    unit="unit_1",
    state=OrderState.EN_ROUTE,
    since=NOON,
    crew=(OfficerId("O-1"),),
    station=STATION.code,
    place=STATION.place,
    alarm_state=AlarmState.DISPATCHED,
)


def desk(alarm: OpenAlarm, minutes: float, taken: frozenset[str] = frozenset()) -> list[str]:
    now = NOON + timedelta(minutes=minutes)
    return [each.mutation for each in Desk(PACE, now, taken).next(alarm, AreaClass.URBAN)]


def at_noon(hour: int = 4) -> int:
    """Calls of one hour of the day, in UTC."""
    slots = [NOON.replace(hour=hour) + timedelta(seconds=5 * each) for each in range(720)]
    return sum(len(list(calls(PACE, DISTRICTS, slot, 60))) for slot in slots)


def test_calls_follow_the_hour_and_the_room_that_there_is():
    assert 0 < 2 * at_noon(20) < at_noon(12)  # four in the morning, eight in the evening
    busy = replace(PACE, a_day=20_000, speed=100)
    assert len(list(calls(busy, DISTRICTS, NOON, 7))) == 7
    assert list(calls(busy, DISTRICTS, NOON, -3)) == []


def test_the_same_seed_draws_the_same_call_and_another_seed_another():
    busy = replace(PACE, speed=600)
    first, again, other = (list(calls(pace, DISTRICTS, NOON, 3)) for pace in (busy, busy, replace(busy, seed=2)))
    assert [(each.command_id, each.given) for each in first] == [(each.command_id, each.given) for each in again]
    assert {each.given["alarm"] for each in first}.isdisjoint(each.given["alarm"] for each in other)


def test_an_alarm_is_triaged_recommended_for_sent_to_and_closed():
    assert desk(ALARM, 0) == []
    assert desk(ALARM, 2) == ["triageAlarm"]
    triaged = replace(ALARM, state=AlarmState.TRIAGED)
    assert desk(triaged, 3) == ["recommendUnits"]
    recommended = replace(triaged, recommended=(Recommended(NOON + timedelta(minutes=3), ("unit_1",)),))
    assert desk(recommended, 3) == ["sendOrder"]
    sent = replace(recommended, state=AlarmState.DISPATCHED, sent=1, running=True)
    assert desk(sent, 600) == []
    cleared = replace(sent, running=False, cleared_at=NOON + timedelta(minutes=30), state=AlarmState.FEEDBACK_GIVEN)
    assert desk(cleared, 30) == []
    assert desk(cleared, 45) == ["recordAlarmFeedback", "recordAlarmResult", "closeAlarm"]


def test_a_unit_that_is_taken_is_not_sent_and_an_old_recommendation_is_not_followed():
    recommended = replace(ALARM, state=AlarmState.TRIAGED, recommended=(Recommended(NOON, ("unit_1",)),))
    assert desk(recommended, 1.9, frozenset({"unit_1"})) == []
    assert desk(recommended, 3) == ["recommendUnits"]
    assert desk(recommended, 20) == ["recordAlarmResult", "closeAlarm"]


def test_what_somebody_tries_by_hand_is_left_alone():
    assert desk(replace(ALARM, synthetic=False), 600) == []


def crew(order: RunningOrder, minutes: float, place: Point) -> list[str]:
    return [each.mutation for each in Crews(PACE, NOON + timedelta(minutes=minutes), {order.unit: place}).next(order)]


def test_a_crew_arrives_where_it_was_sent():
    far = Point(STATION.place.longitude + 0.1, STATION.place.latitude)
    assert crew(ORDER, 5, far) == []
    assert crew(ORDER, 5, STATION.place) == ["reportUnitArrived"]
    assert crew(ORDER, 60, far) == ["reportUnitArrived"]  # its receiver is wrong


def test_some_crews_answer_late_and_some_refuse():
    ordered = [replace(ORDER, id=f"order_{number}", state=OrderState.ORDERED) for number in range(1_000)]
    soon = Counter(name for each in ordered for name in crew(each, 1.5, STATION.place))
    later = Counter(name for each in ordered for name in crew(each, 8, STATION.place))
    assert 900 < soon["acknowledgeOrder"] < 970
    assert later["acknowledgeOrder"] + later["refuseOrder"] == 1_000
    assert 0 < later["refuseOrder"] < 30


def test_whoever_answers_late_passes_the_limit_that_the_city_has():
    late = [replace(ORDER, id=f"order_{number}", state=OrderState.ORDERED) for number in range(1_000)]
    limit = max(each.acknowledgement or 0 for each in LIMITS) / 60
    waiting = [each for each in late if not crew(each, limit + 0.1, STATION.place)]
    assert 30 < len(waiting) < 100


def test_units_drive_to_where_they_are_sent_and_stand_still_otherwise():
    roads, base = Roads(PACE), STATION.place
    cars = [Car(each, UnitStatus.COMMITTED, base) for each in ("unit_1", "unit_2")]
    aim = Point(base.longitude + 0.002, base.latitude)
    told = [roads.drive(cars, {"unit_1": aim, "unit_2": None}, NOON + timedelta(seconds=5 * each)) for each in range(5)]
    assert [len(each) for each in told] == [2, 1, 1, 1, 0]  # all are told once; 190 metres take three looks
    assert distance(roads.places["unit_1"], aim) == 0
    assert roads.places["unit_2"] == base


SMALL = Size(alarms=400, counter=60)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("living") / "city.sqlite"
    assert "SYNTHETIC" in build_demo(Settings(database=f"sqlite:///{path}"), 1, SMALL)
    return path


class UpToDate(httpx.AsyncBaseTransport):
    """Straight into the application, which has caught up before it is asked."""

    def __init__(self, tocsin: Tocsin) -> None:
        self._tocsin = tocsin
        self._into = httpx.ASGITransport(app=create_app(tocsin.services()))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not request.content.startswith(b'{"query":"mutation'):
            await asyncio.to_thread(self._tocsin.projector.catch_up)
        return await self._into.handle_async_request(request)


KEY = NewKey(f"tocsin_{'a' * 12}_{'s' * 43}", "a" * 12, sha256(b"s" * 43).hexdigest())
"""Always the same, so that a second life is."""
LIVELY, LOOKS = Pace(speed=60, every=2), 18


async def lived(city: Path, folder: Path, looks: int) -> tuple[City, list[Recorded[Event]]]:
    """Some looks under a clock that steps; what was recorded since the city was built."""
    await asyncio.to_thread(folder.mkdir)
    await asyncio.to_thread(shutil.copy, city, folder / "city.sqlite")
    clock = StoryClock()
    clock.set(datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1))
    settings = Settings(database=f"sqlite:///{folder / 'city.sqlite'}", development=True, development_key=city.with_name("key.json"))
    async with assemble(settings, clock, working=False) as tocsin, httpx.AsyncClient(transport=UpToDate(tocsin)) as http:
        head, schedule = await tocsin.feed.head(), Schedule(tocsin.database, tocsin.desk, clock)
        client = Client(http, "http://city/graphql", Issued(DevelopmentIssuer(settings.development_key), clock.now, lambda: KEY))
        alive = City(client, LIVELY)
        await alive.begin()
        for _ in range(looks):
            await alive.go_on(clock.now())
            await asyncio.to_thread(tocsin.projector.catch_up)
            await tocsin.reactor.catch_up()
            await schedule.sweep()
            clock.set(clock.now() + timedelta(seconds=LIVELY.every))
        await alive.end()
        return alive, records(tocsin.database)[head:]


@pytest.fixture
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Devices tell about as often as people call, so that a short life has all that may follow."""
    monkeypatch.setattr("infrastructure.demo.living.signals.SHARE", 0.8)


@pytest.mark.usefixtures("restless")
def test_alarms_come_in_units_drive_and_everything_is_closed_and_a_second_life_is_the_same(city: Path, tmp_path: Path):
    alive, one = asyncio.run(lived(city, tmp_path / "one", LOOKS))
    assert alive.tally.refused == []
    found = Counter(type(each.event) for each in one)
    assert found[AlarmOpened] > 20
    assert found[AlarmClosed] > 10
    assert found[UnitArrived] > 3
    assert alive.tally.done["publishDutyRoster"] > 100  # it is the day after the one whose rosters there were
    assert alive.tally.done["signOnShift"] > 100
    linked_seen_and_settled(alive, one)
    _, other = asyncio.run(lived(city, tmp_path / "other", LOOKS // 2))
    *other, last = told(other)
    assert isinstance(last[0], ApiKeyRevoked)
    assert other == told(one)[: len(other)]


def told(life: list[Recorded[Event]]) -> list[tuple[object, ...]]:
    return [(each.event, each.by, each.originator_id, each.effective_at) for each in life]


def linked_seen_and_settled(alive: City, life: list[Recorded[Event]]) -> None:
    """What devices told: it finds cameras and posts, and calls about the same; what video shows to be nothing is closed as that."""
    found = Counter(type(each.event) for each in life)
    assert found[DeviceSignalled] == alive.tally.done["signal"] > 10
    assert found[CamerasLinked] > 3
    assert found[VideoVerified] == alive.tally.done["verifyByVideo"] > 2
    assert found[AlarmsMerged] + found[DuplicateDismissed] > 0
    told = {each.originator_id for each in life if isinstance(each.event, AlarmOpened) and each.event.device is not None}
    assert {each.originator_id for each in life if isinstance(each.event, AlarmDispatched)} & told
    nothing = {each.originator_id for each in life if isinstance(each.event, VideoVerified) and each.event.finding is VideoFinding.FALSE}
    results = {each.originator_id: each.event.result for each in life if isinstance(each.event, AlarmResultRecorded)}
    assert {results[each] for each in nothing & told & results.keys()} == {AlarmResult.UNFOUNDED}
    assert found[ApiKeyIssued] == found[ApiKeyRevoked] == 1


def test_whoever_has_no_demo_city_is_left_in_peace(sqlite_url: str, tmp_path: Path):
    async def begun() -> None:
        settings = Settings(database=sqlite_url, development=True, development_key=tmp_path / "key.json")
        async with assemble(settings, working=False) as tocsin, httpx.AsyncClient(transport=UpToDate(tocsin)) as http:
            issuer = DevelopmentIssuer(settings.development_key)
            await City(Client(http, "http://city/graphql", Issued(issuer, lambda: datetime.now(UTC))), PACE).begin()

    with pytest.raises(NotServed, match="no demo city"):
        asyncio.run(begun())


def test_a_server_that_is_away_is_asked_again_after_a_longer_and_longer_pause(monkeypatch: pytest.MonkeyPatch):
    asked, waited = list[str](), list[float]()

    async def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.content.decode())
        raise httpx.ConnectError("nobody is there")

    async def wait(stop: asyncio.Event, seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 7:
            stop.set()

    async def run() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
            await live(City(Client(http, "http://city/graphql", One("token")), PACE), PACE, lambda: NOON, asyncio.Event())

    monkeypatch.setattr("infrastructure.demo.living.running._wait", wait)
    asyncio.run(run())
    assert waited == [1, 2, 4, 8, 16, 30, 30]
    assert len(asked) == 7


def test_each_officer_has_a_token_that_is_renewed_before_it_ends(tmp_path: Path):
    hour = 0
    issued = Issued(DevelopmentIssuer(tmp_path / "key.json"), lambda: NOON + timedelta(hours=hour))
    who = Who(OfficerId("O-1"), BUREAU, Role.DISPATCHER)
    first = issued.bearer(who)
    assert issued.bearer(who) == first
    assert issued.bearer(replace(who, organisation=OrganisationId("other"))) != first
    hour = 11
    assert issued.bearer(who) != first


def test_an_act_is_the_same_command_however_often_it_is_sent():
    who = Who(OfficerId("O-1"), BUREAU, Role.DISPATCHER)
    assert Act("closeAlarm", {}, who, "1").command_id == Act("closeAlarm", {}, who, "1").command_id
    assert Act("closeAlarm", {}, who, "1").command_id != Act("closeAlarm", {}, who, "2").command_id


def simulator(server: Server) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "api.cli", "simulate", "--url", server.url, "--speed", "60", "--every", "0.5", "--talkative"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TOCSIN_DEVELOPMENT_KEY": str(server.key)}
    return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)  # noqa: S603 - ours


def asked(server: Server, text: str, role: Role = Role.CITY_HEAD) -> Any:
    token = DevelopmentIssuer(server.key).token(OfficerId("watcher"), BUREAU, role, datetime.now(UTC))
    answer = httpx.post(server.url, json={"query": text}, headers={"Authorization": f"Bearer {token}"}, timeout=20).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


def test_a_real_server_is_lived_in_and_nothing_is_refused(city: Path, tmp_path: Path):
    shutil.copy(city, tmp_path / "city.sqlite")
    server = Server(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path / "key.json")
    server.start()
    since = datetime.now(UTC).isoformat()
    alive = simulator(server)
    try:
        until, closed = time.monotonic() + 90, 0
        while closed < 5 and time.monotonic() < until:
            time.sleep(1)
            text = f'alarms(filter: {{receivedAt: {{from: "{since}"}}, state: [CLOSED]}}) {{ totalCount }}'
            closed = asked(server, f"{{ {text} }}")["alarms"]["totalCount"]
        assert closed >= 5
        assert len(asked(server, "{ unitPositions(first: 2000) { unitId } }")["unitPositions"]) > 500
    finally:
        alive.send_signal(signal.SIGTERM)
        _, told = alive.communicate(timeout=20)
        keys = asked(server, "{ apiKeys { nodes { label actions revoked } } }", Role.SECURITY_ADMINISTRATOR)["apiKeys"]["nodes"]
        server.stop()
    assert alive.returncode == 0
    assert "refused: 0" in told, told
    assert "silent" not in told, told
    assert keys == [{"label": LABEL, "actions": ["SIGNAL"], "revoked": True}]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_the_simulator_beside_a_server_ends_with_it_however_that_ends(city: Path, tmp_path: Path, how: signal.Signals):
    shutil.copy(city, tmp_path / "city.sqlite")
    port, key = free_port(), tmp_path / "key.json"
    words = [sys.executable, "-m", "api.cli", "serve", "--demo", "--port", str(port), "--database", f"sqlite:///{tmp_path / 'city.sqlite'}"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TOCSIN_DEVELOPMENT_KEY": str(key)}
    complaints = tmp_path / "complaints"
    with complaints.open("w") as heard:
        server = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=heard, text=True)  # noqa: S603 - ours
    try:
        assert server.stdout is not None
        assert any("The city lives" in line for line in server.stdout)
        (child,) = children(server.pid)
        until = time.monotonic() + 60
        there = Server("", key, port)
        while not asked(there, "{ unitPositions(first: 1) { unitId } }")["unitPositions"] and time.monotonic() < until:
            time.sleep(0.5)
        assert asked(there, "{ unitPositions(first: 1) { unitId } }")["unitPositions"]
        server.send_signal(how)
        assert server.wait(60) == -how
        assert ends(child)
        assert "Fatal" not in complaints.read_text()
    finally:
        server.kill()
        server.communicate()


def children(parent: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False).stdout  # noqa: S603, S607 - ours
    return [int(each) for each in listed.split()]


def ends(process: int) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603, S607 - ours
        if not state or state.startswith("Z"):
            return True
        time.sleep(0.1)
    return False
