"""Column types of projection tables: codes of an enum, and values stored as JSON."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect

Processor = Callable[[Any], Any]


class Coded(sa.TypeDecorator[Enum]):
    """An enum's value as text."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, codes: type[Enum]) -> None:
        super().__init__()
        self.codes = codes

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return value.value if isinstance(value, Enum) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else self.codes(value)


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

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else self._decoder.decode(value)


def to_driver(column: sa.Column[Any], dialect: Dialect) -> Processor | None:
    """How a value becomes what the driver takes; None where it is taken as it is."""
    return column.type.dialect_impl(dialect).bind_processor(dialect)


def from_driver(column: sa.Column[Any], dialect: Dialect) -> Processor | None:
    """How what the driver gives becomes a value; None where it is one."""
    return column.type.dialect_impl(dialect).result_processor(dialect, None)
