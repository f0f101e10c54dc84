"""A server that leaves under load: readiness goes first, no request is cut, and who listens goes on at the next server."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from application.identity import Role
from domain.ids import OfficerId
from infrastructure.identity.development import DevelopmentIssuer
from tests.api.serving import CITY, Client, founded
from tests.live.test_going_on import Follower
from tests.live.test_subscriptions import raise_alarm
from tests.reliability.serving import Server

CLIENTS = 6
ANSWERS = 5
"""So many each, before and after the server is told to leave."""
EVENTS_OF_AN_ALARM = 2
SECONDS = 60


class Load(threading.Thread):
    """Asks and reports without a pause until nobody takes its calls any more."""

    def __init__(self, address: str, token: str) -> None:
        super().__init__(daemon=True)
        self.answered = 0
        self.cut: list[str] = []
        self.warm = threading.Event()
        self._address = address
        self._token = token

    def run(self) -> None:
        with httpx.Client(timeout=SECONDS) as http, suppress(httpx.ConnectError):
            while not self.cut:
                self._once(Client(self._address, self._token, http))

    def _once(self, client: Client) -> None:
        try:
            raise_alarm(client)
            client.ask("{ alarms(first: 100) { nodes { id state } } }")
        except httpx.ConnectError:
            raise
        except (httpx.HTTPError, AssertionError) as error:
            self.cut.append(repr(error))
        self.answered += 1
        if self.answered == ANSWERS:
            self.warm.set()


class HalfSent:
    """A request that is still being written when the server leaves."""

    def __init__(self, address: str, token: str) -> None:
        _, _, where = address.rpartition("/")
        host, _, port = where.partition(":")
        body = json.dumps({"query": "{ me { officer } }"}).encode()
        head = f"POST /graphql HTTP/1.1\r\nHost: {where}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
        self._rest = body[10:]
        self._socket = socket.create_connection((host, int(port)), timeout=SECONDS)
        self._socket.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:10])

    def answer(self) -> bytes:
        """To the end, for the server closes it."""
        with self._socket as opened:
            opened.sendall(self._rest)
            return b"".join(iter(lambda: opened.recv(65_536), b""))


@pytest.fixture
def server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    founded(sqlite_url)
    server = Server(sqlite_url, tmp_path / "key.json")
    server.start()
    yield server
    server.kill()


def test_a_server_leaves_under_load(server: Server) -> None:
    assert server.process is not None
    token = DevelopmentIssuer(server.key).token(OfficerId("zhang"), CITY, Role.OWNER, datetime.now(UTC))
    address = server.url.removesuffix("/graphql")
    follower = Follower(lambda: address, token, until=1_000_000)
    clients = [Load(address, token) for _ in range(CLIENTS)]
    with httpx.Client(timeout=SECONDS) as http:
        for each in (follower, *clients):
            each.start()
        assert all(each.warm.wait(SECONDS) for each in clients)
        late = HalfSent(address, token)
        server.process.terminate()
        while http.get(f"{address}/ready").status_code == 200:
            pass
        before = sum(each.answered for each in clients)
        for each in clients:
            each.join(SECONDS)
    heard = late.answer()
    assert [each.cut for each in clients] == [[]] * CLIENTS
    assert sum(each.answered for each in clients) > before, "it still answered after it had said that it leaves"
    assert heard.startswith(b"HTTP/1.1 200 ")
    server.process.wait(SECONDS)
    server.start()
    with httpx.Client(timeout=SECONDS) as http:
        zhang = Client(address, token, http)
        follower.until = int(zhang.ask("{ status { position } }")["status"]["position"]) + EVENTS_OF_AN_ALARM
        raise_alarm(zhang)
        follower.join(SECONDS)
    assert follower.told == [1001]
    assert follower.heard == list(range(1, follower.until + 1))
