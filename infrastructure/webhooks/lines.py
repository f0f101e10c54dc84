"""What waits to be delivered: each thing has a line of its own, and only the first of a line may go out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One event that waits. `failing_since` is when its first attempt failed."""

    position: int
    thing: UUID
    attempts: int = 0
    due_at: datetime
    failing_since: datetime | None = None


class Lines:
    """Of one webhook."""

    def __init__(self, waiting: Iterable[Waiting] = ()) -> None:
        self._lines: dict[UUID, deque[Waiting]] = {}
        self._out: set[UUID] = set()
        self._length = 0
        for each in sorted(waiting, key=lambda each: each.position):
            self.add(each)

    def __len__(self) -> int:
        return self._length

    def add(self, waiting: Waiting) -> None:
        """Behind all of its thing that wait already."""
        self._lines.setdefault(waiting.thing, deque()).append(waiting)
        self._length += 1

    def take(self, now: datetime, most: int) -> list[Waiting]:
        """Those that may go out now, the oldest first; while one is out, nothing else of its thing is."""
        ready = sorted((each for each in self._idle() if each.due_at <= now), key=lambda each: each.position)
        taken = ready[: max(0, most - len(self._out))]
        self._out |= {each.thing for each in taken}
        return taken

    def done(self, waiting: Waiting) -> None:
        """It has arrived, or need not go."""
        line = self._lines[waiting.thing]
        line.popleft()
        if not line:
            del self._lines[waiting.thing]
        self._length -= 1
        self._out.discard(waiting.thing)

    def again(self, waiting: Waiting) -> None:
        """It stays the first of its line, and is due later."""
        self._lines[waiting.thing][0] = waiting
        self._out.discard(waiting.thing)

    def hurry(self, now: datetime) -> None:
        """Whatever waits for a later time is due now."""
        for line in self._lines.values():
            line[0] = replace(line[0], due_at=min(line[0].due_at, now))

    def next_due(self) -> datetime | None:
        """Of those that are not out."""
        return min((each.due_at for each in self._idle()), default=None)

    def failing_since(self) -> datetime | None:
        return min((line[0].failing_since for line in self._lines.values() if line[0].failing_since is not None), default=None)

    def _idle(self) -> Iterator[Waiting]:
        return (line[0] for thing, line in self._lines.items() if thing not in self._out)
