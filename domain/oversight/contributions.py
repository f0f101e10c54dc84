"""Through which channels something was achieved (R37), as a fact's column keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from domain.casework.events import ContributionChannel
from domain.dispatching.events import AlarmOutcome


class ContributionOutcome(StrEnum):
    """What is tallied: three outcomes of alarms, and criminal cases that are solved."""

    MASS_INCIDENT = "MASS_INCIDENT"
    INCIPIENT_TROUBLE = "INCIPIENT_TROUBLE"
    CRIMINAL_CASE = "CRIMINAL_CASE"
    DISPUTE = "DISPUTE"


OF_ALARMS = {outcome: ContributionOutcome(outcome.value) for outcome in AlarmOutcome}


def channels_of(channels: Iterable[ContributionChannel]) -> str:
    """Their names, each between two spaces and once, whatever roles it had: ` PHONE VIDEO `."""
    names = sorted({channel.value for channel in channels})
    return "".join([f" {name}" for name in names] + [" "])


def naming(channel: ContributionChannel) -> str:
    """What stands in the column where this channel is among them."""
    return f" {channel.value} "
