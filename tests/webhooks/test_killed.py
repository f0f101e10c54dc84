"""Server and worker are killed again and again while alarms come in: every receiver ends with every event once, each thing's in order."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from api.main import assemble
from application.identity import Role
from domain.ids import OfficerId, OrganisationId
from infrastructure.database import Database
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.settings import Settings
from tests.api.serving import Client
from tests.registering import established
from tests.reliability.serving import Acknowledged, Server, Worker
from tests.reliability.serving import Client as Caller
from tests.webhooks.conftest import prepared
from tests.webhooks.receiving import Answer, Heard, Receiver, of_each_thing, once, receiving
from tests.webhooks.registering import Registered, issued, registered

CALLERS = 2
KILLS = 6
STATION = OrganisationId("station-1")
ALARMS = ("AlarmOpened", "ReportReceived", "AlarmTriaged", "AlarmResultRecorded", "AlarmClosed")
SECONDS = 240


@pytest.fixture
def receivers() -> Iterator[list[Receiver]]:
    """One takes everything; one is slow and often fails, before and after it has taken something."""
    with ExitStack() as stack:
        yield [stack.enter_context(receiving()) for _ in range(2)]


def moody() -> Callable[[Heard], Answer]:
    dice, lock = random.Random(7), threading.Lock()  # noqa: S311 - a replayable choice

    def answer(_heard: Heard) -> Answer:
        with lock:
            mood = dice.random()
        time.sleep(mood / 50)
        return 500 if mood < 0.2 else 200

    return answer


def test_whatever_is_killed_every_receiver_has_everything_once_and_in_order(
    database_url: str, tmp_path: Path, vault_key: Path, receivers: list[Receiver]
) -> None:
    prepared(database_url)
    with_places(database_url)
    hosts = ",".join(each.address.split("/")[2] for each in receivers)
    more = {"TOCSIN_VAULT_KEY": str(vault_key), "TOCSIN_WEBHOOK_HOSTS": hosts}
    server = Server(database_url, tmp_path / "key.json", more=more)
    workers = [] if database_url.startswith("sqlite") else [Worker(database_url, more) for _ in range(2)]
    token = DevelopmentIssuer(server.key).token(OfficerId("kill-test"), STATION, Role.OWNER, datetime.now(UTC))
    stop, acknowledged = threading.Event(), Acknowledged()
    receivers[1].answer = moody()
    server.start()
    for worker in workers:
        worker.start()
    with httpx.Client(timeout=20) as http:
        owner = Client(server.url.removesuffix("/graphql"), token, http)
        hooks = [registered(owner, each.address, key=issued(owner, STATION)) for each in receivers]
        callers = [Caller(server, token, acknowledged, stop, seed) for seed in range(CALLERS)]
        for each in callers:
            each.start()
        try:
            kill_now_and_then(server, workers, stop)
        finally:
            stop.set()
            for each in callers:
                each.join()
        try:
            everything_is_delivered(owner, hooks)
        finally:
            for process in (server, *workers):
                process.kill()
    assert acknowledged.wrong == []
    expected = recorded(database_url)
    assert len(expected) > 100
    for receiver in receivers:
        check(receiver, expected)


def with_places(url: str) -> None:
    tocsin = assemble(Settings(database=url), working=False)
    established(tocsin, divisions=["500103"], organisations=[STATION])
    tocsin.log.close()
    tocsin.database.close()


def kill_now_and_then(server: Server, workers: list[Worker], stop: threading.Event) -> None:
    """Of two workers one delivers and the other stands by: each of them is killed, and takes over."""
    dice, turns = random.Random(11), cycle([*workers, server])  # noqa: S311 - a replayable choice
    for victim in islice(turns, KILLS):
        stop.wait(dice.uniform(0.3, 1.5))
        victim.kill()
        victim.start()


def everything_is_delivered(owner: Client, hooks: list[Registered]) -> None:
    end = time.monotonic() + SECONDS
    while any(left := [each.shown(owner)["delivery"]["backlog"] for each in hooks]):
        assert time.monotonic() < end, (left, [each.shown(owner) for each in hooks])
        time.sleep(0.2)


def recorded(url: str) -> list[tuple[int, str]]:
    """The positions and things of all that the receivers' keys may see."""
    database = Database.open(url)
    text = sa.text("SELECT position, originator_id FROM events WHERE type IN :types ORDER BY position")
    try:
        with database.reading() as connection:
            rows: Any = connection.execute(text.bindparams(sa.bindparam("types", ALARMS, expanding=True))).all()
            return [(row[0], str(row[1]).replace("-", "")) for row in rows]
    finally:
        database.close()


def check(receiver: Receiver, expected: list[tuple[int, str]]) -> None:
    taken = once(receiver.heard)
    assert sorted((each.position, each.thing.replace("-", "")) for each in taken) == expected
    assert all(positions == sorted(positions) for positions in of_each_thing(taken).values())
