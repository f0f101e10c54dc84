"""The database: how it is opened, what is checked first, who may write, and how instants are stored."""

from __future__ import annotations

import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.types import TypeDecorator

from infrastructure.arrays import Binary, BinaryDumper
from infrastructure.locking import FileLock, Held
from infrastructure.migrations import current, head, upgrade

BUSY_TIMEOUT = 5_000
"""Milliseconds an SQLite connection waits for another one."""
WRITERS_CACHE = 64 * 1024
"""KiB of pages that the writing connection keeps: indexes over random ids are written all over, and would be read again for each commit."""
PRAGMAS: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "busy_timeout": (str(BUSY_TIMEOUT), BUSY_TIMEOUT),
}
"""What every SQLite connection is set to, and what it must then read back."""
DURABLE: dict[str, tuple[str, ...]] = {"synchronous_commit": ("on", "remote_apply"), "fsync": ("on",), "full_page_writes": ("on",)}
"""What a PostgreSQL server must have: an acknowledged commit is on the disk."""
PREPARED = "prepared"
"""Under this name a connection of one holder knows what is prepared on it, each text with its name."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class DatabaseRefused(Exception):  # noqa: N818 - it reads as the sentence that the operator is shown
    """The database cannot be used as it is; the message is one line for the operator."""


def microseconds(moment: datetime) -> int:
    """Since the epoch."""
    return (moment - _EPOCH) // _MICROSECOND


def instant(microseconds: int) -> datetime:
    return _EPOCH + microseconds * _MICROSECOND


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, stored as microseconds since the epoch: the same on both databases, and cheap to compare."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else microseconds(value)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002 - SQLAlchemy's signature
        return lambda value: None if value is None else instant(value)


class Database(ABC):
    """One database, open. Writers get a connection in a transaction, readers one that only reads."""

    dialect: str
    shared: bool
    """Whether other processes may write too."""

    @staticmethod
    def open(url: str, *, lent: int | None = None) -> Database:
        """Open a database whose schema is up to date; a new SQLite file is given its schema first.

        `lent` is for a process that works for the one to which the SQLite file belongs: what that one's `lend` gave.
        """
        database = connect(url, lent=lent)
        try:
            check_schema(database)
        except BaseException:
            database.close()
            raise
        return database

    @abstractmethod
    @contextmanager
    def writing(self) -> Generator[sa.Connection]:
        """A connection in a transaction that is committed on leaving, or rolled back where something is raised."""

    @abstractmethod
    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        """A connection that sees one state of the database and changes nothing."""

    def lend(self) -> int | None:
        """The open file that a process of ours inherits to work on the same database; None where it needs none."""
        return None

    @abstractmethod
    def close(self) -> None: ...


def connect(url: str, *, lent: int | None = None) -> Database:
    """Open a database whatever its schema; `migrate` and `Database.open` are what others want."""
    address = sa.make_url(url)
    match address.get_backend_name():
        case "sqlite":
            return SqliteDatabase(address, lent)
        case "postgresql":
            return PostgresDatabase(address.set(drivername="postgresql+psycopg"))
        case other:
            raise DatabaseRefused(f"{other} is not a database Tocsin knows; use sqlite:///FILE or postgresql://...")


def migrate(url: str) -> None:
    """Bring the schema up to date."""
    database = connect(url)
    try:
        with database.writing() as connection:
            upgrade(connection)
    finally:
        database.close()


def check_schema(database: Database) -> None:
    with database.reading() as connection:
        found = current(connection)
    if found == head():
        return
    if found is None and isinstance(database, SqliteDatabase) and database.new:
        with database.writing() as connection:
            upgrade(connection)
        return
    raise DatabaseRefused(f"the database's schema is {found or 'missing'}, this program needs {head()}: run `tocsin migrate`")


class SqliteDatabase(Database):
    """A file that belongs to this process and those it lends it to. Of each exactly one connection writes and checkpoints."""

    dialect = "sqlite"
    shared = False

    def __init__(self, address: sa.URL, lent: int | None = None) -> None:
        if address.database in {None, "", ":memory:"}:
            raise DatabaseRefused("an SQLite database needs a file: sqlite:///FILE")
        path = Path(str(address.database))
        try:
            self._lock = FileLock(path.with_name(path.name + "-lock")) if lent is None else FileLock.lent(lent)
        except Held as held:
            raise DatabaseRefused(f"{path} is in use by process {held.holder}; an SQLite file belongs to one process") from None
        except OSError as error:
            raise DatabaseRefused(f"{path} cannot be opened: {error.strerror}") from None
        self.new = not path.exists() or path.stat().st_size == 0
        self.write_lock = threading.RLock()
        try:
            self._writer = sqlite_engine(address, size=1, query_only=False)
            self._readers = sqlite_engine(address, size=8, query_only=True)
            self._connection = self._writer.connect()
        except sa.exc.DBAPIError as error:
            self._lock.release()
            raise DatabaseRefused(f"{path} cannot be opened: {error.orig}") from None
        except BaseException:
            self._lock.release()
            raise

    @contextmanager
    def writing(self) -> Generator[sa.Connection]:
        with self.write_lock:
            driver = sqlite_driver(self._connection)
            driver.execute("BEGIN IMMEDIATE")  # by hand, for SQLAlchemy's own way costs as much as writing a few rows
            try:
                yield self._connection
                driver.commit()
            finally:
                if self._connection.in_transaction():
                    self._connection.rollback()
                if driver.in_transaction:
                    driver.rollback()

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        with self._readers.connect() as connection:
            yield connection

    def lend(self) -> int | None:
        return self._lock.file

    def reopen(self) -> None:
        """A new writing connection, for after a failed fsync nothing the old one holds in memory can be trusted.

        What stands in the WAL is copied into the file and synced anew: a commit of unknown fate is then surely there, or not.
        """
        with self.write_lock:
            self._connection.invalidate()
            self._connection.close()
            self._connection = self._writer.connect()
            busy, in_log, copied = sqlite_driver(self._connection).execute("PRAGMA wal_checkpoint(FULL)").fetchone()
            if busy or in_log != copied:
                raise DatabaseRefused("the database's last commits could not be copied from its WAL")

    def scrub(self) -> None:
        """What was deleted leaves the file and its WAL."""
        with self.write_lock:
            driver = sqlite_driver(self._connection)
            driver.execute("VACUUM")
            busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise DatabaseRefused("somebody reads the database: its WAL could not be emptied")

    def close(self) -> None:
        self._readers.dispose()  # the writer goes last, so that it is the one that checkpoints
        self._connection.close()
        self._writer.dispose()
        self._lock.release()


class PostgresDatabase(Database):
    """A server that several processes share."""

    dialect = "postgresql"
    shared = True

    def __init__(self, address: sa.URL) -> None:
        self._engine = sa.create_engine(address, pool_size=10, max_overflow=10, pool_timeout=30, pool_pre_ping=True)
        self._single = sa.create_engine(address, poolclass=NullPool)
        sa.event.listen(self._engine, "connect", _prepare_postgres)
        sa.event.listen(self._single, "connect", _prepare_postgres)
        sa.event.listen(self._engine, "checkin", self._let_go)
        sa.event.listen(self._single, "rollback", _forget_prepared)
        self._closed = False
        self.address = address
        try:
            with self._engine.connect():
                pass
        except sa.exc.OperationalError as error:
            raise DatabaseRefused(f"{address.render_as_string()} cannot be reached: {_first_line(error)}") from None

    @contextmanager
    def writing(self) -> Generator[sa.Connection]:
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        with self._engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as connection:
            yield connection

    def own_connection(self, *, autocommit: bool = False) -> sa.Connection:
        """A connection outside the pool for one holder, who closes it."""
        connection = self._single.connect()
        connection.info[PREPARED] = {}
        return connection.execution_options(isolation_level="AUTOCOMMIT") if autocommit else connection

    def close(self) -> None:
        self._closed = True
        self._engine.dispose()

    def _let_go(self, connection: psycopg.Connection[Any] | None, _record: object) -> None:
        """The pool forgets what a thread still held as it was disposed of: that is closed as it comes back."""
        if self._closed and connection is not None:
            connection.close()


def sqlite_engine(address: sa.URL, *, size: int, query_only: bool) -> sa.Engine:
    engine = sa.create_engine(
        address.set(drivername="sqlite"),
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0 if size == 1 else 24,
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": BUSY_TIMEOUT / 1000},
    )

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        with _closed_if_refused(connection):
            for pragma, (value, expected) in PRAGMAS.items():
                connection.execute(f"PRAGMA {pragma} = {value}")
                _insist(f"PRAGMA {pragma}", connection.execute(f"PRAGMA {pragma}").fetchone()[0], (expected,))
            if query_only:
                connection.execute("PRAGMA query_only = ON")
            else:
                connection.execute(f"PRAGMA cache_size = -{WRITERS_CACHE}")

    def begin(connection: sa.Connection) -> None:
        if query_only:
            connection.exec_driver_sql("BEGIN")  # the writing connection's transaction is begun where it is lent

    sa.event.listen(engine, "connect", prepare)
    sa.event.listen(engine, "begin", begin)
    return engine


def _prepare_postgres(connection: psycopg.Connection[Any], _record: object) -> None:
    with _closed_if_refused(connection):
        settings = ", ".join(f"current_setting('{setting}')" for setting in DURABLE)
        found = connection.execute(f"SELECT {settings}").fetchone() or ()
        for (setting, allowed), value in zip(DURABLE.items(), found, strict=True):
            _insist(setting, value, allowed)
        connection.rollback()
        connection.adapters.register_dumper(Binary, BinaryDumper)


def _forget_prepared(connection: sa.Connection) -> None:
    """psycopg drops all that is prepared when something is rolled back."""
    if not connection.invalidated:
        connection.info.get(PREPARED, {}).clear()


def sqlite_driver(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the engine is ours
    return driver


@contextmanager
def _closed_if_refused(connection: sqlite3.Connection | psycopg.Connection[Any]) -> Generator[None]:
    """SQLAlchemy does not close a connection that is refused while it is being prepared."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _insist(setting: str, found: object, allowed: tuple[object, ...]) -> None:
    if found not in allowed:
        raise DatabaseRefused(f"{setting} is {found} where durability needs {allowed[0]}")


def _first_line(error: sa.exc.DBAPIError) -> str:
    return str(error.orig).strip().partition("\n")[0]
