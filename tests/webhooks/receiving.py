"""Who receives: a real HTTP server on a loopback port, that answers as a test says and keeps what it heard."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECONDS = 60
Answer = int | tuple[int, Mapping[str, str]]


@dataclass(frozen=True)
class Heard:
    """One delivery as it came in, and what it was answered with."""

    path: str
    headers: Mapping[str, str]
    body: bytes
    answered: int = 0

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told

    @property
    def position(self) -> int:
        return int(self.told["extensions"]["position"])

    @property
    def thing(self) -> str:
        return str(self.told["data"]["events"]["thing"])


def taken(_heard: Heard) -> Answer:
    return 204


@dataclass
class Receiver:
    """`answer` decides on each delivery, outside of the lock: it may take its time."""

    address: str = ""
    answer: Callable[[Heard], Answer] = taken
    heard: list[Heard] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, heard: Heard) -> tuple[int, Mapping[str, str]]:
        answer = self.answer(heard)
        status, headers = answer if isinstance(answer, tuple) else (answer, {})
        with self.changed:
            self.heard.append(Heard(heard.path, heard.headers, heard.body, status))
            self.changed.notify_all()
        return status, headers

    def until(self, enough: Callable[[list[Heard]], bool]) -> list[Heard]:
        """What has been heard once it is enough; a test that waits in vain fails with it."""
        with self.changed:
            assert self.changed.wait_for(lambda: enough(self.heard), SECONDS), [(each.id, each.answered) for each in self.heard]
            return list(self.heard)

    def some(self, count: int) -> list[Heard]:
        return self.until(lambda heard: len(heard) >= count)


def once(heard: Iterable[Heard]) -> list[Heard]:
    """What a receiver has that knows each id once, in the order in which it took them first."""
    known: dict[str, Heard] = {}
    for each in heard:
        if each.answered < 300:
            known.setdefault(each.id, each)
    return list(known.values())


def of_each_thing(heard: Iterable[Heard]) -> dict[str, list[int]]:
    """The positions of what was taken, by thing."""
    things = defaultdict(list)
    for each in once(heard):
        things[each.thing].append(each.position)
    return dict(things)


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # the sender was killed in the middle of it
            status, headers = receiver.take(Heard(self.path, dict(self.headers), body))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *_args: object) -> None:
            """Nobody reads it."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, request: object, client_address: object) -> None:
            """Who was killed in the middle of a delivery is no fault of the receiver."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        receiver.address = f"http://127.0.0.1:{server.server_address[1]}/city"
        yield receiver
        server.shutdown()
        thread.join(SECONDS)
