"""Reads the rows that projections have written: by key, and page by page in an order."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa

from application.identity import Principal, Role
from application.views import Columns, Order, Page, Span, View, Wanted
from infrastructure.access.conditions import Truth
from infrastructure.access.seen import STILL, Masks, Seen, Sight, sql
from infrastructure.database import Database
from infrastructure.projections.projection import Projection

V = TypeVar("V", bound=View)
Names = tuple[str, ...]
Selected = sa.Select[*tuple[Any, ...]]
Question = tuple[Selected, dict[str, Any]]


class SqlReadModels:
    """The read models of the application's port. Each question sees one state of the database.

    As it is made it shows everything; `seen_by` a principal it shows what is there for them.
    """

    def __init__(self, database: Database, projections: Iterable[Projection], seen: Seen, principal: Principal | None = None) -> None:
        self._projections = tuple(projections)
        tables = [table for projection in self._projections for table in projection.tables if "view" in table.info]
        self._tables: dict[type[View], sa.Table] = {table.info["view"]: table for table in tables}
        self._database = database
        self._seen = seen
        self._principal = principal

    def seen_by(self, principal: Principal) -> SqlReadModels:
        if principal.role is Role.OWNER:
            return self
        other = copy(self)
        other._principal = principal  # noqa: SLF001 - our own
        return other

    async def one(self, view: type[V], key: UUID | str) -> V | None:
        return (await self.several(view, [key])).get(key)

    async def several(self, view: type[V], keys: Sequence[UUID | str], columns: Columns = None) -> dict[UUID | str, V]:
        def rows(source: Source, names: Names) -> Question:
            return _by_key(source, names, view.key), {"keys": keys}

        return {getattr(row, view.key): row for row in await to_thread(self._read, view, (columns, view.key), rows)}

    async def page(
        self, view: type[V], wanted: Wanted, order: Order, first: int, after: tuple[Any, Any] | None, columns: Columns = None
    ) -> Page[V]:
        def rows(source: Source, names: Names) -> Question:
            statement = _ordered(source, names, view.key, order)
            narrowed = [*_conditions(source, wanted), *([] if after is None else [_beyond(source.table, view.key, order, after)])]
            return statement.where(*narrowed) if narrowed else statement, {"rows": first + 1}

        found = await to_thread(self._read, view, (columns, view.key, order.by), rows)
        shown = found[:first]
        return Page(shown, [(getattr(row, order.by), getattr(row, view.key)) for row in shown], len(found) > first)

    async def count(self, view: type[V], wanted: Wanted, cap: int) -> int:
        return await to_thread(self._count, view, wanted, cap)

    def _read(self, view: type[V], wanted: tuple[Any, ...], asked: Callable[[Source, Names], Question]) -> list[V]:
        table = self._tables[view]
        names = _names(table, *wanted)

        def rows(connection: sa.Connection, sight: Sight | None) -> Sequence[Any]:
            statement, parameters = asked(self._source(view, sight), names)
            return connection.execute(statement, parameters | _parameters(sight)).all()

        found = self._found(rows)
        if names != _all_names(table):
            return cast("list[V]", list(map(_part(names if self._principal is None else (*names, STILL)), found)))
        return [view(**dict(zip(names, row, strict=False))) for row in found]

    def _found(self, rows: Callable[[sa.Connection, Sight | None], Sequence[Any]]) -> Sequence[Any]:
        """By how whoever asks stood last, which spares a question, and anew where the rows do not say that they still stand so."""
        with self._database.reading() as connection:
            last = None if self._principal is None else self._seen.last(self._principal)
            found = () if last is None else rows(connection, last)
            return found if found and found[0].still else rows(connection, self._sight(connection))

    def _count(self, view: type[V], wanted: Wanted, cap: int) -> int:
        with self._database.reading() as connection:
            sight = self._sight(connection)
            source = self._source(view, sight)
            some = (
                sa.select(sa.literal(1)).select_from(source.table).where(*source.there, *_conditions(source, wanted)).limit(cap).subquery()
            )
            return connection.execute(sa.select(sa.func.count()).select_from(some), _parameters(sight)).scalar_one()

    def _sight(self, connection: sa.Connection) -> Sight | None:
        return None if self._principal is None else self._seen.sight(connection, self._principal)

    def _source(self, view: type[View], sight: Sight | None) -> Source:
        table = self._tables[view]
        if sight is None:
            return _source(table, truth=True, masks=(), tells=())
        return _source(table, truth=self._seen.rows(sight, view), masks=self._seen.masked(sight, view, table), tells=(sight.still,))


@dataclass(frozen=True, eq=False)
class Source:
    """A view's rows as far as they are there for whoever asks; some columns may be told otherwise."""

    table: sa.Table
    there: tuple[sa.ColumnElement[bool], ...]
    masked: Mapping[str, sa.ColumnElement[Any]]
    tells: tuple[sa.ColumnElement[Any], ...]
    """What each row tells beside its own columns."""

    def column(self, name: str) -> sa.ColumnElement[Any]:
        return self.masked.get(name, self.table.c[name])


@lru_cache(5_000)
def _source(table: sa.Table, *, truth: Truth, masks: Masks, tells: tuple[sa.ColumnElement[Any], ...]) -> Source:
    """The same one for all who stand alike, so that their statements are made once."""
    return Source(table, () if truth is True else (sql(truth),), dict(masks), tells)


def _parameters(sight: Sight | None) -> dict[str, Any]:
    return {} if sight is None else sight.parameters


@lru_cache(500)
def _names(table: sa.Table, columns: Columns, *needed: str) -> Names:
    """The columns to read: those that are asked for, and what the question itself needs."""
    return tuple(name for name in _all_names(table) if columns is None or name in columns or name in needed)


@cache
def _all_names(table: sa.Table) -> Names:
    return tuple(each.name for each in fields(table.info["view"]))


@lru_cache(500)
def _rows(source: Source, names: Names) -> Selected:
    return sa.select(*(source.column(name) for name in names), *source.tells).where(*source.there)


@lru_cache(500)
def _part(names: Names) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    """From a row to some columns of a view as attributes, which are read ten times quicker than those of SQLAlchemy's rows."""
    part: Any = NamedTuple("Part", [(name, Any) for name in names])  # type: ignore[misc]  # its columns are named at run time
    make: Callable[[Iterable[Any]], tuple[Any, ...]] = part._make
    return make


@lru_cache(500)
def _ordered(source: Source, names: Names, key: str, order: Order) -> Selected:
    """One statement for all who list alike: SQLAlchemy looks it over once."""
    table = source.table
    return _rows(source, names).order_by(*_ordering(table.c[order.by], table.c[key], order)).limit(sa.bindparam("rows"))


@lru_cache(500)
def _by_key(source: Source, names: Names, key: str) -> Selected:
    return _rows(source, names).where(source.column(key).in_(sa.bindparam("keys", expanding=True)))


def _conditions(source: Source, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """A column that is told otherwise is searched as it is told."""
    chosen = [_any_of(source.column(name), values) for name, values in wanted.any_of.items()]
    chosen += [each for name, span in wanted.within.items() for each in _within(source.column(name), span)]
    for (begin, end), moment in wanted.holding.items():
        chosen += _holds(source.column(begin), source.column(end), moment)
    return chosen


def _holds(begin: sa.ColumnElement[Any], end: sa.ColumnElement[Any], moment: Any) -> list[sa.ColumnElement[bool]]:
    return [begin <= moment, sa.or_(end.is_(None), end > moment)]


def _any_of(column: sa.ColumnElement[Any], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    condition = column.in_([value for value in values if value is not None])
    return sa.or_(condition, column.is_(None)) if None in values else condition


def _within(column: sa.ColumnElement[Any], span: Span) -> list[sa.ColumnElement[bool]]:
    above = [] if span.low is None else [column >= span.low]
    return above if span.high is None else [*above, column < span.high]


def _ordering(column: sa.Column[Any], key: sa.Column[Any], order: Order) -> list[sa.ColumnElement[Any]]:
    """Rows without a value come last, whichever way the order runs and whatever the database."""
    if column is key:
        return [key.desc() if order.descending else key.asc()]
    value, then = (column.desc(), key.desc()) if order.descending else (column.asc(), key.asc())
    return [value.nulls_last() if column.nullable else value, then]


def _beyond(table: sa.Table, key_name: str, order: Order, after: tuple[Any, Any]) -> sa.ColumnElement[bool]:
    column, key = table.c[order.by], table.c[key_name]
    value, id = after
    further = key < id if order.descending else key > id
    if column is key:
        return cast("sa.ColumnElement[bool]", further)
    if value is None:
        return sa.and_(column.is_(None), further)
    place, here = sa.tuple_(column, key), sa.tuple_(sa.literal(value, column.type), sa.literal(id, key.type))
    beyond = place < here if order.descending else place > here
    return sa.or_(beyond, column.is_(None)) if column.nullable else beyond
