"""The inspection of those on duty: findings are numbered, due in time, and closed once."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import OrganisationId, PostId
from domain.rules import TextMissing
from domain.surveillance.duty_inspection import DutyInspection, FindingDueTooEarly, FindingIsClosed, FindingUnknown
from domain.surveillance.events import InspectionOpened

TODAY = date(2026, 3, 2)
OPENED = DutyInspection.begin(InspectionOpened(station=OrganisationId("S-1"), post=PostId(UUID(int=1))))


def raised(times: int) -> DutyInspection:
    inspection = OPENED
    for _ in range(times):
        inspection = inspection.apply(inspection.raise_finding("asleep", TODAY, TODAY))
    return inspection


def test_a_finding_says_what_and_is_due_in_time():
    assert OPENED.raise_finding(" asleep ", TODAY, TODAY).finding == "asleep"
    with pytest.raises(TextMissing):
        OPENED.raise_finding(" ", TODAY, TODAY)
    with pytest.raises(FindingDueTooEarly):
        OPENED.raise_finding("asleep", date(2026, 3, 1), TODAY)


@given(st.integers(0, 5), st.integers(-2, 8))
def test_only_what_was_raised_is_closed_and_once(times, number):
    inspection = raised(times)
    if not 1 <= number <= times:
        with pytest.raises(FindingUnknown):
            inspection.close_finding(number, "told off")
        return
    closed = inspection.apply(inspection.close_finding(number, "told off"))
    with pytest.raises(FindingIsClosed):
        closed.close_finding(number, "told off")
    with pytest.raises(TextMissing):
        inspection.close_finding(number, " ")
