"""Bags of offences and sets of types as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from domain.casework.events import Offence
from domain.oversight.ledger import Types
from domain.oversight.typebags import Members, members, name
from infrastructure.projections.changes import Change, Put
from infrastructure.projections.oversight.tables import type_bags

named = lru_cache(4096)(name)


def bagged(offences: Iterable[Offence]) -> int:
    return named(_members(offences))


def typed(types: Types) -> int:
    return named(_set(types))


def bag_rows(offences: Iterable[Offence]) -> Iterator[Change]:
    return _rows(_members(offences))


def types_rows(types: Types) -> Iterator[Change]:
    return _rows(_set(types))


def _members(offences: Iterable[Offence]) -> Members:
    return members((offence.type, offence.count) for offence in offences)


def _set(types: Types) -> Members:
    return tuple((type, 1) for type in types)


def _rows(content: Members) -> Iterator[Change]:
    bag = named(content)
    for type, count in content:
        yield Put(type_bags, {"bag": bag, "type": type, "count": count})
