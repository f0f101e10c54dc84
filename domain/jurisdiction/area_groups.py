"""The members of an area group over time, and who they were on a day."""

from __future__ import annotations

from datetime import date

from domain.jurisdiction.events import AreaGroupChanged, AreaGroupEstablished, AreaGroupMembers

Periods = tuple[AreaGroupMembers, ...]
"""In the order of time: each lasts until the next one begins."""


def members_of(event: AreaGroupEstablished | AreaGroupChanged) -> AreaGroupMembers:
    return AreaGroupMembers(event.valid_from, event.organisations, event.divisions)


def members_on(day: date, periods: Periods, valid_to: date | None = None) -> AreaGroupMembers | None:
    """The members that counted on the day; None where there was no such group."""
    if valid_to is not None and valid_to <= day:
        return None
    return next((each for each in reversed(periods) if each.valid_from <= day), None)
