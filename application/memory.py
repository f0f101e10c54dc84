"""A bounded memory of aggregates: what was used last is kept, and brought forward by newer events."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID


class Kept(NamedTuple):
    state: Any
    version: int


class Memory:
    """Least recently used goes first. Stale content does no harm: the log checks every version."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[UUID, Kept] = OrderedDict()

    def recall(self, ids: Iterable[UUID]) -> dict[UUID, Kept]:
        found = {id: self._kept[id] for id in ids if id in self._kept}
        for id in found:
            self._kept.move_to_end(id)
        return found

    def keep(self, states: Mapping[UUID, Kept]) -> None:
        """What is known to be newer stays: a thing may be looked at while another command changes it."""
        for id, kept in states.items():
            known = self._kept.get(id)
            if known is None or known.version <= kept.version:
                self._kept[id] = kept
            self._kept.move_to_end(id)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def forget(self, ids: Iterable[UUID]) -> None:
        for id in ids:
            self._kept.pop(id, None)
