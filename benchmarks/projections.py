"""Rebuilding views against a raw SELECT of the log and against the `eventsourcing` library's own runner."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import sqlalchemy as sa
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection as LibraryProjection
from eventsourcing.projection import ProjectionRunner
from psycopg.sql import SQL

from benchmarks.log import library_environment, made
from benchmarks.table import Row, best, seconds
from infrastructure.database import Database
from infrastructure.demo.building import StoryClock, build
from infrastructure.demo.year import Size, begun
from infrastructure.log.appender import Appender
from infrastructure.log.reading import COLUMNS, head
from infrastructure.log.waking import Bell
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.projections.rebuilding import rebuild
from tests.postgres_server import running

ROUNDS = 4
SIZE = Size(alarms=6_000, counter=600)
"""An eighth of the demo city."""
LIBRARY = 600
"""Things with three events each that the library's runner catches up with."""
ALL = catalogue(ZoneInfo("Asia/Shanghai"))
SETS = {"case list": [each for each in ALL if each.name == "case_list"], "all projections": list(ALL)}
TARGETS = {
    "postgresql": {"case list": ">= 0.4", "all projections": ">= 0.1"},
    "sqlite": {"case list": ">= 0.3", "all projections": ">= 0.1"},
}
RUNNER = ">= 50"


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows("sqlite", f"sqlite:///{folder}/city.sqlite", {})
    with running() as server, _library(made(server, "library")) as caught_up:
        yield from _rows("postgresql", made(server, "city"), {"library": caught_up})


def _rows(dialect: str, url: str, more: dict[str, Callable[[], float]]) -> Iterator[Row]:
    with closing(Database.open(url)) as database:
        events = told(database)
        measures: dict[str, Callable[[], float]] = {"FR": lambda: events / seconds(lambda: _raw(database))}
        for name, projections in SETS.items():
            measures[name] = lambda projections=projections: events / seconds(lambda: rebuild(database, projections))  # type: ignore[misc]  # bound here
        figures = best(ROUNDS, measures | more)
    for name in SETS:
        yield _row(f"rebuild of the {name}", dialect, figures[name], "FR", figures["FR"], TARGETS[dialect][name])
    if "library" in figures:
        yield _row("rebuild of the case list", dialect, figures["case list"], "ProjectionRunner", figures["library"], RUNNER)


def _row(what: str, dialect: str, measured: float, name: str, floor: float, target: str) -> Row:
    shown = f"{measured:,.0f} events/s"
    return Row(what=what, database=dialect, measured=shown, floor=f"{name} {floor:,.0f}", ratio=measured / floor, target=target)


def told(database: Database) -> int:
    """The demo city's year, smaller; answers with the number of its events."""
    install(database, ALL)
    clock, end = StoryClock(), datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    with closing(Appender(database, clock, Bell())) as log:
        asyncio.run(build(begun(1, end, SIZE), end, log, clock, lambda _: None))
    with database.reading() as connection:
        return head(connection)


def _raw(database: Database) -> None:
    """FR: every row of the log in order, by the raw driver."""
    with database.reading() as connection:
        cursor = connection.connection.cursor()
        cursor.execute(f"SELECT {COLUMNS} FROM events ORDER BY position")
        assert cursor.fetchall()


class Thing(Aggregate):
    """What the library's runner lists."""

    @event("Named")
    def name(self, name: str) -> None:
        self.named = name


class Things(Application[UUID]):
    """The library's application, with things of three events."""

    def fill(self, things: int) -> None:
        for _ in range(things):
            thing = Thing()
            thing.name(name="one")
            thing.name(name="other")
            self.save(thing)


class Listed(PostgresTrackingRecorder):
    """One row for each thing, written in one transaction with the position it is true for."""

    def __init__(self, datastore: PostgresDatastore, **more: Any) -> None:
        super().__init__(datastore, **more)
        self.sql_create_statements.append(SQL("CREATE TABLE IF NOT EXISTS listed (id uuid PRIMARY KEY, version int8)").format())

    def put(self, id: UUID, version: int, tracking: Tracking) -> None:
        upsert = "INSERT INTO listed VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET version = excluded.version"
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(upsert, (id, version))


class Listing(LibraryProjection[Listed]):
    name = "listing"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.put(domain_event.originator_id, domain_event.originator_version, tracking)


@contextmanager
def _library(url: str) -> Iterator[Callable[[], float]]:
    """Events a second at which the library's runner catches up with a log of its own."""
    environment = library_environment(url)
    things = Things(environment)
    things.fill(LIBRARY)
    last = things.recorder.max_notification_id()
    address = sa.make_url(url).render_as_string(hide_password=False)

    def catch_up() -> None:
        runner = ProjectionRunner(application_class=Things, projection_class=Listing, view_class=Listed, env=environment)
        with runner:
            runner.wait(last, timeout=120)

    def measure() -> float:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS listed, listing_tracking")
        return 3 * LIBRARY / seconds(catch_up)

    yield measure
    things.close()
