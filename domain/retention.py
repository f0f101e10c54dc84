"""How long something is kept at least. The desk tells which limits count; nothing here knows a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """Days for usual and for important material, and for the positions of units; `limit` names the version that counts."""

    usual: int = 0
    important: int = 0
    limit: str = ""
    positions: int = 0

    def kept(self, *, important: bool) -> timedelta:
        return timedelta(days=self.important if important else self.usual)


NOTHING_IS_KEPT = Retention()
"""What counts where nobody says how long."""
