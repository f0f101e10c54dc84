"""Reads the rows that projections have written: by key, and page by page in an order."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa

from application.identity import Principal
from application.views import Order, Page, Span, View, Wanted
from infrastructure.access.seen import Seen, sql
from infrastructure.database import Database
from infrastructure.projections.projection import Projection

V = TypeVar("V", bound=View)
Selected = sa.Select[*tuple[Any, ...]]


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
        other = copy(self)
        other._principal = principal  # noqa: SLF001 - our own
        return other

    async def one(self, view: type[V], key: UUID | str) -> V | None:
        return (await self.several(view, [key])).get(key)

    async def several(self, view: type[V], keys: Sequence[UUID | str]) -> dict[UUID | str, V]:
        def rows(source: Source) -> Selected:
            return source.rows().where(source.column(view.key).in_(keys))

        return {getattr(row, view.key): row for row in await to_thread(self._read, view, rows)}

    async def page(self, view: type[V], wanted: Wanted, order: Order, first: int, after: tuple[Any, Any] | None) -> Page[V]:
        def rows(source: Source) -> Selected:
            column, key = source.table.c[order.by], source.table.c[view.key]
            statement = source.rows().where(*_conditions(source, wanted)).order_by(*_ordering(column, key, order))
            return (statement if after is None else statement.where(_beyond(column, key, order, after))).limit(first + 1)

        found = await to_thread(self._read, view, rows)
        shown = found[:first]
        return Page(shown, [(getattr(row, order.by), getattr(row, view.key)) for row in shown], len(found) > first)

    async def count(self, view: type[V], wanted: Wanted, cap: int) -> int:
        return await to_thread(self._count, view, wanted, cap)

    def _read(self, view: type[V], statement: Callable[[Source], Selected]) -> list[V]:
        with self._database.reading() as connection:
            source = self._source(connection, view)
            names = source.names
            return [view(**dict(zip(names, row, strict=True))) for row in connection.execute(statement(source))]

    def _count(self, view: type[V], wanted: Wanted, cap: int) -> int:
        with self._database.reading() as connection:
            source = self._source(connection, view)
            some = (
                sa.select(sa.literal(1)).select_from(source.table).where(*source.there, *_conditions(source, wanted)).limit(cap).subquery()
            )
            return connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()

    def _source(self, connection: sa.Connection, view: type[View]) -> Source:
        table = self._tables[view]
        if self._principal is None:
            return Source(_names(view), table)
        sight = self._seen.sight(connection, self._principal)
        truth = self._seen.rows(sight, view)
        return Source(_names(view), table, [] if truth is True else [sql(truth)], self._seen.masked(sight, view, table))


@dataclass(frozen=True, slots=True)
class Source:
    """A view's rows as far as they are there for whoever asks; some columns may be told otherwise."""

    names: tuple[str, ...]
    table: sa.Table
    there: list[sa.ColumnElement[bool]] = field(default_factory=list[sa.ColumnElement[bool]])
    masked: Mapping[str, sa.ColumnElement[Any]] = field(default_factory=dict[str, sa.ColumnElement[Any]])

    def column(self, name: str) -> sa.ColumnElement[Any]:
        return self.masked.get(name, self.table.c[name])

    def rows(self) -> Selected:
        return sa.select(*(self.column(name) for name in self.names)).where(*self.there)


def _names(view: type[View]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(view))  # type: ignore[arg-type]  # View makes every subclass a dataclass


def _conditions(source: Source, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    """A column that is told otherwise is searched as it is told."""
    chosen = [_any_of(source.column(name), values) for name, values in wanted.any_of.items()]
    return chosen + [each for name, span in wanted.within.items() for each in _within(source.column(name), span)]


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


def _beyond(column: sa.Column[Any], key: sa.Column[Any], order: Order, after: tuple[Any, Any]) -> sa.ColumnElement[bool]:
    value, id = after
    further = key < id if order.descending else key > id
    if column is key:
        return cast("sa.ColumnElement[bool]", further)
    if value is None:
        return sa.and_(column.is_(None), further)
    place, here = sa.tuple_(column, key), sa.tuple_(sa.literal(value, column.type), sa.literal(id, key.type))
    beyond = place < here if order.descending else place > here
    return sa.or_(beyond, column.is_(None)) if column.nullable else beyond
