"""Solving rates by their definitions (S7, S8, S9), and the parts they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from application.oversight.statistics import CaseCount, Definition, Interval, Listed, Side, SolvingRate
from domain.oversight.intervals import poisson_ratio, wilson
from domain.oversight.measures import Measure
from domain.oversight.shares import is_told
from infrastructure.statistics.books import Booked, booked, booked_cases, undated
from infrastructure.statistics.cohorts import Follow, cohort_cases, excluded, follow_up, follow_up_within
from infrastructure.statistics.inquiry import Inquiry

WINDOWS = {Definition.WINDOW_30D: 30, Definition.WINDOW_90D: 90, Definition.WINDOW_365D: 365}


def solving_rates(inquiry: Inquiry, definitions: Sequence[Definition], *, small: bool) -> list[SolvingRate]:
    book = booked(inquiry)
    return [_rate(inquiry, definition, book, small=small) for definition in definitions]


def _rate(inquiry: Inquiry, definition: Definition, book: Booked, *, small: bool) -> SolvingRate:
    if definition is Definition.PERIOD:
        return _period(inquiry, book, small=small)
    follow = follow_up(inquiry) if definition is Definition.COHORT else follow_up_within(inquiry, WINDOWS[definition])
    shown = is_told(follow.denominator, small=small)
    return SolvingRate(
        definition=definition,
        unit=inquiry.question.unit,
        numerator=follow.numerator,
        denominator=follow.denominator,
        value=follow.numerator / follow.denominator if shown else None,
        ci=Interval(*wilson(follow.numerator, follow.denominator)) if shown else None,
        current_clearances=book.current,
        backlog_clearances=book.backlog,
        pending=follow.pending,
        maturity=follow.maturity,
        excluded=follow.excluded,
        position=inquiry.moment.position,
    )


def _period(inquiry: Inquiry, book: Booked, *, small: bool) -> SolvingRate:
    """S6 over S4: not a proportion, so the bounds are those of a Poisson count over the base."""
    shown = is_told(book.known, small=small)
    follow: Follow = follow_up(inquiry)
    return SolvingRate(
        definition=Definition.PERIOD,
        unit=inquiry.question.unit,
        numerator=book.clearances,
        denominator=book.known,
        value=book.clearances / book.known if shown else None,
        ci=Interval(*poisson_ratio(book.clearances, book.known)) if shown and book.clearances >= 0 else None,
        current_clearances=book.current,
        backlog_clearances=book.backlog,
        pending=follow.pending,
        maturity=follow.maturity,
        excluded=excluded(UNDATED_CLEARANCE=undated(inquiry)),
        position=inquiry.moment.position,
    )


def rate_cases(inquiry: Inquiry, definition: Definition, side: Side, first: int, after: UUID | None) -> Sequence[Listed]:
    numerator = side is Side.NUMERATOR
    if definition is Definition.PERIOD:
        signs = {Measure.CLEARED: 1} if numerator else {Measure.FILED: 1, Measure.UNFOUNDED: -1}
        return booked_cases(inquiry, signs, first, after)
    return cohort_cases(inquiry, WINDOWS.get(definition), cleared=numerator, first=first, after=after)


def case_counts(inquiry: Inquiry) -> CaseCount:
    book = booked(inquiry)
    follow = follow_up(inquiry)
    return CaseCount(
        unit=inquiry.question.unit,
        known_booked=book.known,
        known_restated=follow.denominator,
        clearances_booked=book.clearances,
        filed=book.filed,
        withdrawn=book.withdrawn,
        cleared=book.cleared,
        revoked=book.revoked,
        current_clearances=book.current,
        backlog_clearances=book.backlog,
        excluded=(*excluded(UNDATED_CLEARANCE=undated(inquiry)), *follow.excluded),
        position=inquiry.moment.position,
    )
