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


STRETCHES: dict[str, tuple[type, str, str]] = {
    "valid_on": (date, "valid_from", "valid_to"),
    "active_on": (datetime, "active_from", "active_to"),
}
"""What holds from one moment to another is asked for by a moment as well: its name, its kind, and the columns of both."""


def filter_of(view: type[View], name: str) -> Any:
    """The input by which a view's list is narrowed; fields hold together, values of one field are alternatives."""
    hints = get_type_hints(view)
    columns = {column: _wish(column, bare(hints[column])) for column in view.filters}
    columns |= {name: kind | None for name, (kind, _, end) in STRETCHES.items() if end in hints}
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
    moments = {(begin, end): getattr(given, name, None) for name, (_, begin, end) in STRETCHES.items()}
    return Wanted(any_of=any_of, within=spans, holding={columns: moment for columns, moment in moments.items() if moment is not None})


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
