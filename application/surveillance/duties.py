"""What is due in surveillance at a time on the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from application.commands import Command
from application.surveillance import footage, rosters
from domain.ids import FootageRequestId, OfficerId, RosterId


@dataclass(frozen=True, slots=True)
class AwaitedOfficer:
    """A shift to which its officer has not signed on, and when that is too late."""

    roster: RosterId
    number: int
    version: int
    officer: OfficerId
    due_at: datetime


def miss_unattended_shifts(now: datetime, awaited: Iterable[AwaitedOfficer]) -> Sequence[Command]:
    """Shifts past their grace, the longest overdue first. A command's content is the same each time it is due."""
    overdue = sorted((each for each in awaited if each.due_at < now), key=lambda each: (each.due_at, each.roster, each.number))
    return [rosters.miss(each.roster, each.number, each.officer, each.version) for each in overdue]


@dataclass(frozen=True, slots=True)
class AwaitedFootage:
    """A request for footage of which nothing was taken yet, and until when it is needed."""

    footage: FootageRequestId
    version: int
    needed_by: datetime


@dataclass(frozen=True, slots=True)
class KeptFootage:
    """Footage without a hold, and until when it is kept."""

    footage: FootageRequestId
    version: int
    retain_until: datetime


def expire_footage_requests(now: datetime, awaited: Iterable[AwaitedFootage]) -> Sequence[Command]:
    """Those that were not used in time, the longest overdue first."""
    overdue = sorted((each for each in awaited if each.needed_by < now), key=lambda each: (each.needed_by, each.footage))
    return [footage.expire(each.footage, each.version) for each in overdue]


def end_retention_of_footage(now: datetime, kept: Iterable[KeptFootage]) -> Sequence[Command]:
    """Those kept long enough, the oldest first. That something is destroyed somebody decides; the clock does not."""
    over = sorted((each for each in kept if each.retain_until <= now), key=lambda each: (each.retain_until, each.footage))
    return [footage.expire_retention(each.footage, each.version) for each in over]
