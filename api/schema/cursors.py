"""Cursors: where a row stands in its order, opaque to the caller and checked when it comes back."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import msgspec

from api.schema.scalars import Cursor
from domain.rules import InvalidValue


class CursorUnknown(InvalidValue):
    """This is not a cursor of this list in this order; ask for the first page without one.

    游标不属于此列表或此排序；请不带游标查询第一页。
    """

    on = "after"


def cursor(name: str, *place: Any) -> Cursor:
    """A place in the list or order of this name."""
    return Cursor(urlsafe_b64encode(msgspec.json.encode([name, *place])).rstrip(b"=").decode())


def place(text: Cursor, name: str, *kinds: Any) -> tuple[Any, ...]:
    """The way back; anything that such a list did not hand out is refused."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        found, *values = msgspec.json.decode(raw, type=list[Any])
        if found != name or len(values) != len(kinds):
            raise CursorUnknown
        return tuple(msgspec.convert(value, type=kind) for value, kind in zip(values, kinds, strict=True))
    except (ValueError, TypeError, msgspec.MsgspecError) as error:
        raise CursorUnknown from error
