"""For how long somebody saw a place, and for how long nobody did. Pure; times are whole numbers of one unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Stretch = tuple[int, int]
"""From a time until before another."""


@dataclass(frozen=True, slots=True)
class Blindness:
    """Of `lasted` nobody saw the place for `blind`; in `maintenance`, a part of that, a camera that sees it was suspended."""

    lasted: int
    blind: int
    maintenance: int


def blindness(seen: Iterable[Stretch], suspended: Iterable[Stretch], within: Stretch) -> Blindness:
    """`seen` are stretches in which an online camera saw the place, `suspended` those in which one that sees it was not meant to work."""
    start, end = within
    lasted, watched = max(0, end - start), list(seen)
    covered = covered_time(watched, within)
    return Blindness(lasted, lasted - covered, covered_time([*watched, *suspended], within) - covered)


def covered_time(stretches: Iterable[Stretch], within: Stretch) -> int:
    """How much of a stretch others cover; what several cover counts once."""
    reached, end = within
    covered = 0
    for first, last in sorted(stretches):
        first, last = max(first, reached), min(last, end)  # noqa: PLW2901 - cut to what is not counted yet
        if first < last:
            covered += last - first
            reached = last
    return covered
