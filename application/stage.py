"""The states that a command sees, and what becomes of them as its steps decide one after the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args
from uuid import UUID

from application.memory import Kept
from application.places import KnownPlaces
from application.ports import EventLog
from domain.aggregates import Aggregate
from domain.events import Event, Recorded
from domain.jurisdiction.code_list import CodeList
from domain.jurisdiction.limit_set import LimitSet
from domain.jurisdiction.service_level import ServiceLevel
from domain.retention import NOTHING_IS_KEPT
from domain.rules import NotFound

Version = ServiceLevel | LimitSet | CodeList
"""One version of what is in force for a time."""
VERSIONS = get_args(Version)


class Stage:
    """Of one command, or of several that are carried out in one commit."""

    def __init__(self, kept: dict[UUID, Kept], records: Mapping[int, Recorded[Event]], places: KnownPlaces) -> None:
        self._kept = kept
        self._versions = {id: each.state for id, each in kept.items() if isinstance(each.state, VERSIONS)}
        self._before: dict[UUID, Kept | None] = {}
        self.records = records
        self.places = places
        self.retention = NOTHING_IS_KEPT

    def knows(self, id: UUID) -> bool:
        return id in self._kept

    def version(self, id: UUID) -> int:
        kept = self._kept.get(id)
        return kept.version if kept else 0

    def state(self, kind: type[Aggregate], id: UUID) -> Any:
        kept = self._kept.get(id)
        if kept is None or not isinstance(kept.state, kind):
            raise NotFound
        return kept.state

    def states(self) -> dict[UUID, Kept]:
        return self._kept

    def versions(self) -> Collection[Version]:
        """Those that are known: few, while of other things there may be hundreds."""
        return self._versions.values()

    def look(self, id: UUID) -> Any:
        """The state, where there is any."""
        kept = self._kept.get(id)
        return kept.state if kept else None

    def take(self, kind: type[Aggregate], id: UUID, event: Event) -> int:
        """Apply a new event; answers with the version the thing has now."""
        kept = self._kept.get(id)
        state = kind.begin(event) if kept is None else kept.state.apply(event)
        version = 1 if kept is None else kept.version + 1
        self._keep(id, Kept(state, version), kept)
        self.places.add(id, event)
        return version

    def bring_forward(self, kind: type[Aggregate], id: UUID, events: Sequence[Event]) -> None:
        """Apply the events that follow the version we have."""
        kept = self._kept.get(id)
        if kept is None and not isinstance(events[0], kind.begins):
            return  # the id of some other kind of thing: not found
        state = kind.begin(events[0]) if kept is None else kept.state.apply(events[0])
        for event in events[1:]:
            state = state.apply(event)
        self._keep(id, Kept(state, self.version(id) + len(events)), kept)

    async def catch_up(self, log: EventLog, kinds: Mapping[UUID, type[Aggregate]], *, fresh: bool) -> None:
        """From the log what is not known of these things; `fresh` asks for all of them, for others may have written."""
        behind = {id: self.version(id) for id in kinds if fresh or not self.knows(id)}
        for id, events in (await log.histories(behind)).items() if behind else ():
            self.bring_forward(kinds[id], id, events)

    def recall(self, kept: Mapping[UUID, Kept]) -> None:
        """What is remembered of other things."""
        for id, each in kept.items():
            if id not in self._kept:
                self._put(id, each)

    def mark(self) -> None:
        """From here on it can be taken back."""
        self._before.clear()

    def take_back(self) -> None:
        """What was kept since the mark, so that a refused command leaves no trace in what the next one sees."""
        for id, kept in self._before.items():
            if kept is None:
                del self._kept[id]
                self._versions.pop(id, None)
            else:
                self._put(id, kept)
        self._before.clear()

    def _keep(self, id: UUID, kept: Kept, before: Kept | None) -> None:
        self._before.setdefault(id, before)
        self._put(id, kept)

    def _put(self, id: UUID, kept: Kept) -> None:
        self._kept[id] = kept
        if isinstance(kept.state, VERSIONS):
            self._versions[id] = kept.state
