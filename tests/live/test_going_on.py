"""Whatever dies or leaves, a subscriber that goes on from its position hears everything once, in order."""

from __future__ import annotations

import socket as sockets
import struct
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, WebSocketException

from application.identity import Role
from domain.ids import OfficerId
from infrastructure.database import Database
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.api.serving import CITY, FOUNDED, Client, Served, founded, new_id, served
from tests.live.clients import Listening, listening, stream
from tests.live.test_protocol import ended, raise_position
from tests.live.test_subscriptions import raise_alarm
from tests.reliability.serving import Server

LONG = f"subscription ($after: Position) {{ events(after: $after) {{ position {' '.join(f'd{n}: data' for n in range(40))} }} }}"


@pytest.fixture
def city(sqlite_url: str, tmp_path: Path) -> Iterator[Served]:
    with served(sqlite_url, tmp_path) as running:
        yield running


@pytest.fixture
def zhang(city: Served) -> Client:
    return city.client("zhang")


class Follower(threading.Thread):
    """Listens until it has heard a position; comes back from where it was, wherever it is sent."""

    def __init__(self, where: Callable[[], str], token: str, until: int) -> None:
        super().__init__(daemon=True)
        self.heard: list[int] = []
        self.told: list[int] = []
        self._where = where
        self._token = token
        self.until = until

    def run(self) -> None:
        while not self.heard or self.heard[-1] < self.until:
            try:
                with listening(self._where(), self._token, open_timeout=2) as client:
                    client.subscribe(after=self.heard[-1] if self.heard else 0)
                    while self.heard[-1:] != [self.until]:
                        self.heard.append(client.next()["position"])
            except ConnectionClosed as closed:
                self.told.append(0 if closed.rcvd is None else closed.rcvd.code)
            except (OSError, WebSocketException, TimeoutError):
                pass


def test_a_killed_socket(city: Served, zhang: Client) -> None:
    with listening(city.address, zhang.token) as client:
        client.subscribe(after=FOUNDED)
        raise_alarm(zhang)
        last = client.some(2)[-1]["position"]
        client.socket.socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
        client.socket.socket.shutdown(sockets.SHUT_RDWR)
    raise_alarm(zhang)
    with listening(city.address, zhang.token) as client:
        client.subscribe(after=last)
        raise_alarm(zhang)
        assert [each["position"] for each in client.some(4)] == [FOUNDED + n for n in (3, 4, 5, 6)]


def test_a_slow_client_is_told_where_to_go_on_and_holds_up_nobody(city: Served, zhang: Client) -> None:
    with listening(city.address, zhang.token, max_queue=1, ping_interval=None) as slow, listening(city.address, zhang.token) as quick:
        slow.subscribe(LONG, after=FOUNDED)
        quick.subscribe(after=FOUNDED)
        last, summary = 0, "长" * 2_000
        while last < 3_000 and not _closing(city):
            done = zhang.do(
                "openAlarm",
                alarm=new_id(),
                report=new_id(),
                source="CALL_110",
                kind="ALARM",
                division="500103",
                station="CQ-YZ-01",
                summary=summary,
            )
            last = int(done["position"])
        assert [each["position"] for each in quick.some(last - FOUNDED)] == list(range(FOUNDED + 1, last + 1))
        heard, (code, reason) = _everything(slow)
    assert code == 1013
    assert heard == list(range(FOUNDED + 1, FOUNDED + len(heard) + 1))
    assert reason == f'{{"position":{heard[-1]}}}'
    assert heard[-1] < last, "it was sent away before everything was kept for it"


def _closing(city: Served) -> bool:
    """Whether one of those who listen has been given up."""
    return any(each.over.done() for each in tuple(city.live.connections))


def _everything(client: Listening) -> tuple[list[int], tuple[int, str]]:
    heard: list[int] = []
    try:
        while True:
            heard.append(client.next()["position"])
    except ConnectionClosed as closed:
        said = closed.rcvd
    assert said is not None
    return heard, (said.code, said.reason)


def test_a_server_that_is_killed_and_comes_back(sqlite_url: str, tmp_path: Path) -> None:
    founded(sqlite_url)
    server = Server(sqlite_url, tmp_path / "key.json")
    token = DevelopmentIssuer(server.key).token(OfficerId("zhang"), CITY, Role.OWNER, datetime.now(UTC))
    server.start()
    address = server.url.removesuffix("/graphql")
    with httpx.Client(timeout=20) as http:
        zhang = Client(address, token, http)
        followers = [Follower(lambda: address, token, FOUNDED + 30) for _ in range(5)]
        for each in followers:
            each.start()
        for number in range(15):
            raise_alarm(zhang)
            if number in {4, 9}:
                server.kill() if number == 4 else server.stop()
                server.start()
    for each in followers:
        each.join(60)
    server.kill()
    assert [each.heard for each in followers] == [list(range(1, FOUNDED + 31))] * 5
    assert all(1001 in each.told for each in followers), "a server that leaves says so"


def test_two_servers_on_one_database(postgres_url: str, tmp_path: Path) -> None:
    database = Database.open(postgres_url)
    install(database, catalogue(Settings().zone))
    database.close()
    with served(postgres_url, tmp_path) as one, served(postgres_url, tmp_path, working=False) as other:
        zhang, li = one.client("zhang"), other.client("li")
        with listening(other.address, li.token) as client:
            client.subscribe(after=FOUNDED)
            raise_alarm(zhang)
            assert [each["position"] for each in client.some(2)] == [FOUNDED + 1, FOUNDED + 2]
        raise_alarm(li)
        with listening(one.address, li.token) as client:
            client.subscribe(after=FOUNDED + 2)
            raise_alarm(li)
            raise_alarm(zhang)
            assert [each["position"] for each in client.some(6)] == [FOUNDED + n for n in range(3, 9)], (
                "another server goes on where the first one was"
            )


def test_who_leaves_is_not_ready_first_then_says_goodbye(sqlite_url: str, tmp_path: Path) -> None:
    founded(sqlite_url)
    server = Server(sqlite_url, tmp_path / "key.json")
    token = DevelopmentIssuer(server.key).token(OfficerId("zhang"), CITY, Role.OWNER, datetime.now(UTC))
    server.start()
    assert server.process is not None
    address = server.url.removesuffix("/graphql")
    with httpx.Client(timeout=20) as http, listening(address, token) as client, stream(address, token, after=FOUNDED) as events:
        zhang = Client(address, token, http)
        client.subscribe(after=FOUNDED)
        last = raise_position(zhang)
        assert client.some(2)[-1]["position"] == last
        assert [int(next(events)["id"]) for _ in range(2)] == [FOUNDED + 1, last]
        server.process.terminate()
        while http.get(f"{address}/ready").status_code == 200:
            pass
        raise_alarm(zhang)
        assert [each["position"] for each in client.some(2)] == [FOUNDED + 3, FOUNDED + 4], "whoever still comes is served"
        assert ended(client.socket) == (1001, f'{{"position":{FOUNDED + 4}}}')
        assert [int(each["id"]) for each in events] == [FOUNDED + n for n in (3, 4, 4)], "the last id alone says where to go on"
    server.process.wait(30)
