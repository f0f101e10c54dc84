"""Readers are woken by their own process and by others."""

from __future__ import annotations

import asyncio
import threading
from uuid import uuid4

from infrastructure.database import Database
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell, Listener
from tests.log.submissions import StoppedClock, submission


def test_a_thread_is_woken():
    bell, seen = Bell(), []
    reader = threading.Thread(target=lambda: seen.append(bell.wait(3, timeout=10)))
    reader.start()
    for position in (2, 3, 4):
        bell.ring(position)
    reader.join()
    assert seen == [4]


def test_a_coroutine_is_woken():
    async def scene():
        bell = Bell()
        reader = asyncio.create_task(bell.heard(3, timeout=10))
        await asyncio.sleep(0)
        for position in (2, 3, 4):
            await asyncio.to_thread(bell.ring, position)
        return await reader

    assert asyncio.run(scene()) == 4


def test_waiting_ends():
    bell = Bell(7)
    assert bell.wait(7, timeout=0) == 7
    assert asyncio.run(bell.heard(7, timeout=0)) == 7
    assert asyncio.run(bell.heard(6, timeout=10)) == 7


def test_a_bell_begins_where_the_log_ends(database):
    log = Appender(database, StoppedClock(), Bell())
    log.append_now([submission((uuid4(), 1))])
    log.close()
    bell = Bell()
    with Listener(database, bell):
        assert bell.position == 1


def test_another_process_is_heard(postgres_url):
    here, there = Database.open(postgres_url), Database.open(postgres_url)
    log, bell = Appender(there, StoppedClock(), Bell()), Bell()
    with Listener(here, bell):
        log.append_now([submission((uuid4(), 1))])
        assert bell.wait(0, timeout=10) == 1
        with here.writing() as connection:
            listening = "pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%%' OR query LIKE 'SELECT coalesce%%'"
            connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM {listening}", ())
        log.append_now([submission((uuid4(), 1))])
        assert bell.wait(1, timeout=10) == 2
    log.close()
    here.close()
    there.close()
