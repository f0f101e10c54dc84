"""A mapping as it is written: which columns of a file become which fields of which commands."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from msgspec import Struct, ValidationError, convert, field

SHIPPED = resources.files(__package__) / "mappings"


class MappingError(Exception):
    """The mapping, or a file given to it, cannot be used; the text says why."""


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for the whole file: the zone and form of its times, and in whose name it is imported."""

    zone: str
    times: str
    officer: str
    organisation: str


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """Rows with the same value in `by` are one thing; groups go in order of the time in `order`."""

    by: str
    order: str | None = None


class Join(Struct, frozen=True, forbid_unknown_fields=True):
    """A second file: its row whose `key` equals our `column` lends its `columns`."""

    column: str
    key: str
    columns: tuple[str, ...]


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One command: once for the group, once for each value of the column `each`, or with `*` once for each different row."""

    name: str
    command: str
    each: str | None = None
    when: dict[str, Any] = field(default_factory=dict)
    at: dict[str, Any] | str | None = None
    officer: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """`first` are commands for things the whole file speaks of, `command` those of each group, in their order."""

    name: str
    source: Source
    group: Group
    join: tuple[Join, ...] = ()
    maps: dict[str, dict[str, Any]] = field(default_factory=dict)
    first: tuple[Step, ...] = ()
    command: tuple[Step, ...] = ()


def shipped() -> list[str]:
    """The names of the mappings that come with Tocsin."""
    return sorted(entry.name.removesuffix(".toml") for entry in SHIPPED.iterdir() if entry.name.endswith(".toml"))


def load(name: str) -> Mapping:
    """A shipped mapping by its name, or any other by its path."""
    return parse(_text(name), name)


def parse(text: str, name: str) -> Mapping:
    try:
        return convert(tomllib.loads(text), Mapping)
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise MappingError(f"Mapping {name}: {error}") from error


def _text(name: str) -> str:
    entry = SHIPPED / f"{name}.toml"
    if name in shipped():
        return entry.read_text(encoding="utf-8")
    path = Path(name)
    if not path.is_file():
        raise MappingError(f"There is no mapping {name}; shipped are: {', '.join(shipped())}.")
    return path.read_text(encoding="utf-8")
