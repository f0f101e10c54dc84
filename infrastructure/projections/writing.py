"""Writes the folded changes of a batch with as few statements as there are kinds of change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from infrastructure.arrays import ARRAYS, Binary
from infrastructure.projections.changes import Add, Batch, Delete, First, Insert, Key, More, Patch, Was, default_of
from infrastructure.projections.columns import Prepare, to_driver

Place = Callable[[sa.Table], str]
"""Where a table's rows are: the name of its generation."""
Shape = tuple[tuple[str, type | None, str], ...]
"""Of a patch: its columns, each with how it changes and, where it is copied, from which column."""
Row = tuple[Key, Any]
"""A row's key and its change; all of a statement's are of one kind."""
Take = Callable[[Sequence[Row]], Sequence[Sequence[Any]]]
"""From row changes to the values of each column."""
ToArray = Callable[[Sequence[Any]], Binary]

WHOLE: Shape = ()
AT_ONCE = 25
"""Rows that one SQLite statement takes: each further one costs less than the first."""


class Part(NamedTuple):
    """Changes of one kind to one table."""

    table: sa.Table
    kind: type[Any]
    shape: Shape
    rows: Sequence[Row]

    def cut(self, size: int) -> Iterator[Part]:
        return (self._replace(rows=self.rows[start : start + size]) for start in range(0, len(self.rows), size))


def parts(batch: Batch) -> Iterator[Part]:
    for table, rows in batch.tables.items():
        groups: dict[tuple[type[Any], Shape], list[Row]] = defaultdict(list)
        for row in rows.items():
            change = row[1]
            groups[type(change), _shape(change.values) if type(change) is Patch else WHOLE].append(row)
        for (kind, shape), group in groups.items():
            yield Part(table, kind, shape, group)


def write(connection: sa.Connection, batch: Batch, place: Place) -> None:
    for part in parts(batch):
        _statement_of(connection, part, place).run(connection, part.rows)


def load(connection: sa.Connection, loaded: Iterable[Part], place: Place) -> None:
    """As `write`, but many new rows go in the fastest way that the database has."""
    for part in loaded:
        statement = _statement_of(connection, part, place)
        if part.kind is Insert and statement.arrays:
            _copy(connection, place(part.table), statement, part.rows)
        else:
            statement.run(connection, part.rows)


def _statement_of(connection: sa.Connection, part: Part, place: Place) -> Statement:
    return _statement(connection.dialect, part.table, place(part.table), part.kind, part.shape)  # type: ignore[arg-type]  # a class can be hashed


def _copy(connection: sa.Connection, name: str, statement: Statement, rows: Sequence[Row]) -> None:
    names = ", ".join(map(_q, statement.columns))
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{name}" ({names}) FROM STDIN') as copy:
        for row in zip(*statement.values(rows), strict=True):
            copy.write_row(row)


def _shape(values: Mapping[str, Any]) -> Shape:
    return tuple([(name, _way(value), value.column if type(value) is Was else "") for name, value in sorted(values.items(), key=_name)])


def _name(item: tuple[str, Any]) -> str:
    return item[0]


def _way(value: Any) -> type | None:
    kind = type(value)
    return kind if kind in {Was, More, First} else None


@dataclass(frozen=True, slots=True)
class Statement:
    """One bulk statement, and how row changes become its parameters: row by row, or by `arrays`, one for each column.

    On SQLite `many` takes several rows, where the statement is of a kind that can.
    """

    text: str
    many: str | None
    columns: tuple[sa.Column[Any], ...]
    take: Take
    prepare: tuple[Prepare | None, ...]
    arrays: tuple[ToArray, ...]

    def values(self, rows: Sequence[Row]) -> list[Sequence[Any]]:
        """Column by column: that is quicker than row by row."""
        return [values if prepare is None else prepare(values) for values, prepare in zip(self.take(rows), self.prepare, strict=True)]

    def run(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        values = self.values(rows)
        if self.arrays:
            connection.exec_driver_sql(self.text, tuple(to_array(column) for to_array, column in zip(self.arrays, values, strict=True)))
        else:
            self._run(connection, list(zip(*values, strict=True)))

    def _run(self, connection: sa.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """As many at once as go, the others one by one."""
        together = len(rows) // AT_ONCE * AT_ONCE if self.many else 0
        if self.many and together:
            groups = [tuple(chain.from_iterable(rows[start : start + AT_ONCE])) for start in range(0, together, AT_ONCE)]
            connection.exec_driver_sql(self.many, groups)
        if together < len(rows):
            connection.exec_driver_sql(self.text, rows[together:])


@cache
def _statement(dialect: Dialect, table: sa.Table, name: str, kind: type[Any], shape: Shape) -> Statement:
    keys = tuple(table.primary_key.columns)
    cells = tuple(column for column in table.columns if not column.primary_key and column.computed is None)
    arrays = _arrays(dialect)
    many = None
    if kind is Delete:
        columns, take, text = keys, _keys(keys), _delete(dialect, name, keys)
    elif kind is Patch:
        patched = tuple(table.columns[column] for column, way, _ in shape if way is not Was)
        columns, take = (*patched, *keys), _patches(shape, keys)
        text = _update(dialect, name, patched, keys, shape)
    else:
        columns = (*keys, *cells)
        take = _sums(keys, cells) if kind is Add else _whole(columns)
        more = "" if kind is Insert else _on_conflict(keys, [_met(name, each, kind) for each in cells])
        text = _insert(dialect, name, columns, 1) + more
        many = None if arrays else _insert(dialect, name, columns, AT_ONCE) + more
    made = tuple(ARRAYS[column.type.compile(dialect)] for column in columns) if arrays else ()
    return Statement(text, many, columns, take, tuple(to_driver(column, dialect) for column in columns), made)


def _keys(keys: Sequence[sa.Column[Any]]) -> Take:
    if len(keys) == 1:
        return lambda rows: [[key for key, _ in rows]]
    return lambda rows: list(zip(*[key for key, _ in rows], strict=True))


def _whole(columns: Sequence[sa.Column[Any]]) -> Take:
    """Defaults are filled in where some row leaves a column out."""
    defaults = {column.name: default_of(column) for column in columns}
    cells = _cells(columns)

    def take(rows: Sequence[Row]) -> Sequence[Sequence[Any]]:
        try:
            taken = [cells(change.values) for _, change in rows]
        except KeyError:
            taken = [cells(defaults | change.values) for _, change in rows]
        return list(zip(*taken, strict=True))

    return take


def _sums(keys: Sequence[sa.Column[Any]], columns: Sequence[sa.Column[Any]]) -> Take:
    zeros = {column.name: 0 for column in columns}
    keys_of, cells = _keys(keys), _cells(columns)
    return lambda rows: [*keys_of(rows), *zip(*[cells(zeros | change.values) for _, change in rows], strict=True)]


def _patches(shape: Shape, keys: Sequence[sa.Column[Any]]) -> Take:
    ways = [(name, way) for name, way, _ in shape if way is not Was]
    keys_of = _keys(keys)

    def take(rows: Sequence[Row]) -> Sequence[Sequence[Any]]:
        patched = [[row.values[name] if way is None else row.values[name][0] for _, row in rows] for name, way in ways]
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


def _insert(dialect: Dialect, name: str, columns: Sequence[sa.Column[Any]], rows: int) -> str:
    into = f'INSERT INTO "{name}" ({", ".join(map(_q, columns))})'
    if _arrays(dialect):
        return f"{into} SELECT * FROM {_unnest(dialect, columns)}"
    row = f"({', '.join('?' for _ in columns)})"
    return f"{into} VALUES {', '.join([row] * rows)}"


def _met(name: str, cell: sa.Column[Any], kind: type[Any]) -> str:
    """What becomes of a cell whose row is there already."""
    grown = f'"{name}".{_q(cell)} + ' if kind is Add else ""
    return f"{_q(cell)} = {grown}excluded.{_q(cell)}"


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
