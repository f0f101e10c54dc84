"""How a batch is committed on each database, and what is done about connections that fail."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import suppress
from threading import RLock
from typing import Protocol

import psycopg
import sqlalchemy as sa

from application.ports import Clock, LogUnavailable, Outcome, Submission
from infrastructure.database import Database, DatabaseRefused, PostgresDatabase, SqliteDatabase
from infrastructure.log import postgres
from infrastructure.log.append import Inline, append, append_at_once

PATIENCE = 15.0
"""Seconds for which a lost PostgreSQL connection is sought again: a restart or a switchover takes less."""
PAUSE = 0.2


class Writer(Protocol):
    """Commits batches, one at a time, by whoever holds the lock."""

    lock: RLock
    near: bool
    """Whether a commit waits for nothing but this machine's disk."""

    def commit(self, submissions: Sequence[Submission]) -> list[Outcome]: ...

    def close(self) -> None: ...


def writer(database: Database, clock: Clock, inline: Inline | None) -> Writer:
    if isinstance(database, SqliteDatabase):
        return SqliteWriter(database, clock, inline)
    assert isinstance(database, PostgresDatabase)  # noqa: S101 - there are two kinds
    return PostgresWriter(database, clock, inline)


class SqliteWriter:
    """Writes on the one connection that may."""

    near = True

    def __init__(self, database: SqliteDatabase, clock: Clock, inline: Inline | None) -> None:
        self._database = database
        self._clock = clock
        self._inline = inline
        self._suspect = False
        self.lock = database.write_lock

    def commit(self, submissions: Sequence[Submission]) -> list[Outcome]:
        if self._suspect:
            self._reopen()
        try:
            with self._database.writing() as connection:
                return append(connection, submissions, self._clock.now(), self._inline)
        except (sqlite3.OperationalError, sa.exc.OperationalError) as error:
            self._suspect = "I/O" in str(error)
            raise LogUnavailable(f"the disk refuses: {_reason(error)}") from error

    def _reopen(self) -> None:
        try:
            self._database.reopen()
        except (sqlite3.Error, sa.exc.DBAPIError, DatabaseRefused) as error:
            raise LogUnavailable(f"the database cannot be opened again: {_reason(error)}") from error
        self._suspect = False

    def close(self) -> None:
        """The connection is the database's."""


class PostgresWriter:
    """Writes on a connection of its own. A batch whose commit was cut off is sent again: its command ids tell what was done."""

    near = False

    def __init__(self, database: PostgresDatabase, clock: Clock, inline: Inline | None) -> None:
        self._database = database
        self._clock = clock
        self._inline = inline
        self._connection: sa.Connection | None = None
        self.lock = RLock()

    def commit(self, submissions: Sequence[Submission]) -> list[Outcome]:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._commit(submissions)
            except (psycopg.OperationalError, sa.exc.OperationalError) as error:
                again = self._lost() or isinstance(_original(error), psycopg.errors.DeadlockDetected)
                if not again or time.monotonic() > deadline:
                    raise LogUnavailable(f"the server refuses: {_reason(error)}") from error
            time.sleep(PAUSE)

    def _commit(self, submissions: Sequence[Submission]) -> list[Outcome]:
        if self._connection is None:
            self._connection = self._database.own_connection(autocommit=self._inline is None)
        if self._inline is None:
            outcomes = append_at_once(self._connection, submissions, self._clock.now(), None)
            if outcomes is not None:
                return outcomes
            with self._database.writing() as connection:
                return append(connection, submissions, self._clock.now(), None)
        with self._connection.begin():
            return append(self._connection, submissions, self._clock.now(), self._inline)

    def _lost(self) -> bool:
        """Whether the connection is gone; it is then closed, never cancelled: a cancelled COMMIT may count as done."""
        connection = self._connection
        if connection is None:
            return True
        if not connection.invalidated and not postgres.driver(connection).broken:
            return False
        self.close()
        return True

    def close(self) -> None:
        if self._connection is not None:
            with suppress(sa.exc.DBAPIError, psycopg.Error):
                self._connection.invalidate()
                self._connection.close()
            self._connection = None


def _original(error: Exception) -> BaseException | None:
    return error.orig if isinstance(error, sa.exc.DBAPIError) else error


def _reason(error: Exception) -> str:
    return str(_original(error)).strip().partition("\n")[0]
