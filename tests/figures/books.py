"""The figures' tables filled from records alone, without an appender or a projector in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from domain.events import Event, Recorded
from infrastructure.database import Database
from infrastructure.log.tables import EVENTS
from infrastructure.projections.applying import apply
from infrastructure.projections.generations import PROJECTIONS, install
from infrastructure.projections.oversight.figures import figures
from infrastructure.projections.oversight.tables import TABLES
from infrastructure.projections.tables import physical
from infrastructure.statistics.figures import Figures

ZONE = ZoneInfo("Asia/Shanghai")
GENERATION = 1


class Books:
    """Facts and ledger of one database, filled anew for each log. Batches are small, so that states come from the tables."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.projection = figures(ZONE)
        self.figures = Figures(database, ZONE)
        install(database, [self.projection])

    def fill(self, records: Sequence[Recorded[Event]], batch: int = 5) -> Figures:
        with self.database.writing() as connection:
            for table in (*(physical(table, GENERATION) for table in TABLES), EVENTS):
                connection.execute(sa.delete(table))
            if records:
                connection.execute(sa.insert(EVENTS), [_stub(record) for record in records])
            for start in range(0, len(records), batch):
                apply(connection, self.projection, (GENERATION,), records[start : start + batch])
            connection.execute(sa.update(PROJECTIONS).values(position=records[-1].position if records else 0))
        return self.figures

    def rows(self, statement: sa.Select[Any]) -> Iterable[Any]:
        with self.database.reading() as connection:
            return connection.execute(statement).all()


def _stub(record: Recorded[Event]) -> dict[str, Any]:
    return {
        "position": record.position,
        "originator_id": record.originator_id,
        "originator_version": record.version,
        "type": type(record.event).__name__,
        "schema": 1,
        "data": b"{}",
        "effective_at": record.effective_at,
        "recorded_at": record.recorded_at,
        "by": record.by,
        "organisation": record.organisation,
        "command_id": record.command_id,
        "correlation": record.correlation,
    }
