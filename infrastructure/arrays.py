"""Numbers and arrays in PostgreSQL's binary format, made in one go: psycopg looks at every element, which costs more than the commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from struct import Struct, pack
from typing import NamedTuple
from uuid import UUID

BYTEA, INT8, INT2, TEXT, UUID_ = 17, 20, 21, 25, 2950
_ARRAY_OF = {BYTEA: 1001, INT8: 1016, INT2: 1005, TEXT: 1009, UUID_: 2951}
_HEADER = Struct("!iiIii").pack
_INT8 = Struct("!iq").pack
_INT2 = Struct("!ih").pack
_NULL = pack("!i", -1)
_UUID = pack("!i", 16)
_LENGTH = Struct("!i").pack


class Binary(NamedTuple):
    """A value as the server will read it."""

    oid: int
    data: bytes


def int8(value: int) -> Binary:
    return Binary(INT8, pack("!q", value))


def int8s(values: Sequence[int | None]) -> Binary:
    return _array(INT8, len(values), (_NULL if value is None else _INT8(8, value) for value in values))


def int2s(values: Sequence[int]) -> Binary:
    return _array(INT2, len(values), (_INT2(2, value) for value in values))


def uuids(values: Sequence[UUID]) -> Binary:
    return _array(UUID_, len(values), (_UUID + value.bytes for value in values))


def texts(values: Sequence[str]) -> Binary:
    return _sized(TEXT, [value.encode() for value in values])


def byteas(values: Sequence[bytes]) -> Binary:
    return _sized(BYTEA, values)


def _sized(element: int, values: Sequence[bytes]) -> Binary:
    return _array(element, len(values), (_LENGTH(len(value)) + value for value in values))


def _array(element: int, length: int, parts: Iterable[bytes]) -> Binary:
    """One dimension that starts at 1, with room for nulls; an empty array has no dimension at all."""
    header = _HEADER(1, 1, element, length, 1) if length else pack("!iiI", 0, 0, element)
    return Binary(_ARRAY_OF[element], header + b"".join(parts))
