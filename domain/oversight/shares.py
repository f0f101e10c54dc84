"""When a share is told: not on a small base, unless it is asked for (G5)."""

from __future__ import annotations

SMALL_BASE = 30
"""A share of fewer is chance."""


def is_told(whole: int, *, small: bool = False) -> bool:
    return whole > 0 and (small or whole >= SMALL_BASE)


def percent(part: int, whole: int, *, small: bool = False) -> float | None:
    """With two decimals."""
    return round(100 * part / whole, 2) if is_told(whole, small=small) else None
