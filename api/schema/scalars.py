"""Scalars: ids keep their names from the domain, times carry their offset, positions are whole numbers of 64 bits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NewType
from uuid import UUID

import strawberry
from strawberry.types.scalar import ScalarDefinition

from domain import ids

Position = NewType("Position", int)
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
    raise ValueError("The id must be a UUID, as 0190a5d2-7c3e-7b1a-9c51-3f2b6a1c9e10. 编号须为 UUID 格式。")


def _position(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST:
        return value
    raise ValueError("Position needs a whole number from 0 on. 位置须为非负整数。")


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


_UUIDS = {
    "AlarmId": ids.AlarmId,
    "ReportId": ids.ReportId,
    "OrderId": ids.OrderId,
    "UnitId": ids.UnitId,
    "CaseId": ids.CaseId,
    "SeriesId": ids.SeriesId,
    "RequestId": ids.RequestId,
    "CorrectionId": ids.CorrectionId,
    "PersonId": ids.PersonId,
    "DivisionId": ids.DivisionId,
}
_NAMES = {
    "CameraId": (ids.CameraId, "GB/T 28181 device id. 国标设备编号。"),
    "OfficerId": (ids.OfficerId, "An officer. 民警编号。"),
    "OrganisationId": (ids.OrganisationId, "An organisation's own code. 机构代码。"),
    "DivisionCode": (ids.DivisionCode, "GB/T 2260 code, six digits. 行政区划代码。"),
}

SCALARS: dict[object, ScalarDefinition] = {
    UUID: _scalar("UUID", "A UUID (RFC 9562). 通用唯一标识。", _uuid),
    datetime: _scalar("DateTime", "A time with its offset, told in UTC. 带时区偏移的时间，以 UTC 返回。", _instant, _tell_instant),
    date: _scalar("Date", "A day, as 2024-05-01. 日期。", _day, date.isoformat),
    Position: _scalar("Position", "A place in the log's one order, from 1; 0 is before everything. 日志位置。", _position, int),
    Cursor: _scalar("Cursor", "Where a row stands in a list; hand it back as it came. 列表游标。", _name),
    Json: _scalar("JSON", "The event's own fields, as recorded. 事件原文。", _kept, _kept),
    **{kind: _scalar(name, f"A UUID that names one thing of a kind ({name}). 编号。", _uuid) for name, kind in _UUIDS.items()},
    **{kind: _scalar(name, description, _name) for name, (kind, description) in _NAMES.items()},
}
