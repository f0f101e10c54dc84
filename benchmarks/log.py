"""The event log against raw drivers and against the `eventsourcing` library's own recorder."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import uvloop
from eventsourcing.persistence import InfrastructureFactory, StoredEvent

from application.places import KnownPlaces
from application.ports import Appended
from application.stage import Stage
from benchmarks.alarms import EVENTS, Clock, encoded, fresh_id, submission
from benchmarks.floors import one_stream, three_rows_a_commit
from benchmarks.table import Row, best, seconds
from domain.dispatching.alarm import Alarm
from infrastructure.database import Database, migrate
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell, Listener
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.projections.inline import Inline
from tests.postgres_server import running

ROUNDS = 15
COMMANDS = 640
IDLE = 100
SUBMITTERS = 64
PROJECTIONS = catalogue(ZoneInfo("Asia/Shanghai"))
TARGETS = {
    "postgresql": {"together": ">= 5", "viewed": ">= 3", "idle": ">= 0.75", "library": ">= 8", "stream": "<= 5"},
    "sqlite": {"together": ">= 4", "viewed": ">= 2.5", "idle": ">= 0.7", "stream": "<= 7"},
}
WHAT = {
    "together": "64 concurrent commands of 3 events",
    "viewed": "the same with the inline views",
    "idle": "one idle command of 3 events",
}


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows("sqlite", lambda name: f"sqlite:///{folder}/{name}.sqlite")
    with running() as server:
        yield from _rows("postgresql", lambda name: made(server, name))


def _rows(dialect: str, address: Callable[[str], str]) -> Iterator[Row]:
    with ExitStack() as stack:
        plain, idle = (stack.enter_context(_log(address(name))) for name in ("plain", "idle"))
        viewed = stack.enter_context(_log(address("viewed"), inline=True))
        floor = stack.enter_context(three_rows_a_commit(address("floor")))
        measures: dict[str, Callable[[], float]] = {
            "F3": lambda: floor(IDLE),
            "together": lambda: _together(plain),
            "viewed": lambda: _together(viewed),
            "idle": lambda: _alone(idle),
        }
        if dialect == "postgresql":
            measures["library"] = stack.enter_context(_library(address("library")))
        figures = best(ROUNDS, measures)
    for name, what in WHAT.items():
        yield _row(what, dialect, figures[name], "F3", figures["F3"], TARGETS[dialect][name])
    if "library" in figures:
        what = WHAT["together"]
        yield _row(what, dialect, figures["together"], "eventsourcing.postgres", figures["library"], TARGETS[dialect]["library"])
    yield _stream(address("stream"), dialect)


def _row(what: str, dialect: str, measured: float, name: str, floor: float, target: str) -> Row:
    shown = f"{measured:,.0f} events/s"
    return Row(what=what, database=dialect, measured=shown, floor=f"{name} {floor:,.0f}", ratio=measured / floor, target=target)


@contextmanager
def _log(url: str, *, inline: bool = False) -> Iterator[Appender]:
    """A log with a reader that waits, as there always is one."""
    database, bell = Database.open(url), Bell()
    if inline:
        install(database, PROJECTIONS)
    log = Appender(database, Clock(), bell, Inline(PROJECTIONS) if inline else None)
    with Listener(database, bell):
        yield log
    log.close()
    database.close()


def _together(log: Appender) -> float:
    """Events a second with 64 submitters on one event loop, the one that serves, each waiting for its answer before its next command."""
    commands = iter([submission() for _ in range(COMMANDS)])

    async def submitter() -> None:
        for command in commands:
            assert isinstance(await log.append(command), Appended)

    async def scene() -> float:
        start = time.perf_counter()
        await asyncio.gather(*(submitter() for _ in range(SUBMITTERS)))
        return time.perf_counter() - start

    return 3 * COMMANDS / uvloop.run(scene())


def _alone(log: Appender) -> float:
    """Events a second with one submitter."""
    commands = [submission() for _ in range(IDLE)]

    async def scene() -> float:
        start = time.perf_counter()
        for command in commands:
            await log.append(command)
        return time.perf_counter() - start

    return 3 * IDLE / uvloop.run(scene())


@contextmanager
def _library(url: str) -> Iterator[Callable[[], float]]:
    """The library's own recorder for PostgreSQL with eight threads, which is where it does best."""
    factory = InfrastructureFactory.construct(library_environment(url))
    recorder = factory.application_recorder()

    def save(_: int) -> None:
        id = fresh_id()
        recorder.insert_events([StoredEvent(id, version, type, data) for version, (type, _, data) in enumerate(encoded(), 1)])

    def measure() -> float:
        with ThreadPoolExecutor(8) as threads:
            return 3 * IDLE / seconds(lambda: list(threads.map(save, range(IDLE))))

    yield measure
    factory.close()


def library_environment(url: str) -> dict[str, str]:
    address = sa.make_url(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(address.database),
        "POSTGRES_HOST": str(address.host),
        "POSTGRES_PORT": str(address.port),
        "POSTGRES_USER": str(address.username),
        "POSTGRES_PASSWORD": "",
        "POSTGRES_POOL_SIZE": "10",
    }


def _stream(url: str, dialect: str) -> Row:
    """A thing of 1,000 events, read, decoded and folded without any cache, against a raw SELECT of its rows."""
    thing = fresh_id()
    with _log(url) as log, one_stream(url, thing) as floor:
        log.append_now([submission(thing, (EVENTS[0], *[EVENTS[1]] * 999))])

        def load() -> float:
            return asyncio.run(_loaded(log, thing))

        figures = best(ROUNDS * 5, {"FS": floor, "load": load}, lowest=True)
    return Row(
        what="load an aggregate of 1,000 events, no cache",
        database=dialect,
        measured=f"{figures['load'] * 1000:.2f} ms",
        floor=f"FS {figures['FS'] * 1000:.2f} ms",
        ratio=figures["load"] / figures["FS"],
        target=TARGETS[dialect]["stream"],
    )


async def _loaded(log: Appender, thing: UUID) -> float:
    loop, stage = asyncio.get_running_loop(), Stage({}, {}, KnownPlaces({}, {}, {}, UTC))
    start = loop.time()
    stage.bring_forward(Alarm, thing, (await log.histories({thing: 0}))[thing])
    assert stage.version(thing) == 1_000
    return loop.time() - start


def made(server: str, name: str) -> str:
    """A database of its own; the floor and the library make their tables themselves."""
    made = sa.make_url(server).set(database=name)
    with sa.create_engine(
        made.set(drivername="postgresql+psycopg", database="postgres"), isolation_level="AUTOCOMMIT"
    ).connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = made.render_as_string(hide_password=False)
    if name not in {"floor", "library"}:
        migrate(url)
    return url
