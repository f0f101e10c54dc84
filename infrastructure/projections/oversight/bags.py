"""Bags of offences and sets of types as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from domain.casework.events import Offence
from domain.oversight.ledger import Types
from domain.oversight.typebags import Members, members, name
from infrastructure.projections.changes import Change, Put
from infrastructure.projections.oversight.tables import type_bags

Offences = tuple[Offence, ...]


@lru_cache(4096)
def bagged(offences: Offences) -> int:
    return name(_members(offences))


@lru_cache(4096)
def typed(types: Types) -> int:
    return name(_set(types))


def bag_rows(offences: Offences, written: set[int]) -> Iterator[Change]:
    return _rows(bagged(offences), _members(offences), written) if bagged(offences) not in written else iter(())


def types_rows(types: Types, written: set[int]) -> Iterator[Change]:
    return _rows(typed(types), _set(types), written) if typed(types) not in written else iter(())


def _members(offences: Iterable[Offence]) -> Members:
    return members((offence.type, offence.count) for offence in offences)


def _set(types: Types) -> Members:
    return tuple((type, 1) for type in types)


def _rows(bag: int, content: Members, written: set[int]) -> Iterator[Change]:
    """Each bag once, as long as it is remembered; its name says what is in it, so that writing it again does no harm."""
    written.add(bag)
    for type, count in content:
        yield Put(type_bags, {"bag": bag, "type": type, "count": count})
