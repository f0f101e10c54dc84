"""How long material is kept by the limits that count: a port, and what stands in where no version of them is active."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.jurisdiction.events import LimitMatter
from domain.jurisdiction.limits import DaysInForce
from domain.retention import NOTHING_IS_KEPT, Retention


class Retentions(Protocol):
    async def at(self, moment: datetime) -> Retention:
        """The limits that count at a moment."""
        ...


@dataclass(frozen=True, slots=True)
class SameAlways:
    """Limits that a setting says, whatever the moment."""

    retention: Retention = NOTHING_IS_KEPT

    async def at(self, moment: datetime) -> Retention:  # noqa: ARG002 - the port's signature
        return self.retention


def kept_by(limits: DaysInForce | None) -> Retention | None:
    """How long material is kept by a version of the time limits."""
    if limits is None:
        return None
    days = limits.days
    return Retention(
        usual=days[LimitMatter.FOOTAGE],
        important=days[LimitMatter.IMPORTANT_FOOTAGE],
        limit=limits.code,
        positions=days[LimitMatter.POSITIONS],
    )
