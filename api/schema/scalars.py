"""Scalars: ids keep their names from the domain, times carry their offset, positions are whole numbers of 64 bits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NewType
from uuid import UUID

import strawberry
from strawberry.types.scalar import ScalarDefinition

from api.schema.ids import KINDS, Key, given, teller
from application.geojson import area_of, geojson
from domain import ids
from domain.areas import Area

Position = NewType("Position", int)
ByteSize = NewType("ByteSize", int)
Cursor = NewType("Cursor", str)
Json = NewType("Json", object)

HIGHEST = 2**63 - 1
LAST_YEAR = 9999
"""The calendar's own; a day later may not exist there."""


def _instant(value: object) -> datetime:
    if isinstance(value, str):
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            instant = None
        if instant is not None and instant.tzinfo is not None and _in_range(instant):
            return instant.astimezone(UTC)
    raise ValueError("DateTime needs a time with its offset, as 2024-05-01T08:30:00+08:00. 时间须为带时区偏移的 ISO 8601 格式。")


def _in_range(instant: datetime) -> bool:
    """A time that can be told in UTC: the first and last days of the calendar cannot in every offset."""
    return 1 < instant.year < LAST_YEAR


def _day(value: object) -> date:
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is not None and 1 < day.year < LAST_YEAR:
            return day
    raise ValueError("Date needs a day, as 2024-05-01. 日期须为 ISO 8601 格式。")


def _uuid(value: object) -> UUID:
    if isinstance(value, str):
        try:
            return UUID(value)
        except ValueError:
            pass
    raise ValueError("A UUID is needed, as 0190a5d2-7c3e-7b1a-9c51-3f2b6a1c9e10. 须为 UUID 格式。")


def _given_id(kind: Any) -> Callable[[object], Key]:
    """Takes an id in either form."""
    word = KINDS[kind]

    def parse(value: object) -> Key:
        key = given(kind, value) if isinstance(value, str) else None
        if key is None:
            raise ValueError(f"The id of one {word} is needed, as it was told or as the UUID that it was made of. 须为此类对象的编号。")
        return key

    return parse


def _position(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST:
        return value
    raise ValueError("Position needs a whole number from 0 on. 位置须为非负整数。")


def _byte_size(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= HIGHEST:
        return value
    raise ValueError("ByteSize needs a whole number. 字节数须为整数。")


def _name(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("A text is needed here. 此处须为文字。")


def _tell_instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _scalar(name: str, description: str, parse: Callable[[Any], Any], serialize: Callable[[Any], Any] = str) -> ScalarDefinition:
    return strawberry.scalar(name=name, description=description, parse_value=parse, serialize=serialize)


def _kept(value: object) -> object:
    return value


_CODES = {
    "CameraId": (ids.CameraId, "GB/T 28181 device id. 国标设备编号。"),
    "OfficerId": (ids.OfficerId, "An officer. 民警编号。"),
    "DivisionCode": (ids.DivisionCode, "GB/T 2260 code, six digits. 行政区划代码。"),
}


def _id(kind: Any) -> ScalarDefinition:
    """Ids of things are told with their kind; an organisation's stays the code that people know it by."""
    if kind is ids.OrganisationId:
        return _scalar("OrganisationId", "An organisation's own code; its id is taken too. 机构代码，亦可用其编号。", _given_id(kind))
    name, told = kind.__name__, teller(kind)
    description = (
        f"The id of one {KINDS[kind]}, as `{KINDS[kind]}_0190a5d27c3e7b1a9c513f2b6a1c9e10`; the bare UUID is taken too. 对象编号。"
    )
    return _scalar(name, description, _given_id(kind), told)


SCALARS: dict[object, ScalarDefinition] = {
    UUID: _scalar("UUID", "A UUID (RFC 9562). 通用唯一标识。", _uuid),
    datetime: _scalar("DateTime", "A time with its offset, told in UTC. 带时区偏移的时间，以 UTC 返回。", _instant, _tell_instant),
    date: _scalar("Date", "A day, as 2024-05-01. 日期。", _day, date.isoformat),
    Position: _scalar("Position", "A place in the log's one order, from 1; 0 is before everything. 日志位置。", _position, int),
    ByteSize: _scalar("ByteSize", "So many bytes; video has more than an Int holds. 字节数。", _byte_size, int),
    Cursor: _scalar("Cursor", "Where a row stands in a list; hand it back as it came. 列表游标。", _name),
    Json: _scalar("JSON", "The event's own fields, as recorded. 事件原文。", _kept, _kept),
    Area: _scalar("GeoJSON", "A GeoJSON Polygon or MultiPolygon, in WGS84 degrees. GeoJSON 多边形或多重多边形。", area_of, geojson),
    **{kind: _id(kind) for kind in KINDS},
    **{kind: _scalar(name, description, _name) for name, (kind, description) in _CODES.items()},
}
