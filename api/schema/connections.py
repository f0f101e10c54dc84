"""Lists by keyset: a page of rows, a cursor for each, and a count for those who select it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar, get_type_hints

import strawberry

from api.context import GraphInfo, context_of
from api.schema.cursors import cursor, place
from api.schema.scalars import Cursor
from api.schema.shapes import bare, built, many
from application.views import Order, Page, View, Wanted
from domain.rules import LimitExceeded

LARGEST = 100
USUAL = 25
COUNTED = 10_000
"""A list counts its rows no further than this: counting is as dear as reading."""

R = TypeVar("R")


class PageTooLarge(LimitExceeded):
    """A list shows 1 to 100 rows at a time.

    列表每次返回 1 至 100 行。
    """

    on = "first"


def rows_asked(first: int, largest: int = LARGEST) -> int:
    if not 1 <= first <= largest:
        raise PageTooLarge
    return first


@strawberry.type(description="Where a page ends and whether others follow. 分页信息。")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: Cursor | None
    end_cursor: Cursor | None


@dataclass(frozen=True, slots=True)
class Edge(Generic[R]):
    cursor: Cursor
    node: R


class Count:
    """How many rows a list has, worked out once however it is asked for."""

    def __init__(self, view: type[View], wanted: Wanted) -> None:
        self._view = view
        self._wanted = wanted
        self._counting: asyncio.Future[int] | None = None

    async def rows(self, info: GraphInfo) -> int:
        if self._counting is None:
            models = context_of(info).rows
            self._counting = asyncio.ensure_future(models.count(self._view, self._wanted, COUNTED + 1))
        return await self._counting


@dataclass(frozen=True)
class Listing(Generic[R]):
    """A page as it is answered; what the schema's connection types are made of."""

    nodes: Sequence[R]
    places: Sequence[tuple[Any, ...]]
    name: str
    """Of the list: with a row's place it makes the row's cursor, for those who ask for it."""
    more: bool
    resumed: bool = False
    count: Count | None = None

    @property
    def edges(self) -> list[Edge[R]]:
        return [Edge(cursor, node) for cursor, node in zip(map(self._cursor, self.places), self.nodes, strict=True)]

    @cached_property
    def page_info(self) -> PageInfo:
        first, last = (self._cursor(self.places[0]), self._cursor(self.places[-1])) if self.places else (None, None)
        return PageInfo(has_next_page=self.more, has_previous_page=self.resumed, start_cursor=first, end_cursor=last)

    def _cursor(self, place: tuple[Any, ...]) -> Cursor:
        return cursor(self.name, *place)


async def _total(root: Any, info: GraphInfo) -> int:
    rows: int = await root.count.rows(info)
    return min(COUNTED, rows)


async def _capped(root: Any, info: GraphInfo) -> bool:
    rows: int = await root.count.rows(info)
    return rows > COUNTED


def connection(name: str, node: Any, *, counted: bool = False) -> Any:
    """The connection type of a type of rows."""
    edge = built(f"{name}Edge", {"cursor": Cursor, "node": node}, defaults={}, description="A row and its cursor. 一行及其游标。")
    columns = {"nodes": many(node), "edges": many(edge), "page_info": PageInfo}
    total = strawberry.field(resolver=_total, description=f"How many rows, counted no further than {COUNTED:,}. 总数（上限一万）。")
    capped = strawberry.field(resolver=_capped, description="There are more rows than were counted. 实际总数超过上限。")
    defaults = {"total_count": total, "total_count_capped": capped} if counted else {}
    return built(f"{name}Connection", columns, defaults=defaults, description="A page of a list. 列表的一页。")


def orders(view: type[View], name: str) -> tuple[Any, Enum]:
    """The orders in which a view is listed, as an enum, and the usual one: newest first, or by name."""
    choices = {
        f"{by.upper()}_{way}": Order(by=by, descending=way == "DESC") for by in view.orders for way in _ways(get_type_hints(view)[by])
    }
    kind: Any = Enum(f"{name}Order", choices)  # type: ignore[misc]  # named at run time
    return strawberry.enum(kind, description="The order of the list. 排序。"), next(iter(kind))


def _ways(annotation: Any) -> tuple[str, str]:
    return ("ASC", "DESC") if getattr(bare(annotation), "__supertype__", bare(annotation)) is str else ("DESC", "ASC")


def listed(view: type[View], wanted: Wanted, order: Order, page: Page[Any], after: Cursor | None) -> Listing[Any]:
    return Listing(page.rows, page.cursors, _list_name(view, order), page.more, after is not None, Count(view, wanted))


def resumed(view: type[View], order: Order, after: Cursor | None) -> tuple[Any, Any] | None:
    if after is None:
        return None
    hints = get_type_hints(view)
    value, key = place(after, _list_name(view, order), _plain(hints[order.by]) | None, _plain(hints[view.key]))
    return value, key


def _plain(annotation: Any) -> Any:
    kind = bare(annotation)
    return getattr(kind, "__supertype__", kind)


def _list_name(view: type[View], order: Order) -> str:
    return f"{view.__name__}/{order.by}/{'desc' if order.descending else 'asc'}"
