"""A desk on a real database, for tests that need nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from application.desk import Desk
from domain.events import Event, Recorded
from infrastructure.database import Database
from infrastructure.importing.importer import Import, Tally
from infrastructure.importing.mapping import load, parse
from infrastructure.importing.rejects import Rejects
from infrastructure.jurisdiction.geometry import ShapelyGeometry
from infrastructure.log import reading
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell


class Today:
    def now(self) -> datetime:
        return datetime.now(UTC)


@contextmanager
def appender(database: Database) -> Iterator[Appender]:
    log = Appender(database, Today(), Bell())
    try:
        yield log
    finally:
        log.close()


async def carried_out(database: Database, mapping: str, files: list[Path], rejects: Path) -> Tally:
    """One import, as the command line does it. `mapping` is a shipped one's name, or a mapping's text."""
    read = parse(mapping, "test") if "\n" in mapping else load(mapping)
    with appender(database) as log, Rejects(rejects) as rejected:
        desk = Desk(log, Today(), shared=database.shared, zone=ZoneInfo("Asia/Shanghai"), geometry=ShapelyGeometry(20))
        return await Import.prepare(read, files).carry_out(desk, log, rejected, lambda _: None)


def head(database: Database) -> int:
    with database.reading() as connection:
        return reading.head(connection)


def records(database: Database) -> list[Recorded[Event]]:
    with database.reading() as connection:
        return list(reading.records(reading.read(connection, 0, 200_000)))
