"""A log that is being filled is followed by a process of its own, and in the end its views show all of it."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import closing
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from infrastructure.database import Database, DatabaseRefused
from infrastructure.projections import following
from infrastructure.projections.following import ViewsUnfinished, followed
from infrastructure.projections.generations import install
from infrastructure.projections.status import Health, status
from infrastructure.projections.verifying import verify_views
from tests.projections.contents import ALL, log_of
from tests.projections.logs import Scribe

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def empty(database: Database) -> Database:
    install(database, ALL)
    return database


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """The processes that follow."""
    processes: list[subprocess.Popen[str]] = []
    start = subprocess.Popen

    def noted(*words: Any, **options: Any) -> subprocess.Popen[str]:
        processes.append(start(*words, **options))
        return processes[-1]

    monkeypatch.setattr(following.subprocess, "Popen", noted)
    return processes


def test_what_is_written_before_and_while_it_follows_is_shown(empty: Database, database_url: str) -> None:
    scribe, told = Scribe(empty), list[int]()
    scribe.write(log_of(50))
    with followed(empty, database_url, ZONE) as finish:
        scribe.write(log_of(400, seed=2))
        finish(told.append)
    assert told == sorted(told)
    assert told[-1] == max(each.position for each in status(empty, ALL))
    assert {each.health for each in status(empty, ALL)} == {Health.CURRENT}
    assert verify_views(empty, ALL) == []


def test_a_follower_that_is_killed_is_told_of(empty: Database, database_url: str, started: list[subprocess.Popen[str]]) -> None:
    with followed(empty, database_url, ZONE) as finish:
        started[0].send_signal(signal.SIGKILL)
        started[0].wait()
        with pytest.raises(ViewsUnfinished):
            finish(lambda _: None)


def test_nobody_follows_when_the_filling_has_failed(empty: Database, database_url: str, started: list[subprocess.Popen[str]]) -> None:
    def fill() -> None:
        with followed(empty, database_url, ZONE):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fill()
    assert started[0].returncode not in {None, 0}
    assert {each.health for each in status(empty, ALL)} == {Health.CURRENT}


def test_a_lent_file_is_still_ours_alone(sqlite_url: str) -> None:
    with closing(Database.open(sqlite_url)) as ours:
        lent = ours.lend()
        assert lent is not None
        with closing(Database.open(sqlite_url, lent=os.dup(lent))):
            refused(sqlite_url)
        refused(sqlite_url)
    Database.open(sqlite_url).close()


def test_whoever_was_lent_a_file_keeps_it_from_others(sqlite_url: str) -> None:
    ours = Database.open(sqlite_url)
    lent = ours.lend()
    assert lent is not None
    with closing(Database.open(sqlite_url, lent=os.dup(lent))):
        ours.close()
        refused(sqlite_url)


def refused(url: str) -> None:
    with pytest.raises(DatabaseRefused, match="in use"):
        Database.open(url)
