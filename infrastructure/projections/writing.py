"""Writes the folded changes of a batch with as few statements as there are kinds of change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from infrastructure.projections.changes import Batch, First, Key, Kind, More, RowChange, Was, default_of
from infrastructure.projections.columns import Prepare, to_driver

Place = Callable[[sa.Table], str]
"""Where a table's rows are: the name of its generation."""
Shape = tuple[tuple[str, type | None, str], ...]
"""Of a patch: its columns, each with how it changes and, where it is copied, from which column."""
Row = tuple[Key, dict[str, Any]]
Take = Callable[[Sequence[Row]], Sequence[Sequence[Any]]]
"""From row changes to the values of each column."""
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
    names = ", ".join(map(_q, statement.columns))
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{name}" ({names}) FROM STDIN') as copy:
        for row in zip(*statement.values(rows), strict=True):
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
class Statement:
    """One bulk statement, and how row changes become its parameters: row by row, or as one array for each column."""

    text: str
    columns: tuple[sa.Column[Any], ...]
    take: Take
    prepare: tuple[Prepare | None, ...]
    arrays: bool

    def values(self, rows: Sequence[Row]) -> list[Sequence[Any]]:
        """Column by column: that is quicker than row by row."""
        return [values if prepare is None else prepare(values) for values, prepare in zip(self.take(rows), self.prepare, strict=True)]

    def run(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        values = self.values(rows)
        if self.arrays:
            connection.exec_driver_sql(self.text, tuple(map(list, values)))
        else:
            connection.exec_driver_sql(self.text, list(zip(*values, strict=True)))


@cache
def _statement(dialect: Dialect, table: sa.Table, name: str, kind: Kind, shape: Shape) -> Statement:
    keys = tuple(table.primary_key.columns)
    cells = tuple(column for column in table.columns if not column.primary_key and column.computed is None)
    patched = tuple(table.columns[column] for column, way, _ in shape if way is not Was)
    match kind:
        case Kind.DELETE:
            columns, take, text = keys, _keys(keys), _delete(dialect, name, keys)
        case Kind.PATCH:
            columns, take = (*patched, *keys), _patches(shape, keys)
            text = _update(dialect, name, patched, keys, shape)
        case Kind.INSERT:
            columns, take = (*keys, *cells), _whole((*keys, *cells))
            text = _insert(dialect, name, columns)
        case Kind.PUT:
            columns, take = (*keys, *cells), _whole((*keys, *cells))
            text = _insert(dialect, name, columns) + _on_conflict(keys, (f"{_q(each)} = excluded.{_q(each)}" for each in cells))
        case Kind.ADD:
            columns, take = (*keys, *cells), _sums(keys, cells)
            sums = (f'{_q(each)} = "{name}".{_q(each)} + excluded.{_q(each)}' for each in cells)
            text = _insert(dialect, name, columns) + _on_conflict(keys, sums)
    return Statement(text, columns, take, tuple(to_driver(column, dialect) for column in columns), arrays=_arrays(dialect))


def _keys(keys: Sequence[sa.Column[Any]]) -> Take:
    if len(keys) == 1:
        return lambda rows: [[key for key, _ in rows]]
    return lambda rows: list(zip(*[key for key, _ in rows], strict=True))


def _whole(columns: Sequence[sa.Column[Any]]) -> Take:
    defaults = {column.name: default_of(column) for column in columns}
    cells = _cells(columns)
    return lambda rows: list(zip(*[cells(defaults | values) for _, values in rows], strict=True))


def _sums(keys: Sequence[sa.Column[Any]], columns: Sequence[sa.Column[Any]]) -> Take:
    zeros = {column.name: 0 for column in columns}
    keys_of, cells = _keys(keys), _cells(columns)
    return lambda rows: [*keys_of(rows), *zip(*[cells(zeros | values) for _, values in rows], strict=True)]


def _patches(shape: Shape, keys: Sequence[sa.Column[Any]]) -> Take:
    ways = [(name, way) for name, way, _ in shape if way is not Was]
    keys_of = _keys(keys)

    def take(rows: Sequence[Row]) -> Sequence[Sequence[Any]]:
        patched = [[values[name] if way is None else values[name][0] for _, values in rows] for name, way in ways]
        return [*patched, *keys_of(rows)]

    return take


def _cells(columns: Sequence[sa.Column[Any]]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    names = [column.name for column in columns]
    return itemgetter(*names) if len(names) > 1 else lambda values: (values[names[0]],)


def _arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


def _q(column: sa.Column[Any]) -> str:
    return f'"{column.name}"'


def _unnest(dialect: Dialect, columns: Sequence[sa.Column[Any]]) -> str:
    """The parameters as a table `v` with columns p0, p1, ..."""
    arrays = ", ".join(f"%s::{column.type.compile(dialect)}[]" for column in columns)
    names = ", ".join(f"p{place}" for place in range(len(columns)))
    return f"unnest({arrays}) AS v({names})"


def _insert(dialect: Dialect, name: str, columns: Sequence[sa.Column[Any]]) -> str:
    into = f'INSERT INTO "{name}" ({", ".join(map(_q, columns))})'
    if _arrays(dialect):
        return f"{into} SELECT * FROM {_unnest(dialect, columns)}"
    return f"{into} VALUES ({', '.join('?' for _ in columns)})"


def _on_conflict(keys: Sequence[sa.Column[Any]], assignments: Iterable[str]) -> str:
    listed = ", ".join(assignments)
    return f" ON CONFLICT ({', '.join(map(_q, keys))}) DO " + (f"UPDATE SET {listed}" if listed else "NOTHING")


def _delete(dialect: Dialect, name: str, keys: Sequence[sa.Column[Any]]) -> str:
    using = f" USING {_unnest(dialect, keys)}" if _arrays(dialect) else ""
    return f'DELETE FROM "{name}" AS t{using} WHERE {_matches(dialect, keys, first=0)}'


def _update(dialect: Dialect, name: str, patched: Sequence[sa.Column[Any]], keys: Sequence[sa.Column[Any]], shape: Shape) -> str:
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


def _matches(dialect: Dialect, keys: Sequence[sa.Column[Any]], *, first: int) -> str:
    return " AND ".join(f"t.{_q(key)} = {f'v.p{first + place}' if _arrays(dialect) else '?'}" for place, key in enumerate(keys))
