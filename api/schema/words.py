"""What things are called, in both languages: descriptions of what the code leaves undescribed, and labels of enum values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
)

HERE = Path(__file__).parent


@strawberry.enum(description="The languages that labels come in. 标签的语言。")
class Language(Enum):
    EN = 0
    ZH = 1


LABEL_LANGUAGE = Language.ZH


def label(kind: str, value: str, language: Language) -> str:
    """What a value of an enum is called; its own name where nobody has named it."""
    names = _labels(kind, value)
    return names[language.value] if names else value


def describe(schema: GraphQLSchema) -> None:
    """Give words to everything that has none."""
    fields, types = _words()["fields"], _words()["types"]
    for kind, where, thing in parts(schema):
        name = where[-1]
        if isinstance(thing, GraphQLNamedType):
            thing.description = "\n\n".join(filter(None, (thing.description, types.get(name)))) or None
        elif isinstance(kind, GraphQLEnumType):
            names = _labels(kind.name, name)
            thing.description = thing.description or (f"{names[0]}. {names[1]}。" if names else None)
        else:
            thing.description = thing.description or fields.get(".".join(where)) or fields.get(name)


def parts(schema: GraphQLSchema) -> Iterator[tuple[GraphQLNamedType, tuple[str, ...], Any]]:
    """Every type of our own, and every field, argument and value of it, with its path."""
    for kind in schema.type_map.values():
        if not kind.name.startswith("__"):
            yield kind, (kind.name,), kind
            yield from _within(kind)


def _within(kind: GraphQLNamedType) -> Iterator[tuple[GraphQLNamedType, tuple[str, ...], Any]]:
    if isinstance(kind, GraphQLEnumType):
        yield from ((kind, (kind.name, name), value) for name, value in kind.values.items())
    elif isinstance(kind, GraphQLInputObjectType):
        yield from ((kind, (kind.name, name), field) for name, field in kind.fields.items())
    elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in kind.fields.items():
            yield kind, (kind.name, name), field
            yield from ((kind, (kind.name, name, argument), given) for argument, given in field.args.items())


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


@cache
def _all_labels() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    return tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))


def _labels(kind: str, value: str) -> tuple[str, str] | None:
    return _all_labels().get(kind, {}).get(value) or _all_labels()["any"].get(value)


def _label_of(root: Any, lang: Language = LABEL_LANGUAGE) -> str:
    return label(root.kind, root.value, lang)


@strawberry.type(description="A value of an enum and what it is called. 枚举值及其名称。")
class EnumValue:
    kind: strawberry.Private[str]
    value: str = strawberry.field(description="As it stands in inputs and answers. 枚举值。")

    label: str = strawberry.field(resolver=_label_of, description="What it is called. 名称。")


@strawberry.type(description="An enum and its values, for whoever shows them to people. 枚举及其全部取值。")
class EnumLabels:
    name: str = strawberry.field(description="The enum's name in this schema. 枚举名称。")
    values: list[EnumValue] = strawberry.field(description="Its values. 取值。")


def _enum_labels(info: strawberry.Info, names: list[str] | None = None) -> list[EnumLabels]:
    schema = info._raw_info.schema  # noqa: SLF001 - Strawberry's own schema hides the core's
    kinds = [kind for kind in schema.type_map.values() if isinstance(kind, GraphQLEnumType) and not kind.name.startswith("__")]
    chosen = [kind for kind in kinds if names is None or kind.name in names]
    return [EnumLabels(name=kind.name, values=[EnumValue(kind=kind.name, value=value) for value in kind.values]) for kind in chosen]


def label_queries() -> dict[str, Any]:
    return {
        "enum_labels": strawberry.field(
            resolver=_enum_labels, description="What the values of enums are called; of all enums, or of those named. 枚举值的名称。"
        )
    }
