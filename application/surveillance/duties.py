"""What is due in surveillance at a time on the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from application.commands import Command
from application.surveillance import rosters
from domain.ids import OfficerId, RosterId


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
