"""The appender: group commit, answers to each, and what happens when the database fails."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from uuid import uuid4

import pytest
import sqlalchemy as sa

from application.ports import Appended, Entry, LogUnavailable, VersionMoved
from domain.events import Event
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.appender import Appender
from infrastructure.log.codec import UnknownEvent
from infrastructure.log.waking import Bell
from tests.log.submissions import NOON, StoppedClock, submission


class NeverKept(Event):
    """Of no page of the domain."""


@contextmanager
def appender(database, inline=None):
    opened = Appender(database, StoppedClock(), Bell(), inline)
    try:
        yield opened
    finally:
        opened.close()


def positions(database):
    with database.reading() as connection:
        return [record.position for record in reading.records(reading.read(connection, 0, 10_000))]


@pytest.mark.parametrize("inline", [True, False])
def test_what_arrives_together_is_committed_together(database, inline):
    commits = []

    async def submit():
        things = [uuid4() for _ in range(200)]
        return await asyncio.gather(*(log.append(submission((id, 1), (id, 2))) for id in things))

    with appender(database, (lambda _, records: commits.append(len(records))) if inline else None) as log:
        outcomes = asyncio.run(submit())
    assert sorted(each.first for each in outcomes) == list(range(1, 401, 2))
    assert positions(database) == list(range(1, 401))
    assert not inline or (sum(commits) == 400 and len(commits) < 20)


def test_one_thing_submitted_by_many_is_won_by_one(database):
    thing = uuid4()

    async def submit():
        return await asyncio.gather(*(log.append(submission((thing, 1))) for _ in range(20)))

    with appender(database) as log:
        outcomes = asyncio.run(submit())
    assert outcomes.count(Appended(1, 1, NOON)) == 1
    assert outcomes.count(VersionMoved(thing, 1)) == 19


def test_what_spoils_a_batch_spoils_only_itself(database):
    spoilt = submission(entries=(Entry(uuid4(), 1, NeverKept(), NOON),))

    async def submit():
        return await asyncio.gather(
            *(log.append(each) for each in (submission((uuid4(), 1)), spoilt, submission((uuid4(), 1)))), return_exceptions=True
        )

    with appender(database) as log:
        first, second, third = asyncio.run(submit())
    assert isinstance(second, UnknownEvent)
    assert {first.last, third.last} == {1, 2}


def test_an_inline_view_that_fails_takes_its_events_with_it(database):
    def refuse(connection, records):
        if any(record.version == 2 for record in records):
            connection.execute(sa.text("INSERT INTO nowhere VALUES (1)"))

    thing = uuid4()
    with appender(database, refuse) as log:
        assert log.append_now([submission((thing, 1))]) == [Appended(1, 1, NOON)]
        with pytest.raises((sa.exc.DBAPIError, LogUnavailable)):
            log.append_now([submission((thing, 2))])
        assert log.append_now([submission((uuid4(), 1))]) == [Appended(2, 2, NOON)]


def test_a_closed_log_takes_no_commands(database):
    with appender(database) as log:
        pass
    with pytest.raises(LogUnavailable):
        log.append_now([submission((uuid4(), 1))])


def test_what_was_done_is_found_again(database):
    command = submission((uuid4(), 1))
    with appender(database) as log:
        log.append_now([command])
        assert asyncio.run(log.find(command.command_id)) == (b"content", Appended(1, 1, NOON))
        assert asyncio.run(log.find(uuid4())) is None
        assert asyncio.run(log.known([command.command_id, uuid4()])) == {command.command_id}


def test_a_full_disk_refuses_and_writes_again_once_there_is_room(sqlite_url):
    database = Database.open(sqlite_url)
    with appender(database) as log:
        with database.writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
        acknowledged = []
        with pytest.raises(LogUnavailable, match="full"):  # noqa: PT012 - some go well before one does not
            for _ in range(10_000):
                acknowledged += log.append_now([submission((uuid4(), 1))])
        with database.writing() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        acknowledged += log.append_now([submission((uuid4(), 1))])
    assert positions(database) == [each.last for each in acknowledged] == list(range(1, len(acknowledged) + 1))
    database.close()


def test_a_failed_sync_reopens_the_connection(sqlite_url):
    database = Database.open(sqlite_url)
    with appender(database) as log:
        log.append_now([submission((uuid4(), 1))])
        log._writer._suspect = True
        assert log.append_now([submission((uuid4(), 1))]) == [Appended(2, 2, NOON)]
        assert not log._writer._suspect
    database.close()


@pytest.mark.parametrize("inline", [None, lambda _connection, _records: None])
def test_a_lost_connection_is_sought_again(postgres_url, inline):
    database = Database.open(postgres_url)
    once = submission((uuid4(), 1))
    with appender(database, inline) as log:
        log.append_now([once])
        with database.writing() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        assert log.append_now([once, submission((uuid4(), 1))]) == [Appended(1, 1, NOON, repeated=True), Appended(2, 2, NOON)]
    database.close()


def test_two_processes_share_one_order(postgres_url):
    databases = [Database.open(postgres_url) for _ in range(2)]

    async def submit(logs):
        things = [uuid4() for _ in range(100)]
        return await asyncio.gather(*(logs[n % 2].append(submission((id, 1))) for n, id in enumerate(things)))

    with appender(databases[0]) as one, appender(databases[1]) as other:
        outcomes = asyncio.run(submit([one, other]))
    assert sorted(each.last for each in outcomes) == positions(databases[0]) == list(range(1, 101))
    for database in databases:
        database.close()
