"""Reading the log: pages in order, one thing's history, and where the log stood at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.events import Event, Recorded
from domain.ids import OfficerId, OrganisationId
from infrastructure.database import instant, microseconds
from infrastructure.log import postgres
from infrastructure.log.codec import CODEC

UNLIMITED = 2**62
Row = Sequence[Any]
"""A row of the log as the driver gives it, in the order of `COLUMNS`."""
COLUMNS = (
    "position, originator_id, originator_version, type, schema, data, effective_at, device_at, recorded_at, "
    '"by", organisation, command_id, causation, correlation'
)
_PAGE = f"SELECT {COLUMNS} FROM events WHERE position > {{}} AND position <= {{}} ORDER BY position"
_TYPES = f"SELECT {COLUMNS} FROM events WHERE position > {{}} AND position <= {{}} AND type IN ({{}}) ORDER BY position"
_HISTORY = f"SELECT {COLUMNS} FROM events WHERE originator_id = {{}} AND originator_version > {{}} ORDER BY originator_version LIMIT {{}}"
_THING = f"SELECT {COLUMNS} FROM events WHERE originator_id = {{}} AND position > {{}} ORDER BY originator_version LIMIT {{}}"
_EVENTS = (
    """SELECT position, type, schema, data FROM events WHERE originator_id = {} AND originator_version > {} ORDER BY originator_version"""
)
_HEAD = "SELECT coalesce(max(position), 0) FROM events"
_RECORDED = "SELECT recorded_at FROM events WHERE position = {}"


def head(connection: sa.Connection) -> int:
    """The position of the last event; 0 where there is none."""
    return int(_run(connection, _HEAD)[0][0])


def read(connection: sa.Connection, after: int, limit: int) -> list[Row]:
    """The rows of the next positions. Positions have no gaps, so a full page is one of `limit` rows."""
    return _run(connection, _PAGE, after, after + limit)


def at(connection: sa.Connection, positions: Iterable[int]) -> list[Row]:
    """The rows at these positions, where there are any."""
    return [row for position in positions for row in read(connection, position - 1, 1)]


def read_types(connection: sa.Connection, after: int, limit: int, types: Collection[str]) -> tuple[list[Row], int]:
    """The rows of these types among the next positions, and the position up to which was looked."""
    upto = max(after, min(after + limit, head(connection)))
    return _run_for(connection, _TYPES, types, after, upto), upto


def read_thing(connection: sa.Connection, id: UUID, after: int, limit: int) -> list[Row]:
    """One thing's next rows after a position."""
    return _run(connection, _THING, _bound(connection, id), after, limit)


def records(rows: Iterable[Row]) -> Iterator[Recorded[Event]]:
    return map(recorded, rows)


def history(connection: sa.Connection, id: UUID, after: int = 0, limit: int = UNLIMITED) -> list[Recorded[Event]]:
    """One thing's records after a version, in order."""
    return list(records(_run(connection, _HISTORY, _bound(connection, id), after, limit)))


def events(connection: sa.Connection, id: UUID, after: int = 0) -> list[Event]:
    """One thing's bare events after a version, in order: all that a decision needs."""
    return [CODEC.decode(*row) for row in _run(connection, _EVENTS, _bound(connection, id), after)]


def position_at(connection: sa.Connection, moment: datetime) -> int:
    """The last position recorded at or before a moment: `recorded_at` never goes back, so halving finds it."""
    low, high = 0, head(connection)
    wanted = microseconds(moment)
    while low < high:
        middle = (low + high + 1) // 2
        if _run(connection, _RECORDED, middle)[0][0] <= wanted:
            low = middle
        else:
            high = middle - 1
    return low


def recorded(row: Row) -> Recorded[Event]:
    (
        position,
        originator_id,
        version,
        type,
        schema,
        data,
        effective_at,
        device_at,
        recorded_at,
        by,
        organisation,
        command_id,
        causation,
        correlation,
    ) = row
    return Recorded(
        position=position,
        originator_id=_uuid(originator_id),
        version=version,
        event=CODEC.decode(position, type, schema, data),
        effective_at=instant(effective_at),
        device_at=None if device_at is None else instant(device_at),
        recorded_at=instant(recorded_at),
        by=OfficerId(by),
        organisation=OrganisationId(organisation),
        command_id=_uuid(command_id),
        causation=causation,
        correlation=_uuid(correlation),
    )


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else _of_hex(value)


@lru_cache(maxsize=4_096)
def _of_hex(digits: str) -> UUID:
    """Neighbouring rows share their ids, and making one from its digits costs more than all else about a row."""
    return UUID(digits)


def _bound(connection: sa.Connection, id: UUID) -> UUID | str:
    return id.hex if connection.dialect.name == "sqlite" else id


def _run_for(connection: sa.Connection, statement: str, names: Collection[str], after: int, upto: int) -> list[Row]:
    marks = ", ".join(["{}"] * len(names)) or "NULL"
    return _run(connection, statement.format("{}", "{}", marks), after, upto, *sorted(names))


def _run(connection: sa.Connection, statement: str, *parameters: object) -> list[Row]:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    text = statement.format(*[mark] * len(parameters))
    if connection.dialect.name == "postgresql":
        return postgres.driver(connection).execute(text, parameters, binary=True, prepare=True).fetchall()
    return list(connection.exec_driver_sql(text, parameters).cursor.fetchall())
