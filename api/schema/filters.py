"""Filters of lists: any of several values, or a span of time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_type_hints

import strawberry

from api.schema.shapes import asked, bare, built, many
from application.views import Span, View, Wanted


@strawberry.input(description="From a time (included) to a time (excluded); either may be left open. 时间段，含起不含止。")
class DateTimeSpan:
    low: datetime | None = strawberry.field(name="from", default=None)
    high: datetime | None = strawberry.field(name="to", default=None)


@strawberry.input(description="From a day (included) to a day (excluded); either may be left open. 日期段，含起不含止。")
class DateSpan:
    low: date | None = strawberry.field(name="from", default=None)
    high: date | None = strawberry.field(name="to", default=None)


VALID_ON = "valid_on"
"""What has a valid time is asked for by a day as well."""


def filter_of(view: type[View], name: str) -> Any:
    """The input by which a view's list is narrowed; fields hold together, values of one field are alternatives."""
    hints = get_type_hints(view)
    columns = {column: _wish(column, bare(hints[column])) for column in view.filters}
    if "valid_to" in hints:
        columns[VALID_ON] = date | None
    return built(
        f"{name}Filter",
        columns,
        defaults=dict.fromkeys(columns),
        description="All given fields must fit; one of a field's values must. 各字段同时满足，字段内任一值即可。",
        given=True,
    )


def wanted(view: type[View], given: Any) -> Wanted:
    """The filter as the read models take it."""
    values = {column: getattr(given, column) for column in view.filters} if given is not None else {}
    values = {column: value for column, value in values.items() if value is not None}
    spans = {column: Span(value.low, value.high) for column, value in values.items() if isinstance(value, (DateTimeSpan, DateSpan))}
    any_of = {column: _alternatives(value) for column, value in values.items() if column not in spans}
    return Wanted(any_of=any_of, within=spans, valid_on=getattr(given, VALID_ON, None))


def _alternatives(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _wish(column: str, kind: Any) -> Any:
    if kind is datetime:
        return DateTimeSpan | None
    if kind is date:
        return DateSpan | None
    if kind is bool:
        return bool | None
    return many(asked(column, kind)) | None
