"""Row changes as values, and how the changes of a batch fold into one per row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
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
    values: dict[str, float]


Change = Insert | Put | Patch | Delete | Add
Rows = dict[Key, Change]


@dataclass(slots=True)
class Batch:
    """The folded changes of some records: at most one per row, so that their order no longer matters."""

    tables: defaultdict[sa.Table, Rows] = field(default_factory=lambda: defaultdict[sa.Table, Rows](dict))

    def take(self, changes: Iterable[Change]) -> None:
        for change in changes:
            _TAKE[type(change)](self.tables[change.table], change)

    def size(self) -> int:
        return sum(map(len, self.tables.values()))


class ChangesDoNotFit(Exception):  # noqa: N818 - says what is wrong with a handler
    """A projection changed one row in ways that do not go together."""


@cache
def key_of(table: sa.Table) -> Callable[[Mapping[str, Any]], Key]:
    """From a row's values to its key."""
    return itemgetter(*(column.name for column in table.primary_key.columns))


def _insert(rows: Rows, change: Insert) -> None:
    key = key_of(change.table)(change.values)
    before = rows.setdefault(key, change)
    if before is change:
        return
    if not isinstance(before, Delete):
        raise ChangesDoNotFit(f"a second row {key} in {change.table.name}")
    rows[key] = Put(*change)


def _put(rows: Rows, change: Put) -> None:
    rows[key_of(change.table)(change.values)] = change


def _patch(rows: Rows, change: Patch) -> None:
    before = rows.setdefault(change.key, change)
    if before is change or isinstance(before, Delete):
        return
    if isinstance(before, Add):
        raise ChangesDoNotFit(f"a patch after an addition in {change.table.name}")
    before.values.update(_composed(change, before))


def _delete(rows: Rows, change: Delete) -> None:
    rows[change.key] = change


def _add(rows: Rows, change: Add) -> None:
    before = rows.setdefault(change.key, change)
    if before is change:
        return
    if isinstance(before, (Delete, Patch)):
        raise ChangesDoNotFit(f"an addition after a {type(before).__name__.lower()} in {change.table.name}")
    for name, amount in change.values.items():
        before.values[name] = before.values.get(name, 0) + amount


_TAKE: dict[type, Callable[[Rows, Any], None]] = {
    Insert: _insert,
    Put: _put,
    Patch: _patch,
    Delete: _delete,
    Add: _add,
}


def _composed(change: Patch, before: Insert | Put | Patch) -> dict[str, Any]:
    """The patch's values once the earlier change of the same row has happened."""
    if RELATIVE.isdisjoint(map(type, change.values.values())):
        return change.values
    relative = [(name, value) for name, value in change.values.items() if type(value) in RELATIVE]
    whole = not isinstance(before, Patch)
    return change.values | {name: _after(change.table, name, value, before.values, whole=whole) for name, value in relative}


def _after(table: sa.Table, name: str, value: Was | More | First, earlier: Mapping[str, Any], *, whole: bool) -> Any:
    source = value.column if type(value) is Was else name
    if source not in earlier and not whole:
        return value
    present = earlier[source] if source in earlier else default_of(table.columns[source])
    if type(value) is First:
        return _kept(table, name, present, value.value)
    return _grown(table, name, present, value.amount) if type(value) is More else _moved(table, source, present)


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
    if type(present) not in RELATIVE:
        return present if present is not None else first
    if type(present) is not First:
        raise ChangesDoNotFit(f"column {name} of {table.name} is filled after a relative change")
    return present if present.value is not None else First(first)


@cache
def default_of(column: sa.Column[Any]) -> Any:
    """The value of a column that a new row leaves out."""
    default: Any = column.default
    return default.arg if default is not None and default.is_scalar else None
