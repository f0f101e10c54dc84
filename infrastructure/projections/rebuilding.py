"""Works projections out anew while writers and readers go on, and lets readers see the result in one short moment."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from infrastructure.database import Database, PostgresDatabase
from infrastructure.log import postgres, reading
from infrastructure.projections.building import Building, Growing, Progress, build, grow, take
from infrastructure.projections.generations import PROJECTIONS, State, drop_others, install, pointers, show
from infrastructure.projections.leading import elected
from infrastructure.projections.projection import Projection
from infrastructure.projections.replay import Replay

NEAR = 200
"""Positions that may be left for the moment in which writers wait."""
PATIENCE = 60.0
"""Seconds for which readers that began before the new rows were there are waited for."""
PAUSE = 0.05
_LOG = logging.getLogger(__name__)
Finish = Callable[[sa.Connection, Sequence[Building]], Sequence[Building]]
_HERE = threading.Lock()
_SHORT = "SET LOCAL lock_timeout = '250ms'"
_NOW = "SELECT pg_current_xact_id()::text"
_OLDER = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND backend_xmin IS NOT NULL AND age(backend_xmin) > age(%s::xid)"""


class RebuildIsRunning(Exception):  # noqa: N818 - it reads as the sentence that the operator is shown
    """Another rebuild is running on this database."""


def rebuild(
    database: Database,
    projections: Sequence[Projection],
    progress: Progress = lambda *_: None,
    growing: Growing = lambda: False,
) -> None:
    """Work these projections out from the whole log, which may still be `growing`. A fault leaves the live tables as they were."""
    with alone(database):
        install(database, projections)
        begun = build(database, projections, progress, growing=growing)
        _catch_up(database, begun)
        joined = _patiently(database, begun, _join)
        _outlive_readers(database)
        _patiently(database, joined, _swap)
        _drop_old(database, begun)


@contextmanager
def alone(database: Database) -> Generator[None]:
    """At most one rebuild at a time, whichever process it runs in."""
    if not _HERE.acquire(blocking=False):
        raise RebuildIsRunning
    try:
        with _alone_on_server(database):
            yield
    finally:
        _HERE.release()


@contextmanager
def _alone_on_server(database: Database) -> Generator[None]:
    if not isinstance(database, PostgresDatabase):
        yield
        return
    with database.own_connection(autocommit=True) as connection:
        if not elected(connection, "rebuild"):
            raise RebuildIsRunning
        yield
        connection.invalidate()


def _catch_up(database: Database, begun: Sequence[Building]) -> None:
    """Until so little is left that the swap is short."""
    while True:
        with database.reading() as connection:
            head = reading.head(connection)
        if head - begun[0].position <= NEAR:
            return
        for _ in grow(database, begun, head):
            pass


def _outlive_readers(database: Database) -> None:
    """A PostgreSQL reader whose snapshot is older than the new rows would find the new tables empty: wait for it to end."""
    if not isinstance(database, PostgresDatabase):
        return
    deadline = time.monotonic() + PATIENCE
    with database.own_connection(autocommit=True) as connection:
        mark = connection.exec_driver_sql(_NOW).scalar()
        while connection.exec_driver_sql(_OLDER, (mark,)).scalar() and time.monotonic() < deadline:
            time.sleep(PAUSE)


def _patiently(database: Database, begun: Sequence[Building], finish: Finish) -> Sequence[Building]:
    """Readers on PostgreSQL may hold a view for long; rather than let everyone queue behind them, try again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with database.writing() as connection:
                _hold(connection, begun)
                return finish(connection, begun)
        except sa.exc.OperationalError:
            if not database.shared or time.monotonic() > deadline:
                raise
            time.sleep(PAUSE)


def _hold(connection: sa.Connection, begun: Sequence[Building]) -> None:
    """Nobody writes, moves or reads these projections until the transaction ends. On SQLite it began by holding off all writers."""
    if connection.dialect.name != "postgresql":
        return
    connection.exec_driver_sql(_SHORT)
    if any(each.projection.inline for each in begun):
        postgres.lock(connection)
    names = sorted(each.projection.name for each in begun)
    connection.execute(sa.select(PROJECTIONS.c.name).where(PROJECTIONS.c.name.in_(names)).order_by(PROJECTIONS.c.name).with_for_update())
    shown = set(sa.inspect(connection).get_view_names())
    for table in (table for each in begun for table in each.projection.tables if table.name in shown):
        connection.exec_driver_sql(f'LOCK TABLE "{table.name}" IN ACCESS EXCLUSIVE MODE')


def _join(connection: sa.Connection, begun: Sequence[Building]) -> Sequence[Building]:
    """Bring the new tables to where the live ones are and have both written from now on; answers with those to be swapped.

    Where nobody writes the live ones, or the new ones are ahead, there is nothing to wait for: readers see them at once.
    """
    known, head = pointers(connection), reading.head(connection)
    joined = []
    for each in begun:
        pointer = known[each.projection.name]
        beside = pointer.follows(each.projection) and pointer.position >= each.position
        _complete(connection, each, pointer.position if beside else head)
        if beside:
            joined.append(each)
            _note(connection, each, successor=each.generation)
        else:
            show(connection, each.projection, each.generation)
            made = {"version": each.projection.version, "digest": each.projection.digest}
            live = {**made, "generation": each.generation, "position": each.position}
            _note(connection, each, **live, state=State.LIVE, error=None)
    return joined


def _swap(connection: sa.Connection, joined: Sequence[Building]) -> Sequence[Building]:
    for each in joined:
        show(connection, each.projection, each.generation)
        _note(connection, each, generation=each.generation, successor=None)
    return joined


def _complete(connection: sa.Connection, building: Building, end: int) -> None:
    take(connection, [building], Replay(building.projection.handled).page(connection, building.position, end))
    building.write(connection)
    building.position = end


def _note(connection: sa.Connection, building: Building, **values: object) -> None:
    row = sa.update(PROJECTIONS).where(PROJECTIONS.c.name == building.projection.name)
    connection.execute(row.values(**values, updated_at=datetime.now(UTC)))


def _drop_old(database: Database, begun: Sequence[Building]) -> None:
    """What a reader still holds is dropped by the next rebuild."""
    for each in begun:
        try:
            with database.writing() as connection:
                if database.shared:
                    connection.exec_driver_sql(_SHORT)
                drop_others(connection, each.projection, keep=each.generation)
        except sa.exc.OperationalError:
            _LOG.info("the old tables of %s are still being read; the next rebuild drops them", each.projection.name)
