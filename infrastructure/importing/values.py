"""How a cell's text becomes a value of the type that a command's parameter asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin
from uuid import UUID
from zoneinfo import ZoneInfo

from application.geojson import area_of
from domain.areas import Area
from infrastructure.importing.mapping import MappingError
from infrastructure.importing.rules import AreaNotUnderstood, IdNotUnderstood, NotInTheCodeList, NumberNotUnderstood, TimeNotUnderstood

Reading = Callable[[str], Any]

TRUE = frozenset({"true", "1", "yes", "y"})


def plain(annotation: Any) -> Any:
    """The type itself, without `| None` and without its name."""
    if get_origin(annotation) in (Union, UnionType):
        return plain(next(arm for arm in get_args(annotation) if arm is not NoneType))
    return plain(annotation.__supertype__) if isinstance(annotation, NewType) else annotation


def reading(kind: Any, times: str, zone: ZoneInfo, field: str) -> Reading:
    """How to read text as a value of a plain type."""
    if kind is datetime:
        return lambda text: moment(text, times, zone, field)
    if kind is date:
        return lambda text: _day(text, times, field)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return lambda text: _code(kind, text, field)
    simple: dict[Any, Reading] = {
        str: str,
        bool: lambda text: text.lower() in TRUE,
        int: lambda text: _number(int, text, field),
        float: lambda text: _number(float, text, field),
        UUID: lambda text: _uuid(text, field),
        plain(Area): lambda text: _area(text, field),
    }
    if kind not in simple:
        raise MappingError(f"Field {field} is a {getattr(kind, '__name__', kind)}: it cannot be read from a column.")
    return simple[kind]


def moment(text: str, times: str, zone: ZoneInfo, field: str) -> datetime:
    try:
        return _moment(text, times, zone)
    except ValueError as error:
        raise TimeNotUnderstood(field=field) from error


@lru_cache(maxsize=8_192)
def _moment(text: str, times: str, zone: ZoneInfo) -> datetime:
    """Remembered, for one time stands in several rows and is read by several steps."""
    return datetime.strptime(text, times).replace(tzinfo=zone).astimezone(UTC)


def _day(text: str, times: str, field: str) -> date:
    try:
        return datetime.strptime(text, times).date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise TimeNotUnderstood(field=field) from error


def _code(kind: type[StrEnum], text: str, field: str) -> StrEnum:
    try:
        return kind(text)
    except ValueError as error:
        raise NotInTheCodeList(field=field) from error


def _number(kind: type[int | float], text: str, field: str) -> float:
    try:
        return kind(text)
    except ValueError as error:
        raise NumberNotUnderstood(field=field) from error


def _area(text: str, field: str) -> Area:
    try:
        return area_of(json.loads(text))
    except ValueError as error:
        raise AreaNotUnderstood(field=field) from error


def _uuid(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise IdNotUnderstood(field=field) from error
