"""Writes the folded changes of a batch with as few statements as there are kinds of change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from infrastructure.projections.changes import Batch, First, Key, Kind, More, RowChange, Was, default_of
from infrastructure.projections.columns import Prepare, to_driver

Place = Callable[[sa.Table], str]
"""Where a table's rows are: the name of its generation."""
Shape = tuple[tuple[str, type | None, str], ...]
"""Of a patch: its columns, each with how it changes and, where it is copied, from which column."""
Row = tuple[Key, Mapping[str, Any]]
Groups = dict[tuple[Kind, Shape], list[Row]]

WHOLE: Shape = ()


def write(connection: sa.Connection, batch: Batch, place: Place) -> None:
    for table, rows in batch.tables.items():
        for (kind, shape), group in _grouped(rows).items():
            _statement(connection.dialect, table, place(table), kind, shape).run(connection, group)


def load(connection: sa.Connection, batch: Batch, place: Place) -> None:
    """As `write`, but many new rows go in the fastest way that the database has."""
    for table, rows in batch.tables.items():
        for (kind, shape), group in _grouped(rows).items():
            statement = _statement(connection.dialect, table, place(table), kind, shape)
            if kind is Kind.INSERT and statement.arrays:
                _copy(connection, place(table), statement, group)
            else:
                statement.run(connection, group)


def _copy(connection: sa.Connection, name: str, statement: Statement, rows: Sequence[Row]) -> None:
    names = ", ".join(f'"{each.column.name}"' for each in statement.slots)
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{name}" ({names}) FROM STDIN') as copy:
        for row in zip(*statement.columns(rows), strict=True):
            copy.write_row(row)


def _grouped(rows: Mapping[Key, RowChange]) -> Groups:
    groups: Groups = {}
    for key, change in rows.items():
        shape = _shape(change.values) if change.kind is Kind.PATCH else WHOLE
        groups.setdefault((change.kind, shape), []).append((key, change.values))
    return groups


def _shape(values: Mapping[str, Any]) -> Shape:
    return tuple([(name, _way(value), value.column if type(value) is Was else "") for name, value in sorted(values.items(), key=_name)])


def _name(item: tuple[str, Any]) -> str:
    return item[0]


def _way(value: Any) -> type | None:
    kind = type(value)
    return kind if kind in {Was, More, First} else None


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter of a statement: its column, where its values are taken from, and how they are prepared."""

    column: sa.Column[Any]
    take: Callable[[Sequence[Row]], Sequence[Any]]
    prepare: Prepare | None

    def values(self, rows: Sequence[Row]) -> Sequence[Any]:
        taken = self.take(rows)
        return taken if self.prepare is None else self.prepare(taken)


@dataclass(frozen=True, slots=True)
class Statement:
    """One bulk statement, and how row changes become its parameters: row by row, or as one array for each column."""

    text: str
    slots: tuple[Slot, ...]
    arrays: bool

    def columns(self, rows: Sequence[Row]) -> list[Sequence[Any]]:
        return [slot.values(rows) for slot in self.slots]

    def run(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        columns = self.columns(rows)
        if self.arrays:
            connection.exec_driver_sql(self.text, tuple(columns))
        else:
            connection.exec_driver_sql(self.text, list(zip(*columns, strict=True)))


@cache
def _statement(dialect: Dialect, table: sa.Table, name: str, kind: Kind, shape: Shape) -> Statement:
    keys = [Slot(column, _of_key(table, place), to_driver(column, dialect)) for place, column in enumerate(table.primary_key.columns)]
    cells = [
        Slot(column, _of_row(column, kind), to_driver(column, dialect))
        for column in table.columns
        if not column.primary_key and column.computed is None
    ]
    patched = [
        Slot(table.columns[column], _of_patch(column, way), to_driver(table.columns[column], dialect))
        for column, way, _ in shape
        if way is not Was
    ]
    match kind:
        case Kind.DELETE:
            slots, text = keys, _delete(dialect, name, keys)
        case Kind.PATCH:
            slots, text = [*patched, *keys], _update(dialect, name, patched, keys, shape)
        case Kind.INSERT:
            slots = [*keys, *cells]
            text = _insert(dialect, name, slots)
        case Kind.PUT:
            slots = [*keys, *cells]
            text = _insert(dialect, name, slots) + _on_conflict(keys, (f"{_q(each)} = excluded.{_q(each)}" for each in cells))
        case Kind.ADD:
            slots = [*keys, *cells]
            sums = (f'{_q(each)} = "{name}".{_q(each)} + excluded.{_q(each)}' for each in cells)
            text = _insert(dialect, name, slots) + _on_conflict(keys, sums)
    return Statement(text, tuple(slots), arrays=_arrays(dialect))


def _of_key(table: sa.Table, place: int) -> Callable[[Sequence[Row]], Sequence[Any]]:
    if len(table.primary_key.columns) == 1:
        return lambda rows: [key for key, _ in rows]
    return lambda rows: [key[place] for key, _ in rows]


def _of_row(column: sa.Column[Any], kind: Kind) -> Callable[[Sequence[Row]], Sequence[Any]]:
    name, default = column.name, 0 if kind is Kind.ADD else default_of(column)
    return lambda rows: [values.get(name, default) for _, values in rows]


def _of_patch(name: str, way: type | None) -> Callable[[Sequence[Row]], Sequence[Any]]:
    if way is None:
        return lambda rows: [values[name] for _, values in rows]
    return lambda rows: [values[name][0] for _, values in rows]


def _arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


def _q(slot: Slot) -> str:
    return f'"{slot.column.name}"'


def _unnest(dialect: Dialect, slots: Sequence[Slot]) -> str:
    """The parameters as a table `v` with columns p0, p1, ..."""
    arrays = ", ".join(f"%s::{slot.column.type.compile(dialect)}[]" for slot in slots)
    names = ", ".join(f"p{place}" for place in range(len(slots)))
    return f"unnest({arrays}) AS v({names})"


def _insert(dialect: Dialect, name: str, slots: Sequence[Slot]) -> str:
    into = f'INSERT INTO "{name}" ({", ".join(map(_q, slots))})'
    if _arrays(dialect):
        return f"{into} SELECT * FROM {_unnest(dialect, slots)}"
    return f"{into} VALUES ({', '.join('?' for _ in slots)})"


def _on_conflict(keys: Sequence[Slot], assignments: Iterable[str]) -> str:
    listed = ", ".join(assignments)
    return f" ON CONFLICT ({', '.join(map(_q, keys))}) DO " + (f"UPDATE SET {listed}" if listed else "NOTHING")


def _delete(dialect: Dialect, name: str, keys: Sequence[Slot]) -> str:
    using = f" USING {_unnest(dialect, keys)}" if _arrays(dialect) else ""
    return f'DELETE FROM "{name}" AS t{using} WHERE {_matches(dialect, keys, first=0)}'


def _update(dialect: Dialect, name: str, patched: Sequence[Slot], keys: Sequence[Slot], shape: Shape) -> str:
    parameters = iter(range(len(patched)))
    assignments = ", ".join(_assignment(dialect, column, way, source, parameters) for column, way, source in shape)
    source = f" FROM {_unnest(dialect, [*patched, *keys])}" if _arrays(dialect) else ""
    return f'UPDATE "{name}" AS t SET {assignments}{source} WHERE {_matches(dialect, keys, first=len(patched))}'


def _assignment(dialect: Dialect, column: str, way: type | None, source: str, parameters: Iterable[int]) -> str:
    if way is Was:
        return f'"{column}" = t."{source}"'
    value = f"v.p{next(iter(parameters))}" if _arrays(dialect) else "?"
    if way is More:
        value = f't."{column}" + {value}'
    if way is First:
        value = f'coalesce(t."{column}", {value})'
    return f'"{column}" = {value}'


def _matches(dialect: Dialect, keys: Sequence[Slot], *, first: int) -> str:
    return " AND ".join(f"t.{_q(key)} = {f'v.p{first + place}' if _arrays(dialect) else '?'}" for place, key in enumerate(keys))
