"""The figures' tables filled from records alone, without an appender or a projector in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from domain.events import Event, Recorded
from infrastructure.database import Database
from infrastructure.log.tables import EVENTS
from infrastructure.projections.changes import Batch
from infrastructure.projections.oversight.figures import FiguresFold
from infrastructure.projections.oversight.tables import TABLES
from infrastructure.projections.writing import write
from infrastructure.statistics.figures import Figures

ZONE = ZoneInfo("Asia/Shanghai")
NAMES = {table.name: table for table in TABLES}


class Books:
    """Facts and ledger of one database, filled anew for each log. Batches are small, so that states come from the tables."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.fold = FiguresFold(ZONE)
        self.position = 0
        with database.writing() as connection:
            for table in TABLES:
                table.create(connection)

    @property
    def figures(self) -> Figures:
        return Figures(self.database, ZONE, lambda _connection: self.position)

    def fill(self, records: Sequence[Recorded[Event]], batch: int = 5) -> Figures:
        with self.database.writing() as connection:
            for table in (*TABLES, EVENTS):
                connection.execute(sa.delete(table))
            if records:
                connection.execute(sa.insert(EVENTS), [_stub(record) for record in records])
            for start in range(0, len(records), batch):
                self._project(connection, records[start : start + batch])
        self.position = records[-1].position if records else 0
        return self.figures

    def _project(self, connection: sa.Connection, records: Sequence[Recorded[Event]]) -> None:
        wanted = [record for record in records if type(record.event) in self.fold.events]
        keys = {key for record in wanted for key in self.fold.keys(record)}
        states: dict[UUID, Any] = self.fold.load(connection, NAMES, keys) if keys else {}
        changes = Batch()
        for record in wanted:
            changes.take(self.fold.step(states, record))
        write(connection, changes, lambda table: table.name)

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
