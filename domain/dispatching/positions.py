"""Where units are, as their receivers tell it. It is a stream, not a record of what happened, and stands beside the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.dispatching.rules import FixFromTheFuture, FixOutOfRange, FixTooOld
from domain.ids import UnitId
from domain.places import Point

FULL_TURN = 360
"""Degrees."""


class FixOutcome(StrEnum):
    """What became of a fix. A STALE one is not newer than the latest of its unit: it stands in the track, once, and nowhere else."""

    TAKEN = "TAKEN"
    STALE = "STALE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a receiver says that a unit is: accuracy in metres, speed in metres a second, heading in degrees clockwise from north."""

    unit: UnitId
    place: Point
    at: datetime
    accuracy: float | None = None
    speed: float | None = None
    heading: float | None = None

    def __post_init__(self) -> None:
        for name in ("accuracy", "speed", "heading"):
            value = getattr(self, name)
            if value is not None and (value < 0 or (name == "heading" and value > FULL_TURN)):
                raise FixOutOfRange(field=name)

    def insist_on_time(self, now: datetime, ahead: timedelta, kept: timedelta) -> None:
        """Clocks of receivers may run `ahead` a little; what is older than tracks are `kept` would be forgotten at once."""
        if self.at > now + ahead:
            raise FixFromTheFuture(field="at")
        if self.at < now - kept:
            raise FixTooOld


def outcome(fix: Fix, latest: datetime | None) -> FixOutcome:
    """Fixes come in any order, from several receivers and from where there was no network."""
    return FixOutcome.TAKEN if latest is None or fix.at > latest else FixOutcome.STALE
