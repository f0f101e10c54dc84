"""A serving process that can be killed, and clients that do not give up."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import httpx

from tests.processes import Tocsin

OPEN = """mutation ($input: OpenAlarmInput!) { answer: openAlarm(input: $input) {
  __typename ... on OpenAlarmPayload { position repeated } ... on Refusal { code } } }"""
TRIAGE = """mutation ($input: TriageAlarmInput!) { answer: triageAlarm(input: $input) {
  __typename ... on TriageAlarmPayload { position repeated } ... on Refusal { code } } }"""
RESULT = """mutation ($input: RecordAlarmResultInput!) { answer: recordAlarmResult(input: $input) {
  __typename ... on RecordAlarmResultPayload { position repeated } ... on Refusal { code } } }"""
CLOSE = """mutation ($input: CloseAlarmInput!) { answer: closeAlarm(input: $input) {
  __typename ... on CloseAlarmPayload { position repeated } ... on Refusal { code } } }"""


def free_port() -> int:
    """Below the ports that the kernel gives to clients: else one of them could take it while the server is down."""
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")


@dataclass
class Server:
    """`tocsin serve` as a process of its own."""

    database: str
    key: Path
    port: int = field(default_factory=free_port)
    process: Tocsin | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"

    def start(self, patience: float = 120) -> None:
        environment = {
            "TOCSIN_DATABASE": self.database,
            "TOCSIN_DEVELOPMENT": "1",
            "TOCSIN_DEVELOPMENT_KEY": str(self.key),
            "TOCSIN_PORT": str(self.port),
            **self.more,
        }
        self.process = Tocsin("serve", environment=environment)
        self._await_answer(time.monotonic() + patience)

    def _await_answer(self, until: float) -> None:
        while time.monotonic() < until:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/health", timeout=1).status_code == httpx.codes.OK:
                    return
            except httpx.HTTPError:
                time.sleep(0.05)
        raise TimeoutError("the server does not answer")

    def stop(self) -> None:
        """It may take leave."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait()

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()


@dataclass
class Worker:
    """`tocsin work` as a process of its own."""

    database: str
    more: Mapping[str, str] = field(default_factory=dict)
    process: Tocsin | None = None

    def start(self) -> None:
        self.process = Tocsin("work", environment={"TOCSIN_DATABASE": self.database, **self.more})

    def await_work(self) -> None:
        assert self.process is not None
        assert self.process.line() == "Working.\n"

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()


@dataclass
class Acknowledged:
    """What the server said it did: command id, and the positions it answered with over all sendings."""

    positions: dict[UUID, set[int]] = field(default_factory=dict)
    sent: set[UUID] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, command_id: UUID, answer: dict[str, object]) -> bool:
        with self.lock:
            if "position" in answer:
                self.positions.setdefault(command_id, set()).add(int(str(answer["position"])))
                return True
            self.wrong.append(str(answer))
            return False


class Client(threading.Thread):
    """Takes alarms from the call to the close; sends every request up to three times, old ones again in between."""

    def __init__(self, server: Server, token: str, acknowledged: Acknowledged, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self._server = server
        self._acknowledged = acknowledged
        self._stopping = stop
        self._random = random.Random(seed)  # noqa: S311 - a replayable choice
        self._http = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=5)
        self._old: list[tuple[str, dict[str, object]]] = []

    def run(self) -> None:
        while not self._stopping.is_set():
            self._one_alarm()
        self._http.close()

    def _one_alarm(self) -> None:
        alarm = str(uuid4())
        opening = {
            "alarm": alarm,
            "report": str(uuid4()),
            "source": "CALL_110",
            "kind": "ALARM",
            "division": "500103",
            "station": "station-1",
        }
        steps = [
            (OPEN, opening),
            (TRIAGE, {"alarm": alarm, "alarmType": "THEFT", "priority": "2"}),
            (RESULT, {"alarm": alarm, "result": "ADVISED"}),
            (CLOSE, {"alarm": alarm}),
        ]
        for document, values in steps:
            if not self._insist(document, {"commandId": str(uuid4()), **values}):
                return
            if self._old and self._random.random() < 0.2:
                self._send(*self._random.choice(self._old))

    def _insist(self, document: str, values: dict[str, object]) -> bool:
        """Up to three sendings, sometimes more than one although the first was answered."""
        done = False
        for _ in range(3):
            done = self._send(document, values) or done
            if done and self._random.random() < 0.7:
                break
        if done:
            self._old.append((document, values))
        return done

    def _send(self, document: str, values: dict[str, object]) -> bool:
        command_id = UUID(str(values["commandId"]))
        self._acknowledged.sent.add(command_id)
        try:
            response = self._http.post(self._server.url, json={"query": document, "variables": {"input": values}})
            body = response.json()
        except (httpx.HTTPError, ValueError):
            self._stopping.wait(0.05)
            return False
        if response.status_code != httpx.codes.OK or body.get("errors"):
            self._acknowledged.wrong.append(str(body)[:200])
            return False
        return self._acknowledged.take(command_id, body["data"]["answer"])
