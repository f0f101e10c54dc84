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
from domain.oversight.counted_cases import Chapter, CountedCase, Story, opening, turn
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


def entries(before: Story, after: Story) -> list[Entry]:
    """What an event books that turned one story into the other, be it by a new chapter or by a correction."""
    book = _book(after)
    book.subtract(_book(before))
    return [Entry(account, amount) for account, amount in book.items() if amount]


def turned(before: CountedCase, after: CountedCase, chapter: Chapter) -> list[Entry]:
    """What a new chapter books."""
    old, new = _standing(before), _standing(after)
    if old == new:
        return []
    cohort = after.filed_day or chapter.day
    day = cohort if chapter.cause is Cause.SPLIT else chapter.day
    moved = [measure for measure in Measure if old.get(measure) != new.get(measure)]
    return [entry for measure in moved for entry in _moved(Move(measure, chapter.cause, day, cohort), old.get(measure), new.get(measure))]


class Move(NamedTuple):
    measure: Measure
    cause: Cause
    day: date
    cohort: date


def _book(story: Story) -> Counter[Account]:
    """All that a story books, chapter after chapter."""
    book: Counter[Account] = Counter()
    if story:
        case = opening(story[0])
        for chapter in story[1:]:
            after = turn(case, chapter)
            for entry in turned(case, after, chapter):
                book[entry.account] += entry.amount
            case = after
    return book


def _moved(move: Move, old: Line | None, new: Line | None) -> list[Entry]:
    """The old line back, the new line in; what is the same in both is not booked."""
    if old is None or new is None:
        return [*_booked(move, old, -1), *_booked(move, new, 1)]
    amounts: Counter[Account] = Counter()
    for account, amount in (*_booked(move, old, -1), *_booked(move, new, 1)):
        amounts[account] += amount
    return [Entry(account, amount) for account, amount in amounts.items() if amount]


def _booked(move: Move, line: Line | None, sign: int) -> Iterator[Entry]:
    if line is None:
        return
    effective = None if line.undated else move.day
    place = (line.division, line.placed_on, line.station)
    yield Entry(Account(move.measure, CountUnit.CASE, move.cause, effective, move.cohort, *place, line.types), sign)
    for offence in line.offences:
        account = Account(move.measure, CountUnit.OFFENCE, move.cause, effective, move.cohort, *place, (offence.type,))
        yield Entry(account, sign * offence.count)


def _standing(case: CountedCase) -> Standing:
    """Nothing before it is filed, and nothing while another case stands for it."""
    if case.filed_day is None or case.merged_into is not None:
        return {}
    types = tuple(sorted({offence.type for offence in case.offences}))
    place = (case.division, case.placed_on, case.station)
    whole = Line(*place, case.offences, types, undated=False)
    standing = {Measure.FILED: whole}
    if case.cleared:
        standing[Measure.CLEARED] = Line(*place, case.cleared_offences, types, undated=case.cleared_day is None)
    if case.withdrawal is not None:
        standing[Measure.WITHDRAWN] = whole
        if not case.died:
            standing[Measure.UNFOUNDED] = whole
        if case.no_crime:
            standing[Measure.NO_CRIME] = whole
    return standing
