"""Column types of projection tables: codes of an enum, and values stored as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect

from infrastructure.database import Instant, microseconds

Prepare = Callable[[Sequence[Any]], Sequence[Any]]
Read = Callable[[Any], Any]
"""Turns what the driver read into a value: SQLAlchemy's own way, by `process_result_value`, takes two calls more for each."""


class Coded(sa.TypeDecorator[Enum]):
    """An enum's value as text."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, codes: type[Enum]) -> None:
        super().__init__()
        self.codes = codes
        self._by_value: dict[str | None, Enum | None] = {None: None, **{each.value: each for each in codes}}

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return value.value if isinstance(value, Enum) else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Read:  # noqa: ARG002 - SQLAlchemy's signature
        return self._by_value.__getitem__


class Json(sa.TypeDecorator[Any]):
    """A value of any type that msgspec knows, as JSON text."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape
        self._decoder = msgspec.json.Decoder(shape)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else msgspec.json.encode(value).decode()

    def result_processor(self, dialect: Dialect, coltype: object) -> Read:  # noqa: ARG002 - SQLAlchemy's signature
        decode = self._decoder.decode
        return lambda value: None if value is None else decode(value)


def to_driver(column: sa.Column[Any], dialect: Dialect) -> Prepare | None:
    """How the values of a column become what the driver takes, many at a time; None where they are taken as they are."""
    kind = column.type
    if isinstance(kind, Coded) and issubclass(kind.codes, str):
        return _strings
    if isinstance(kind, Json):
        return _json
    if isinstance(kind, Instant):
        return _microseconds
    if isinstance(kind, sa.Uuid):
        return _hex if dialect.name == "sqlite" else None
    if isinstance(kind, sa.Date):
        return _days if dialect.name == "sqlite" else None
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    return None if process is None or isinstance(kind, sa.Boolean) else lambda values: list(map(process, values))


def _strings(values: Sequence[Any]) -> Sequence[Any]:
    return [None if value is None else str(value) for value in values]


def _json(values: Sequence[Any]) -> Sequence[Any]:
    encode = msgspec.json.encode
    return [None if value is None else encode(value).decode() for value in values]


def _microseconds(values: Sequence[Any]) -> Sequence[Any]:
    return [None if value is None else microseconds(value) for value in values]


def _days(values: Sequence[date | None]) -> Sequence[Any]:
    return [None if value is None else _iso(value) for value in values]


_iso = lru_cache(maxsize=4_096)(date.isoformat)
"""The same few days again and again."""


def _hex(values: Sequence[Any]) -> Sequence[Any]:
    return [None if value is None else value.hex for value in values]
