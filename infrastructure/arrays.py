"""Numbers and arrays in PostgreSQL's binary format, made in one go: psycopg looks at every element, which costs more than the commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from struct import Struct, pack
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.adapt import Dumper
from psycopg.pq import Format

BOOL, BYTEA, INT8, INT2, TEXT, FLOAT8, DATE, UUID_ = 16, 17, 20, 21, 25, 701, 1082, 2950
_ARRAY_OF = {BOOL: 1000, BYTEA: 1001, INT8: 1016, INT2: 1005, TEXT: 1009, FLOAT8: 1022, DATE: 1182, UUID_: 2951}
_HEADER = Struct("!iiIii").pack
_INT8 = Struct("!iq").pack
_INT2 = Struct("!ih").pack
_FLOAT8 = Struct("!id").pack
_DATE = Struct("!ii").pack
_BOOL = {True: pack("!i?", 1, True), False: pack("!i?", 1, False), None: pack("!i", -1)}
_FIRST_DAY = date(2000, 1, 1).toordinal()
_NULL = pack("!i", -1)
_UUID = pack("!i", 16)
_LENGTH = Struct("!i").pack


class Binary(NamedTuple):
    """A value as the server will read it."""

    oid: int
    data: bytes


class BinaryDumper(Dumper):
    """Gives psycopg a `Binary` as it is; its type is the one that the statement casts it to."""

    format = Format.BINARY

    def dump(self, obj: Binary) -> bytes:
        return obj.data


def int8(value: int) -> Binary:
    return Binary(INT8, pack("!q", value))


def int8s(values: Sequence[int | None]) -> Binary:
    return _array(INT8, len(values), (_NULL if value is None else _INT8(8, value) for value in values))


def int2s(values: Sequence[int]) -> Binary:
    return _array(INT2, len(values), (_INT2(2, value) for value in values))


def float8s(values: Sequence[float | None]) -> Binary:
    return _array(FLOAT8, len(values), (_NULL if value is None else _FLOAT8(8, value) for value in values))


def bools(values: Sequence[bool | None]) -> Binary:
    return _array(BOOL, len(values), map(_BOOL.__getitem__, values))


def dates(values: Sequence[date | None]) -> Binary:
    """Days since the first one of 2000."""
    return _array(DATE, len(values), (_NULL if value is None else _DATE(4, value.toordinal() - _FIRST_DAY) for value in values))


def uuids(values: Sequence[UUID | None]) -> Binary:
    return _array(UUID_, len(values), (_NULL if value is None else _UUID + value.bytes for value in values))


def texts(values: Sequence[str | None]) -> Binary:
    return _sized(TEXT, [None if value is None else value.encode() for value in values])


def byteas(values: Sequence[bytes]) -> Binary:
    return _sized(BYTEA, values)


def _sized(element: int, values: Sequence[bytes | None]) -> Binary:
    return _array(element, len(values), (_NULL if value is None else _LENGTH(len(value)) + value for value in values))


def _array(element: int, length: int, parts: Iterable[bytes]) -> Binary:
    """One dimension that starts at 1, with room for nulls; an empty array has no dimension at all."""
    header = _HEADER(1, 1, element, length, 1) if length else pack("!iiI", 0, 0, element)
    return Binary(_ARRAY_OF[element], header + b"".join(parts))


ARRAYS: dict[str, Callable[[Sequence[Any]], Binary]] = {
    "BIGINT": int8s,
    "BOOLEAN": bools,
    "DATE": dates,
    "DOUBLE PRECISION": float8s,
    "TEXT": texts,
    "UUID": uuids,
}
"""For a column's type, by its name on PostgreSQL, how its values become an array."""
