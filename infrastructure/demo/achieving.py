"""What is achieved at alarms, and what helped."""

from __future__ import annotations

from random import Random

from domain.casework.events import Contribution, ContributionChannel, ContributionRole
from domain.dispatching.events import AlarmOutcome, AlarmResult

ACHIEVED = {"DISPUTE": (0.5, AlarmOutcome.DISPUTE), "ASSAULT": (0.08, AlarmOutcome.INCIPIENT_TROUBLE)}
"""The share of a kind's alarms at which something is achieved, and what."""
HELPED = 0.4
CHANNELS = (ContributionChannel.VIDEO, ContributionChannel.VIDEO, ContributionChannel.PATROL, ContributionChannel.PHONE)
Achieved = tuple[AlarmOutcome | None, tuple[Contribution, ...]]


def achieved(alarm_type: str | None, result: AlarmResult, random: Random) -> Achieved:
    share, outcome = ACHIEVED.get(alarm_type or "", (0.0, None))
    if result not in {AlarmResult.HANDLED, AlarmResult.MEDIATED} or random.random() >= share:
        return None, ()
    helped = random.random() < HELPED
    return outcome, (Contribution(random.choice(CHANNELS), random.choice(list(ContributionRole))),) if helped else ()
