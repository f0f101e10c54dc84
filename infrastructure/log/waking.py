"""Waking whoever waits for new events: threads and coroutines of this process, and on PostgreSQL those of others."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

import psycopg
import sqlalchemy as sa

from infrastructure.database import Database, PostgresDatabase
from infrastructure.log import reading

POLL = 0.5
"""Seconds after which the log is looked at even if nobody rang: a notification can be lost."""


class Bell:
    """Knows the last position that is known to be in the log, and wakes those who wait for a later one."""

    def __init__(self, position: int = 0) -> None:
        self._position = position
        self._changed = threading.Condition()
        self._watchers: dict[object, Callable[[], None]] = {}

    @property
    def position(self) -> int:
        return self._position

    def ring(self, position: int) -> None:
        """The log reaches this far."""
        with self._changed:
            if position <= self._position:
                return
            self._position = position
            self._changed.notify_all()
            watchers = list(self._watchers.values())
        for wake in watchers:
            wake()

    def wait(self, after: int, timeout: float) -> int:
        """Wait until the log has a later position, or time is up; answers with the position known by then."""
        with self._changed:
            self._changed.wait_for(lambda: self._position > after, timeout)
            return self._position

    async def heard(self, after: int, timeout: float) -> int:  # noqa: ASYNC109 - running out of time is an answer here
        """The same for a coroutine."""
        loop, changed = asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop has closed
                loop.call_soon_threadsafe(changed.set)

        with self._changed:
            if self._position > after:
                return self._position
            self._watchers[changed] = wake
        try:
            async with asyncio.timeout(timeout):
                while self._position <= after:
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            pass
        finally:
            with self._changed:
                del self._watchers[changed]
        return self._position


class Listener:
    """Rings the bell when another process has written: listens on a connection of its own, and looks now and then."""

    def __init__(self, database: Database, bell: Bell) -> None:
        self._database = database
        self._bell = bell
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def __enter__(self) -> Self:
        with self._database.reading() as connection:
            self._bell.ring(reading.head(connection))
        if isinstance(self._database, PostgresDatabase):
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            with suppress(psycopg.Error, sa.exc.DBAPIError):
                self._listen()
            self._stopping.wait(POLL / 4)

    def _listen(self) -> None:
        """Listen first, then read: what is written in between rings. A notification says how far the log reaches, and may be lost."""
        assert isinstance(self._database, PostgresDatabase)  # noqa: S101 - it is the one that others write
        connection = self._database.own_connection(autocommit=True)
        try:
            driver = connection.connection.driver_connection
            assert isinstance(driver, psycopg.Connection)  # noqa: S101 - the engine is ours
            driver.execute("LISTEN events")
            while not self._stopping.is_set():
                self._bell.ring(reading.head(connection))
                for told in driver.notifies(timeout=POLL):
                    self._bell.ring(int(told.payload))
        finally:
            connection.invalidate()
            connection.close()
