"""Reads the rows that projections have written: by key, and page by page in an order."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa

from application.views import Order, Page, Span, View, Wanted
from infrastructure.database import Database
from infrastructure.projections.projection import Projection

V = TypeVar("V", bound=View)
Selected = sa.Select[*tuple[Any, ...]]


class SqlReadModels:
    """The read models of the application's port. Each question sees one state of the database."""

    def __init__(self, database: Database, projections: Iterable[Projection]) -> None:
        tables = [table for projection in projections for table in projection.tables if "view" in table.info]
        self._tables: dict[type[View], sa.Table] = {table.info["view"]: table for table in tables}
        self._database = database

    async def one(self, view: type[V], key: UUID | str) -> V | None:
        return (await self.several(view, [key])).get(key)

    async def several(self, view: type[V], keys: Sequence[UUID | str]) -> dict[UUID | str, V]:
        table = self._tables[view]
        statement = _rows_of(view, table).where(table.c[view.key].in_(keys))
        return {getattr(row, view.key): row for row in await to_thread(self._read, view, statement)}

    async def page(self, view: type[V], wanted: Wanted, order: Order, first: int, after: tuple[Any, Any] | None) -> Page[V]:
        table = self._tables[view]
        column, key = table.c[order.by], table.c[view.key]
        statement = _rows_of(view, table).where(*_conditions(table, wanted)).order_by(*_ordering(column, key, order))
        if after is not None:
            statement = statement.where(_beyond(column, key, order, after))
        rows = await to_thread(self._read, view, statement.limit(first + 1))
        shown = rows[:first]
        return Page(shown, [(getattr(row, order.by), getattr(row, view.key)) for row in shown], len(rows) > first)

    async def count(self, view: type[V], wanted: Wanted, cap: int) -> int:
        table = self._tables[view]
        some = sa.select(sa.literal(1)).select_from(table).where(*_conditions(table, wanted)).limit(cap).subquery()
        return await to_thread(self._count, sa.select(sa.func.count()).select_from(some))

    def _read(self, view: type[V], statement: Selected) -> list[V]:
        with self._database.reading() as connection:
            names = _names(view)
            return [view(**dict(zip(names, row, strict=True))) for row in connection.execute(statement)]

    def _count(self, statement: sa.Select[int]) -> int:
        with self._database.reading() as connection:
            return connection.execute(statement).scalar_one()


def _names(view: type[View]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(view))  # type: ignore[arg-type]  # View makes every subclass a dataclass


def _rows_of(view: type[View], table: sa.Table) -> Selected:
    return sa.select(*(table.c[name] for name in _names(view)))


def _conditions(table: sa.Table, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    chosen = [_any_of(table.c[name], values) for name, values in wanted.any_of.items()]
    return chosen + [each for name, span in wanted.within.items() for each in _within(table.c[name], span)]


def _any_of(column: sa.Column[Any], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    condition = column.in_([value for value in values if value is not None])
    return sa.or_(condition, column.is_(None)) if None in values else condition


def _within(column: sa.Column[Any], span: Span) -> list[sa.ColumnElement[bool]]:
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
