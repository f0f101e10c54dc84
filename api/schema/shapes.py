"""How the domain's types look in GraphQL: tuples are lists, enums enums, value objects objects; and the way back for input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from inspect import cleandoc
from types import GenericAlias, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import strawberry

from api.schema.scalars import ByteSize, Position
from api.schema.words import LABEL_LANGUAGE, Language, label

READS = "reads"
WIDE: dict[str, Any] = dict.fromkeys(("position", "corrects", "began", "evidence_position"), Position) | {"byte_size": ByteSize}
"""Whole numbers that need 64 bits: places in the log, and sizes of what is large."""


def told(name: str, annotation: Any) -> Any:
    """A field's type as it is answered."""
    return _shaped(name, annotation, _answered)


def asked(name: str, annotation: Any) -> Any:
    """A field's type as it is given."""
    return _shaped(name, annotation, _given)


def reads(*columns: str) -> dict[str, frozenset[str]]:
    """A field's metadata: all that its resolver takes from its row, so that no more needs to be read."""
    return {READS: frozenset(columns)}


def bare(annotation: Any) -> Any:
    """The type without its None."""
    kinds = [each for each in get_args(annotation) if each is not NoneType]
    return kinds[0] if get_origin(annotation) in {Union, UnionType} and len(kinds) == 1 else annotation


def many(kind: Any) -> Any:
    """A list of a type that is made at run time."""
    return GenericAlias(list, (kind,))


def described(thing: Any) -> str | None:
    """A docstring for people who read the schema: its paragraphs, English and Chinese."""
    text = cleandoc(thing.__doc__ or "")
    return None if text.startswith(f"{getattr(thing, '__name__', '')}(") else text or None


def built(
    name: str,
    columns: Mapping[str, Any],
    *,
    defaults: Mapping[str, Any],
    description: str | None,
    given: bool = False,
    interface: tuple[type, ...] = (),
) -> Any:
    """A Strawberry type from its columns' types and their defaults or fields."""
    return finished(type(name, interface, {}), columns, defaults=defaults, description=description, given=given)


def finished(kind: Any, columns: Mapping[str, Any], *, defaults: Mapping[str, Any], description: str | None, given: bool = False) -> Any:
    """A class that others may refer to already becomes the Strawberry type."""
    kind.__annotations__ = dict(columns)
    labels = (
        {} if given else {f"{column}_label": _label(column, bare(hint), hint) for column, hint in columns.items() if _is_enum(bare(hint))}
    )
    for column, default in {**labels, **defaults}.items():
        setattr(kind, column, default)
    decorate: Callable[..., Any] = strawberry.input if given else strawberry.type
    return decorate(kind, name=kind.__name__, description=description)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _label(column: str, kind: type[Enum], hint: Any) -> Any:
    """What a column's value is called."""

    def resolve(root: Any, lang: Language = LABEL_LANGUAGE) -> str | None:
        value = getattr(root, column)
        return None if value is None else label(kind.__name__, value.name, lang)

    nullable = hint is not kind
    description = f"What `{column}` is called. `{column}` 的名称。"
    return strawberry.field(resolver=resolve, graphql_type=str | None if nullable else str, description=description)


def taken(annotation: Any, value: Any) -> Any:
    """An input as the domain's own value; what breaks a rule on the way is refused."""
    kind = bare(annotation)
    if value is None or value is strawberry.UNSET:
        return None
    if get_origin(kind) is tuple:
        return tuple(taken(get_args(kind)[0], each) for each in value)
    if _is_value_object(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: taken(hints[field.name], getattr(value, field.name)) for field in fields(kind)})
    return value


def _shaped(name: str, annotation: Any, value_object: Callable[[type], Any]) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, UnionType}:
        return Union[tuple(_shaped(name, each, value_object) for each in arguments)]  # noqa: UP007 - made at run time
    if origin is tuple:
        return many(_shaped(name, arguments[0], value_object))
    if annotation is int and name in WIDE:
        return WIDE[name]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _choice(annotation)
    return value_object(annotation) if _is_value_object(annotation) else annotation


def _is_value_object(annotation: Any) -> bool:
    return isinstance(annotation, type) and is_dataclass(annotation)


@cache
def _choice(kind: type[Enum]) -> Any:
    return strawberry.enum(kind, description=described(kind))


@cache
def _answered(kind: type) -> Any:
    columns = {name: told(name, annotation) for name, annotation in get_type_hints(kind).items()}
    return built(kind.__name__, columns, defaults={}, description=described(kind))


@cache
def _given(kind: type) -> Any:
    columns = {name: asked(name, annotation) for name, annotation in get_type_hints(kind).items()}
    defaults = {field.name: field.default for field in fields(kind) if field.default is not MISSING}
    return built(f"{kind.__name__}Input", columns, defaults=defaults, description=described(kind), given=True)
