"""`tocsin status` beside a running server tells what is so, and disturbs nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import httpx
from typer.testing import CliRunner

from api.cli import app
from application.identity import Role
from domain.ids import OfficerId
from infrastructure.database import Database
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import PROJECTIONS, State
from infrastructure.projections.verifying import verify_views
from infrastructure.settings import Settings
from tests.api.serving import CITY, FOUNDED, Client, founded
from tests.live.test_subscriptions import raise_alarm
from tests.reliability.serving import Server


def shown(url: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["status", "--database", url], catch_exceptions=False)
    return answer.exit_code, answer.stdout


def test_status_beside_a_server_that_serves_and_after_it_was_killed(sqlite_url: str, tmp_path: Path) -> None:
    founded(sqlite_url)
    server = Server(sqlite_url, tmp_path / "key.json")
    token = DevelopmentIssuer(server.key).token(OfficerId("zhang"), CITY, Role.OWNER, datetime.now(UTC))
    server.start()
    with httpx.Client(timeout=20) as http:
        zhang = Client(server.url.removesuffix("/graphql"), token, http)
        for done in range(1, 6):
            raise_alarm(zhang)
            code, text = shown(sqlite_url)
            assert (code, f"Log: {FOUNDED + 2 * done} events" in text) == (0, True)
    server.kill()
    code, text = shown(sqlite_url)
    assert (code, f"Log: {FOUNDED + 10} events" in text) == (0, True)
    database = Database.open(sqlite_url)
    assert verify_views(database, catalogue(Settings().zone)) == []
    database.close()


def test_status_says_what_stands_still(sqlite_url: str) -> None:
    founded(sqlite_url)
    database = Database.open(sqlite_url)
    with database.writing() as connection:
        connection.execute(PROJECTIONS.update().where(PROJECTIONS.c.name == "orders").values(state=State.FAILED, error="poison"))
        code, text = shown(sqlite_url)
        assert (code, "STOPPED" in text) == (0, False), "what is not committed is not so yet"
    code, text = shown(sqlite_url)
    assert (code, "STOPPED" in text, "poison" in text) == (1, True, True)
    database.close()


def test_status_makes_no_database(tmp_path: Path) -> None:
    with_nothing = tmp_path / "none.sqlite"
    answer = CliRunner().invoke(app, ["status", "--database", f"sqlite:///{with_nothing}"])
    assert str(answer.exception) == f"there is no file {with_nothing}"
    assert list(tmp_path.iterdir()) == []


def test_status_of_a_log_without_views_says_that_they_are_missing(database_url: str) -> None:
    Database.open(database_url).close()
    code, text = shown(database_url)
    assert (code, "MISSING" in text) == (1, True)
