"""Of several processes on one database only one does a job: an advisory lock elects it, the others stand by."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress

import sqlalchemy as sa

from infrastructure.database import Database, PostgresDatabase

RETRY = 0.1
"""Seconds until a process that stands by asks again."""
_TRY = "SELECT pg_try_advisory_lock(hashtext('tocsin'), hashtext(%s))"


@contextmanager
def leading(database: Database, job: str, stopping: threading.Event) -> Generator[Callable[[], bool]]:
    """Wait to be elected; answers with whether one still is. Who stops before that is never elected."""
    if not isinstance(database, PostgresDatabase):
        yield lambda: not stopping.is_set()
        return
    connection = database.own_connection(autocommit=True)
    try:
        while not stopping.is_set() and not elected(connection, job):
            stopping.wait(RETRY)
        yield lambda: not stopping.is_set() and _alive(connection)
    finally:
        with suppress(sa.exc.DBAPIError):  # closing it gives the lock back
            connection.invalidate()
            connection.close()


def elected(connection: sa.Connection, job: str) -> bool:
    """Whether this connection holds the job from now on."""
    return bool(connection.exec_driver_sql(_TRY, (job,)).scalar())


def _alive(connection: sa.Connection) -> bool:
    try:
        return connection.exec_driver_sql("SELECT 1").scalar() == 1
    except sa.exc.DBAPIError:
        return False
