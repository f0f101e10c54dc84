"""Fields of a mapping, made into functions from a row and its group to a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha1
from string import Formatter
from typing import Any, Final, get_args, get_type_hints
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.rules import Rejected
from infrastructure.importing import conditions
from infrastructure.importing.mapping import MappingError
from infrastructure.importing.row import BadRow, Row
from infrastructure.importing.rules import NotInTheCodeList, NotOfThePattern
from infrastructure.importing.values import moment, plain, reading

Field = Callable[[Row, Sequence[Row]], Any]

NAMESPACE = UUID("0b7c2c2e-6d43-5f5f-8f43-5d6f4cf2a001")
VERSION_AND_VARIANT = 0xF << 76 | 0x3 << 62
VERSION_5 = 0x5 << 76 | 0x2 << 62
ABSENT: Final = object()
"""An empty cell: the field is left out, and the command's own default holds."""
OTHERWISE = "*"


@dataclass(frozen=True, slots=True)
class Context:
    """What every field of a mapping may refer to; `used` gathers the columns it needs."""

    mapping: str
    zone: ZoneInfo
    times: str
    maps: Mapping[str, Mapping[str, Any]]
    used: set[str] = field(default_factory=set)

    def use(self, *columns: str) -> None:
        self.used.update(columns)


def compiled(written: Any, annotation: Any, context: Context, name: str) -> Field:
    """One field for a parameter of the given type."""
    if isinstance(written, dict):
        return _computed(written, plain(annotation), context, name)
    if isinstance(written, list):
        return _list(written, annotation, context, name)
    constant = reading(plain(annotation), context.times, context.zone, name)(written) if isinstance(written, str) else written
    return lambda _row, _rows: constant


def _computed(written: dict[str, Any], kind: Any, context: Context, name: str) -> Field:
    match written:
        case {"id": str(text)}:
            return _id(text, context)
        case {"count": str(column)}:
            return _count(column, written, context)
        case {"latest": str() | list() as columns}:
            return _extreme(max, columns, context, name)
        case {"earliest": str() | list() as columns}:
            return _extreme(min, columns, context, name)
        case {"column": str()} | {"text": str()}:
            return _cell(written, kind, context, name)
        case _:
            return _whole(written, kind, context, name)


@lru_cache(maxsize=8_192)
def source_id(mapping: str, name: str) -> UUID:
    """The id of a thing of the source, the same in every import. Remembered, for most steps speak of the same things."""
    return _uuid5(f"{mapping}/{name}")


def _uuid5(name: str) -> UUID:
    """As the standard library's, of RFC 9562, 5.5, in half its time: an import makes two for each row."""
    digest = int.from_bytes(sha1(NAMESPACE.bytes + name.encode(), usedforsecurity=False).digest()[:16])
    return UUID(int=digest & ~VERSION_AND_VARIANT | VERSION_5)


def template(text: str, context: Context) -> Callable[[Row], str]:
    """Text with columns in braces."""
    context.use(*(column for _, column, _, _ in Formatter().parse(text) if column))
    return lambda row: text.format_map(row.cells)


def _id(text: str, context: Context) -> Field:
    fill = template(text, context)
    return lambda row, _rows: source_id(context.mapping, fill(row))


def _count(column: str, written: Mapping[str, Any], context: Context) -> Field:
    """How many different values the column has in the group, in rows that fit `where`."""
    where: Mapping[str, Any] = written.get("where", {})
    least = written.get("at_least", 0)
    fits = conditions.condition(where)
    context.use(column, *conditions.columns(where))
    return lambda _row, rows: max(least, len({row.cells[column] for row in rows if fits(row, rows)}))


def _extreme(choose: Callable[[list[datetime]], datetime], written: str | list[str], context: Context, name: str) -> Field:
    """The latest or earliest time that these columns have in the group."""
    columns = [written] if isinstance(written, str) else written
    context.use(*columns)

    def value(_row: Row, rows: Sequence[Row]) -> Any:
        moments = [_moment(row, column, context, name) for row in rows for column in columns if row.cells[column]]
        return choose(moments) if moments else ABSENT

    return value


def _moment(row: Row, column: str, context: Context, name: str) -> datetime:
    try:
        return moment(row.cells[column], context.times, context.zone, name)
    except Rejected as rule:
        raise BadRow(row, rule) from rule


def _cell(written: Mapping[str, Any], kind: Any, context: Context, name: str) -> Field:
    found = _text(written, context)
    if "pattern" in written:
        found = _cut(found, written["pattern"], name)
    if "map" in written:
        found = _translated(found, _codes(written["map"], context, name), name)
    read = reading(kind, written.get("times", context.times), context.zone, name)
    default = written.get("default", "")

    def value(row: Row, _rows: Sequence[Row]) -> Any:
        text = found(row) or default
        return ABSENT if text == "" else read(text) if isinstance(text, str) else text

    return value


def _text(written: Mapping[str, Any], context: Context) -> Callable[[Row], Any]:
    if "text" in written:
        return template(written["text"], context)
    column: str = written["column"]
    context.use(column)
    return lambda row: row.cells[column]


def _cut(text: Callable[[Row], str], pattern: str, name: str) -> Callable[[Row], Any]:
    expression = re.compile(pattern)

    def cut(row: Row) -> str:
        whole = text(row)
        match = expression.search(whole)
        if whole and match is None:
            raise NotOfThePattern(field=name)
        return match[1] if match else ""

    return cut


def _codes(named: str | Mapping[str, Any], context: Context, name: str) -> Mapping[str, Any]:
    codes = context.maps.get(named) if isinstance(named, str) else named
    if codes is None:
        raise MappingError(f"Field {name} names a map {named} that is not in the mapping.")
    return codes


def _translated(text: Callable[[Row], str], codes: Mapping[str, Any], name: str) -> Callable[[Row], Any]:
    def translated(row: Row) -> Any:
        code = text(row)
        found = codes.get(code, codes.get(OTHERWISE))
        if found is None and code:
            raise NotInTheCodeList(field=name)
        return "" if found is None else found

    return translated


def _whole(written: Mapping[str, Any], kind: Any, context: Context, name: str) -> Field:
    """A value of several parts, as a place is; absent where a part that it needs is."""
    if not is_dataclass(kind) or not isinstance(kind, type):
        raise MappingError(f"Field {name} is not understood: {dict(written)!r}.")
    hints = get_type_hints(kind)
    unknown = set(written) - set(hints)
    if unknown:
        raise MappingError(f"Field {name} has no part {', '.join(sorted(unknown))}.")
    parts = {part: compiled(spec, hints[part], context, name) for part, spec in written.items()}
    needed = {part.name for part in fields(kind) if part.default is NO_DEFAULT and part.default_factory is NO_DEFAULT}

    def value(row: Row, rows: Sequence[Row]) -> Any:
        values = present({part: read(row, rows) for part, read in parts.items()})
        return kind(**values) if needed <= values.keys() else ABSENT

    return value


def _list(written: Sequence[Any], annotation: Any, context: Context, name: str) -> Field:
    """Several values, each left out where its own `when` does not hold."""
    item = get_args(plain(annotation))[0]
    parts = [_element(element, item, context, name) for element in written]

    def value(row: Row, rows: Sequence[Row]) -> Any:
        return tuple(read(row, rows) for applies, read in parts if applies(row, rows))

    return value


def _element(written: Any, item: Any, context: Context, name: str) -> tuple[conditions.Condition, Field]:
    if not isinstance(written, dict):
        return conditions.condition({}), compiled(written, item, context, name)
    when: Mapping[str, Any] = written.get("when", {})
    context.use(*conditions.columns(when))
    rest = {part: spec for part, spec in written.items() if part != "when"}
    return conditions.condition(when), compiled(rest, item, context, name)


def present(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not ABSENT}
