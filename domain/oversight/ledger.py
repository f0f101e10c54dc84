"""The ledger's entries, a pure function of a case's story before and after an event.

What counts of a case at a moment is its standing: one line for each measure. A chapter books the difference of two
standings on its day, the old line back and the new one in. A correction books the difference of two whole books: the
wrong entry back on its wrong day, the right one on the right day. A split is booked on the day of the filing, where
the case that was split off is booked as well. So the sum of all entries up to a position is always
what the cases told as of that position amount to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.casework.events import Offence
from domain.ids import DivisionCode, OrganisationId
from domain.oversight.counted_cases import CountedCase, Story, opening, turn
from domain.oversight.measures import Cause, CountUnit, Measure

Types = tuple[str, ...]
"""Sorted, each once."""


class Account(NamedTuple):
    """Where an amount is booked. A case stands under all its types at once, an offence under its own."""

    measure: Measure
    unit: CountUnit
    cause: Cause
    effective_day: date | None
    cohort_day: date
    division: DivisionCode
    placed_on: date
    station: OrganisationId
    types: Types


class Entry(NamedTuple):
    account: Account
    amount: int


class Line(NamedTuple):
    """What a measure holds of a case. Undated: booked, moved and taken back without a day."""

    division: DivisionCode
    placed_on: date
    station: OrganisationId
    offences: tuple[Offence, ...]
    types: Types
    undated: bool


Standing = dict[Measure, Line]
Book = Counter[Account]


def entries(before: Story, after: Story) -> list[Entry]:
    """What an event books that turned one story into the other."""
    if after[: len(before)] == before:
        amounts = _told(after, len(before))
    else:
        amounts = _told(after, 0)
        amounts.subtract(_told(before, 0))
    return [Entry(account, amount) for account, amount in amounts.items() if amount]


def _told(story: Story, start: int) -> Book:
    """The book of the chapters from `start` on."""
    book: Book = Counter()
    case = opening(story[0])
    standing = _standing(case)
    for at, chapter in enumerate(story[1:], 1):
        case = turn(case, chapter)
        now = _standing(case)
        if at >= start and now != standing:
            cohort = case.filed_day or chapter.day
            day = cohort if chapter.cause is Cause.SPLIT else chapter.day
            for measure in Measure:
                _move(book, measure, chapter.cause, day, cohort, standing.get(measure), now.get(measure))
        standing = now
    return book


def _move(book: Book, measure: Measure, cause: Cause, day: date, cohort: date, old: Line | None, new: Line | None) -> None:
    if old == new:
        return
    for line, sign in ((old, -1), (new, 1)):
        if line is not None:
            for unit, types, amount in _amounts(line):
                effective = None if line.undated else day
                book[Account(measure, unit, cause, effective, cohort, line.division, line.placed_on, line.station, types)] += sign * amount


def _amounts(line: Line) -> Iterator[tuple[CountUnit, Types, int]]:
    yield CountUnit.CASE, line.types, 1
    for offence in line.offences:
        yield CountUnit.OFFENCE, (offence.type,), offence.count


def _standing(case: CountedCase) -> Standing:
    """Nothing before it is filed, and nothing while another case stands for it."""
    if case.filed_day is None or case.merged_into is not None:
        return {}
    whole = _line(case, case.offences, undated=False)
    standing = {Measure.FILED: whole}
    if case.cleared:
        standing[Measure.CLEARED] = _line(case, case.cleared_offences, undated=case.cleared_day is None)
    if case.withdrawal is not None:
        standing[Measure.WITHDRAWN] = whole
        if not case.died:
            standing[Measure.UNFOUNDED] = whole
        if case.no_crime:
            standing[Measure.NO_CRIME] = whole
    return standing


def _line(case: CountedCase, offences: tuple[Offence, ...], *, undated: bool) -> Line:
    types = tuple(sorted({offence.type for offence in case.offences}))
    return Line(case.division, case.placed_on, case.station, offences, types, undated)
