"""Percentiles by nearest rank: always a value that was measured, never one in between."""

from __future__ import annotations

from collections.abc import Iterable


def nearest_rank(counted: Iterable[tuple[int, int]], percent: int) -> int | None:
    """The smallest value that at least `percent` of all do not exceed; from values in order, each with how often it occurs."""
    values = list(counted)
    rank = -(-percent * sum(n for _, n in values) // 100)
    for value, n in values:
        rank -= n
        if rank <= 0:
            return value
    return None
