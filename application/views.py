"""What can be read: a view is the row, the table and the GraphQL type in one; and how lists of views are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, TypeVar, dataclass_transform
from uuid import UUID


@dataclass_transform(frozen_default=True, kw_only_default=True)
class View:
    """A row that people and programs may read.

    `key` names the field that identifies the row; `filters` the fields a list may be narrowed by, `orders` those it
    may be sorted by (each has an index). The docstring says what the row is, in English and then in Chinese.
    """

    key: ClassVar[str] = "id"
    filters: ClassVar[tuple[str, ...]] = ()
    orders: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=True)(cls)


V = TypeVar("V", bound=View)


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` (included) to `high` (excluded); None is open."""

    low: Any = None
    high: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows: each field equal to one of several values, or within a span; `holding` names the columns from and to which a row holds,
    and the moment at which it must."""

    any_of: Mapping[str, Sequence[Any]] = field(default_factory=dict[str, Sequence[Any]])
    within: Mapping[str, Span] = field(default_factory=dict[str, Span])
    holding: Mapping[tuple[str, str], Any] = field(default_factory=dict[tuple[str, str], Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """By one field and then by the key, so that every row has its place."""

    by: str
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Page(Generic[V]):
    """Some rows; `cursors` are where each stands in the order, `more` says whether others follow."""

    rows: Sequence[V]
    cursors: Sequence[tuple[Any, Any]]
    more: bool


Columns = frozenset[str] | None
"""Which columns somebody needs. The others of a row are then not there; None is all of them, and rows are views."""


class ReadModels(Protocol):
    """The rows that projections have written."""

    async def one(self, view: type[V], key: UUID | str) -> V | None: ...

    async def several(self, view: type[V], keys: Sequence[UUID | str], columns: Columns = None) -> dict[UUID | str, V]: ...

    async def page(
        self, view: type[V], wanted: Wanted, order: Order, first: int, after: tuple[Any, Any] | None, columns: Columns = None
    ) -> Page[V]: ...

    async def count(self, view: type[V], wanted: Wanted, cap: int) -> int:
        """How many rows, counted no further than `cap`."""
        ...
