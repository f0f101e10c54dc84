"""Tables from view classes, and the generations of a table that stand behind one SQL view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.sql.elements import quoted_name
from sqlalchemy.types import TypeEngine

from application.views import View
from infrastructure.database import Instant
from infrastructure.projections.columns import Coded, Json

_PLAIN: dict[type, type[TypeEngine[Any]]] = {
    UUID: sa.Uuid,
    str: sa.Text,
    int: sa.BigInteger,
    float: sa.Double,
    bool: sa.Boolean,
    datetime: Instant,
    date: sa.Date,
}


def table_of(
    view: type[View],
    name: str,
    *extra: sa.Column[Any],
    indexes: Sequence[Sequence[str]] = (),
    computed: Mapping[str, str] = MappingProxyType({}),
) -> sa.Table:
    """The table whose rows are a view: a column for each field, an index for each order.

    `extra` are columns that only the projection needs, and its key where that is not the view's; `indexes` those
    that frequent filters are worth; `computed` the columns that the database works out from the others.
    """
    hints = get_type_hints(view)
    keyed = any(column.primary_key for column in extra)
    columns = [
        column_of(each.name, hints[each.name], key=each.name == view.key and not keyed, computed=computed.get(each.name))
        for each in fields(view)  # type: ignore[arg-type]  # View makes every subclass a dataclass
    ]
    table = sa.Table(name, sa.MetaData(), *columns, *extra, info={"view": view})
    ordered = [(order, view.key) if order != view.key else (order,) for order in view.orders]
    for names in dict.fromkeys([*ordered, *map(tuple, indexes), *([(view.key,)] if keyed else [])]):
        index(table, *names)
    return table


def index(table: sa.Table, *names: str) -> None:
    sa.Index(f"{table.name}_{'_'.join(names)}", *(table.columns[name] for name in names))


def column_of(name: str, hint: Any, *, key: bool = False, computed: str | None = None) -> sa.Column[Any]:
    """A column for values of an annotated type."""
    inner = _without_none(hint)
    if computed is not None:
        return sa.Column(name, _type_of(inner), sa.Computed(computed, persisted=True), nullable=inner is not hint)
    return sa.Column(name, _type_of(inner), primary_key=key, nullable=inner is not hint, autoincrement=False)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    rest = [each for each in get_args(hint) if each is not NoneType]
    return rest[0] if len(rest) == 1 else Union[tuple(rest)]  # noqa: UP007 - made at run time


def _type_of(hint: Any) -> TypeEngine[Any]:
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Coded(hint)
    return _PLAIN[hint]() if hint in _PLAIN else Json(hint)


def outline(table: sa.Table) -> str:
    """All that the database is told of a table, and what is read back from its JSON."""
    kept = physical(table, 0)
    made = [sa.schema.CreateTable(kept), *(sa.schema.CreateIndex(each) for each in sorted(kept.indexes, key=lambda each: str(each.name)))]
    shapes = [f"{column.name}: {column.type.shape}" for column in table.columns if isinstance(column.type, Json)]
    return "\n".join([*map(str, made), *shapes])


@cache
def physical(table: sa.Table, generation: int) -> sa.Table:
    """The table that holds one generation's rows. Its indexes are made once it is filled."""
    copy = table.to_metadata(sa.MetaData(), name=f"{table.name}_g{generation}")
    for each in copy.indexes:
        each.name = quoted_name(f"{each.name}_g{generation}", quote=None)
    return copy
