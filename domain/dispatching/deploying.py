"""How many units were on duty in slots of a deployment plan, and how much of what was wanted. Pure; times are whole numbers of one unit."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

Stretch = tuple[int, int]
"""From a time until before another."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Unit-time within a slot. `met` counts at each moment no more units than were wanted: too many at one hour make up for no other."""

    present: int = 0
    met: int = 0

    def __add__(self, other: Presence) -> Presence:
        return Presence(self.present + other.present, self.met + other.met)


class Counts:
    """How many of some stretches hold at each moment."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        changes: Counter[int] = Counter()
        for start, end in stretches:
            if start < end:
                changes[start] += 1
                changes[end] -= 1
        self._times: Sequence[int] = sorted(changes)
        self._counts: Sequence[int] = list(accumulate(changes[time] for time in self._times))

    def within(self, slot: Stretch, wanted: int) -> Presence:
        time, end = slot
        number = bisect_right(self._times, time) - 1
        found = Presence()
        while time < end:
            following = min(end, self._times[number + 1]) if number + 1 < len(self._times) else end
            count = self._counts[number] if number >= 0 else 0
            found += Presence(count * (following - time), min(count, wanted) * (following - time))
            time, number = following, number + 1
        return found
