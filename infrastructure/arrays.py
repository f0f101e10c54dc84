"""Arrays in PostgreSQL's binary format, made in one go: psycopg's own dumper looks at every element, which costs more than the commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from struct import Struct, pack
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.abc import DumperKey
from psycopg.adapt import Dumper, PyFormat
from psycopg.pq import Format

BYTEA, INT8, INT2, TEXT, UUID_ = 17, 20, 21, 25, 2950
_ARRAY_OF = {BYTEA: 1001, INT8: 1016, INT2: 1005, TEXT: 1009, UUID_: 2951}
_HEADER = Struct("!iiIii").pack
_INT8 = Struct("!iq").pack
_INT2 = Struct("!ih").pack
_NULL = pack("!i", -1)
_UUID = pack("!i", 16)
_LENGTH = Struct("!i").pack


_KEYS: dict[int, DumperKey] = {oid: type(f"Array{oid}", (), {}) for oid in _ARRAY_OF.values()}
"""psycopg keeps one dumper for each key, and a key must be a type."""


@dataclass(frozen=True, slots=True)
class Array:
    """A value of an array type, as the server will read it."""

    oid: int
    data: bytes


def int8s(values: Sequence[int | None]) -> Array:
    return _array(INT8, len(values), (_NULL if value is None else _INT8(8, value) for value in values))


def int2s(values: Sequence[int]) -> Array:
    return _array(INT2, len(values), (_INT2(2, value) for value in values))


def uuids(values: Sequence[UUID]) -> Array:
    return _array(UUID_, len(values), (_UUID + value.bytes for value in values))


def texts(values: Sequence[str]) -> Array:
    return _sized(TEXT, [value.encode() for value in values])


def byteas(values: Sequence[bytes]) -> Array:
    return _sized(BYTEA, values)


def _sized(element: int, values: Sequence[bytes]) -> Array:
    return _array(element, len(values), (_LENGTH(len(value)) + value for value in values))


def _array(element: int, length: int, parts: Iterable[bytes]) -> Array:
    """One dimension that starts at 1, with room for nulls; an empty array has no dimension at all."""
    header = _HEADER(1, 1, element, length, 1) if length else pack("!iiI", 0, 0, element)
    return Array(_ARRAY_OF[element], header + b"".join(parts))


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def get_key(self, obj: Array, format: PyFormat) -> DumperKey:  # noqa: ARG002 - psycopg's signature
        return _KEYS[obj.oid]

    def upgrade(self, obj: Array, format: PyFormat) -> _ArrayDumper:  # noqa: ARG002 - psycopg's signature
        dumper = _ArrayDumper(Array)
        dumper.oid = obj.oid
        return dumper

    def dump(self, obj: Array) -> bytes:
        return obj.data


def understand_arrays(connection: Connection[Any]) -> None:
    connection.adapters.register_dumper(Array, _ArrayDumper)
