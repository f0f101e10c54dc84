"""Reading the whole log for a rebuild: only the events that are handled, and of each only what is asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from domain.events import Event, Recorded
from domain.ids import OfficerId, OrganisationId
from infrastructure.database import instant
from infrastructure.log.codec import CODEC
from infrastructure.log.reading import COLUMNS, Row

PAGE = 5_000


class Replayed:
    """A record of the log that works its less wanted values out when they are asked for; to a handler it is a `Recorded`."""

    __slots__ = ("_row", "event", "originator_id", "position", "version")

    def __init__(self, row: Row, originator_id: UUID) -> None:
        self._row = row
        self.position: int = row[0]
        self.originator_id = originator_id
        self.version: int = row[2]
        self.event = CODEC.decode(row[0], row[3], row[4], row[5])

    @property
    def effective_at(self) -> datetime:
        return instant(self._row[6])

    @property
    def device_at(self) -> datetime | None:
        return None if self._row[7] is None else instant(self._row[7])

    @property
    def recorded_at(self) -> datetime:
        return instant(self._row[8])

    @property
    def by(self) -> OfficerId:
        return OfficerId(self._row[9])

    @property
    def organisation(self) -> OrganisationId:
        return OrganisationId(self._row[10])

    @property
    def command_id(self) -> UUID:
        return _uuid(self._row[11])

    @property
    def causation(self) -> int | None:
        return cast("int | None", self._row[12])

    @property
    def correlation(self) -> UUID:
        return _uuid(self._row[13])


class Replay:
    """The handled events of a stretch of the log, in order."""

    def __init__(self, events: Collection[type[Event]]) -> None:
        self._types = sorted(event.__name__ for event in events)
        self._ids: dict[Any, UUID] = {}

    def page(self, connection: sa.Connection, after: int, last: int) -> Sequence[Recorded[Any]]:
        return [self._record(row) for row in self._rows(connection, after, last)]

    def _rows(self, connection: sa.Connection, after: int, last: int) -> list[Row]:
        if connection.dialect.name == "sqlite":
            marks = ", ".join("?" for _ in self._types)
            statement, parameters = f"position > ? AND position <= ? AND type IN ({marks})", (after, last, *self._types)
        else:
            statement, parameters = "position > %s AND position <= %s AND type = ANY(%s)", (after, last, self._types)
        found = connection.exec_driver_sql(f"SELECT {COLUMNS} FROM events WHERE {statement} ORDER BY position", parameters)
        return list(found.cursor.fetchall())

    def _record(self, row: Row) -> Recorded[Any]:
        originator_id = self._ids.get(row[1])
        if originator_id is None:
            originator_id = self._ids[row[1]] = _uuid(row[1])
        return cast("Recorded[Any]", Replayed(row, originator_id))


def _uuid(value: UUID | str) -> UUID:
    return UUID(value) if isinstance(value, str) else value
