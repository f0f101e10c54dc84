"""What a report must be to be registered as a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.casework import offences
from domain.casework.events import ReportRegistered
from domain.casework.rules import CaseNumberMalformed, OccurrenceEndsBeforeItBegins, OccurrenceInFuture
from domain.ids import DivisionCode, OrganisationId
from domain.rules import free_text, required_text

LONGEST_NUMBER = 64


def checked(report: ReportRegistered, reported_at: datetime) -> ReportRegistered:
    """The report with its texts stripped, or the refusal of what is wrong with it."""
    _occurred_before(report, reported_at)
    return replace(
        report,
        number=_number(report.number),
        division=DivisionCode(required_text(report.division, field="division")),
        station=OrganisationId(required_text(report.station, field="station")),
        offences=offences.checked(report.offences),
        address=free_text(report.address, field="address"),
        summary=free_text(report.summary, field="summary"),
    )


def _number(number: str) -> str:
    number = number.strip()
    if not 1 <= len(number) <= LONGEST_NUMBER or not number.isprintable():
        raise CaseNumberMalformed
    return number


def _occurred_before(report: ReportRegistered, reported_at: datetime) -> None:
    begins, ends = report.occurred_from, report.occurred_to
    if begins is not None and begins > reported_at:
        raise OccurrenceInFuture
    if ends is not None and ends > reported_at:
        raise OccurrenceInFuture(field="occurredTo")
    if begins is not None and ends is not None and ends < begins:
        raise OccurrenceEndsBeforeItBegins
