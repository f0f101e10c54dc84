"""Row changes as values, and how the changes of a batch fold into one per row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

Key = Any
"""The value of a table's one key column, or the tuple of the values of several."""


class Was(NamedTuple):
    """A patched column takes what stood in another column."""

    column: str


class More(NamedTuple):
    """A patched column grows by this."""

    amount: float


class First(NamedTuple):
    """A patched column takes this, unless it has a value already."""

    value: Any


RELATIVE = frozenset((Was, More, First))


class Insert(NamedTuple):
    """A row that cannot be there yet. Columns that are left out take their defaults.

    The values of a change are its own from then on: whoever made them does not use them again.
    """

    table: sa.Table
    values: dict[str, Any]


class Put(NamedTuple):
    """A row that takes the place of the one with its key, if there is one."""

    table: sa.Table
    values: dict[str, Any]


class Patch(NamedTuple):
    """Some columns of a row; nothing happens where the row is not there."""

    table: sa.Table
    key: Key
    values: dict[str, Any]


class Delete(NamedTuple):
    table: sa.Table
    key: Key


class Add(NamedTuple):
    """Amounts to add to numeric columns; the row is made where it is not there."""

    table: sa.Table
    key: Key
    amounts: Mapping[str, float]


Change = Insert | Put | Patch | Delete | Add


class Kind(Enum):
    INSERT = "INSERT"
    PUT = "PUT"
    PATCH = "PATCH"
    DELETE = "DELETE"
    ADD = "ADD"


WHOLE = (Kind.INSERT, Kind.PUT)


@dataclass(slots=True)
class RowChange:
    """What a batch does to one row, all told."""

    kind: Kind
    values: dict[str, Any]


@dataclass(slots=True)
class Batch:
    """The folded changes of some records: at most one per row, so that their order no longer matters."""

    tables: dict[sa.Table, dict[Key, RowChange]] = field(default_factory=dict[sa.Table, dict[Any, RowChange]])

    def take(self, changes: Iterable[Change]) -> None:
        for change in changes:
            rows = self.tables.get(change.table)
            if rows is None:
                rows = self.tables[change.table] = {}
            _TAKE[type(change)](rows, change)

    def size(self) -> int:
        return sum(map(len, self.tables.values()))


class ChangesDoNotFit(Exception):  # noqa: N818 - says what is wrong with a handler
    """A projection changed one row in ways that do not go together."""


@cache
def key_of(table: sa.Table) -> Callable[[Mapping[str, Any]], Key]:
    """From a row's values to its key."""
    return itemgetter(*(column.name for column in table.primary_key.columns))


def _insert(rows: dict[Key, RowChange], change: Insert) -> None:
    key = key_of(change.table)(change.values)
    before = rows.get(key)
    if before is None:
        rows[key] = RowChange(Kind.INSERT, change.values)
    elif before.kind is Kind.DELETE:
        rows[key] = RowChange(Kind.PUT, change.values)
    else:
        raise ChangesDoNotFit(f"a second row {key} in {change.table.name}")


def _put(rows: dict[Key, RowChange], change: Put) -> None:
    rows[key_of(change.table)(change.values)] = RowChange(Kind.PUT, change.values)


def _patch(rows: dict[Key, RowChange], change: Patch) -> None:
    before = rows.get(change.key)
    if before is None:
        rows[change.key] = RowChange(Kind.PATCH, change.values)
    elif before.kind is Kind.ADD:
        raise ChangesDoNotFit(f"a patch after an addition in {change.table.name}")
    elif before.kind is not Kind.DELETE:
        before.values.update(_composed(change, before))


def _delete(rows: dict[Key, RowChange], change: Delete) -> None:
    rows[change.key] = RowChange(Kind.DELETE, {})


def _add(rows: dict[Key, RowChange], change: Add) -> None:
    before = rows.get(change.key)
    if before is None:
        rows[change.key] = RowChange(Kind.ADD, dict(change.amounts))
    elif before.kind is Kind.DELETE or before.kind is Kind.PATCH:
        raise ChangesDoNotFit(f"an addition after {before.kind.value} in {change.table.name}")
    else:
        for name, amount in change.amounts.items():
            before.values[name] = before.values.get(name, 0) + amount


_TAKE: dict[type, Callable[[dict[Key, RowChange], Any], None]] = {
    Insert: _insert,
    Put: _put,
    Patch: _patch,
    Delete: _delete,
    Add: _add,
}


def _composed(change: Patch, before: RowChange) -> dict[str, Any]:
    """The patch's values once the earlier change of the same row has happened."""
    relative = [(name, value) for name, value in change.values.items() if type(value) in RELATIVE]
    if not relative:
        return change.values
    whole = before.kind in WHOLE
    return change.values | {name: _after(change.table, name, value, before.values, whole=whole) for name, value in relative}


def _after(table: sa.Table, name: str, value: Was | More | First, earlier: Mapping[str, Any], *, whole: bool) -> Any:
    source = value.column if isinstance(value, Was) else name
    if source not in earlier and not whole:
        return value
    present = earlier[source] if source in earlier else default_of(table.columns[source])
    match value:
        case Was():
            return _moved(table, source, present)
        case More(amount):
            return _grown(table, name, present, amount)
        case First(first):
            return _kept(table, name, present, first)


def _moved(table: sa.Table, source: str, present: Any) -> Any:
    if isinstance(present, More | First):
        raise ChangesDoNotFit(f"column {source} of {table.name} is copied after a relative change")
    return present


def _grown(table: sa.Table, name: str, present: Any, amount: float) -> Any:
    if isinstance(present, More):
        return More(present.amount + amount)
    if isinstance(present, Was | First):
        raise ChangesDoNotFit(f"column {name} of {table.name} grows after a relative change")
    return present + amount


def _kept(table: sa.Table, name: str, present: Any, first: Any) -> Any:
    if isinstance(present, Was | More):
        raise ChangesDoNotFit(f"column {name} of {table.name} is filled after a relative change")
    if isinstance(present, First):
        return present if present.value is not None else First(first)
    return present if present is not None else first


@cache
def default_of(column: sa.Column[Any]) -> Any:
    """The value of a column that a new row leaves out."""
    default: Any = column.default
    return default.arg if default is not None and default.is_scalar else None
