"""The serving process is killed again and again under load: what it acknowledged is in the log, once."""

from __future__ import annotations

import random
import threading
from collections import Counter
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from api.main import assemble
from application.identity import Role
from domain.ids import OfficerId, OrganisationId
from infrastructure.database import Database
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.log.verify import verify
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.projections.verifying import verify_views
from infrastructure.settings import Settings
from tests.registering import established
from tests.reliability.serving import Acknowledged, Client, Server

EVENTS_OF = {"alarms.open": 2, "alarms.triage": 1, "alarms.record_result": 1, "alarms.close": 1}
KILLS = {"sqlite": 20, "postgresql": 4}
CLIENTS = 8


@pytest.fixture
def kills(database_url):
    """A server's tables are made beforehand; a file gets its own as it is opened."""
    database = Database.open(database_url)
    install(database, catalogue(ZoneInfo("Asia/Shanghai")))
    database.close()
    return KILLS[database.dialect]


@pytest.fixture
def registrations(database_url, kills):
    tocsin = assemble(Settings(database=database_url), working=False)
    try:
        return established(tocsin, divisions=["500103"], organisations=["station-1"])
    finally:
        tocsin.log.close()
        tocsin.database.close()


def test_what_was_acknowledged_is_there_once_whenever_the_server_is_killed(database_url, kills, registrations, tmp_path):
    key = tmp_path / "development-key.json"
    token = DevelopmentIssuer(key).token(OfficerId("kill-test"), OrganisationId("station-1"), Role.OWNER, datetime.now(UTC))
    server, acknowledged, stop = Server(database_url, key), Acknowledged(), threading.Event()
    moments = random.Random(20).sample(range(200, 1200), kills)  # noqa: S311 - a replayable choice
    server.start()
    clients = [Client(server, token, acknowledged, stop, seed) for seed in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        for moment in moments:
            stop.wait(moment / 1000)
            server.kill()
            server.start()
    finally:
        stop.set()
        for client in clients:
            client.join()
        server.kill()
    _check(database_url, acknowledged, registrations, kills)


def _check(url: str, acknowledged: Acknowledged, registrations: set[UUID], kills: int) -> None:
    assert acknowledged.wrong == []
    assert len(acknowledged.positions) > 10 * kills
    database = Database.open(url)
    try:
        with database.reading() as connection:
            commands = connection.execute(sa.text("SELECT command_id, name, first, last FROM commands")).all()
            events = Counter(row[0] for row in connection.execute(sa.text("SELECT command_id FROM events")))
            assert list(verify(connection)) == []
        known = {str(row.command_id).replace("-", ""): row for row in commands}
        assert {id.hex for id in acknowledged.positions} <= known.keys()
        assert known.keys() <= {id.hex for id in registrations | set(acknowledged.sent)}
        for id, positions in acknowledged.positions.items():
            row = known[id.hex]
            assert positions == {row.last}
            assert events[row.command_id] == EVENTS_OF[row.name] == row.last - row.first + 1
        assert verify_views(database, catalogue(ZoneInfo("Asia/Shanghai"))) == []
    finally:
        database.close()
