"""What each event of a case books, worked out by hand."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.casework.events import (
    CaseCleared,
    CaseConcluded,
    CaseFact,
    CaseFactCorrected,
    CaseFiled,
    CaseMerged,
    CaseReclassified,
    CaseReopened,
    CaseSplit,
    CaseUnmerged,
    CaseWithdrawn,
    ClearanceKind,
    ClearanceRevoked,
    JurisdictionTransferred,
    Offence,
    ReportRegistered,
    WithdrawalReason,
)
from domain.events import Event
from domain.ids import CaseId, CorrectionId, DivisionCode, OrganisationId
from domain.oversight.counted_cases import Story, begin, follow, tell
from domain.oversight.ledger import entries
from domain.oversight.measures import CountUnit, Measure
from tests.figures.pages import Pages, named

ZONE = ZoneInfo("Asia/Shanghai")
CASE = CaseId(named("case"))
OTHER = CaseId(named("other"))
NORTH, SOUTH = DivisionCode("500105"), DivisionCode("500108")
JANUARY, FEBRUARY, MARCH, APRIL = date(2020, 1, 5), date(2020, 2, 5), date(2020, 3, 5), date(2020, 4, 5)
THEFT, ROBBERY = (Offence("THEFT", 2),), (Offence("ROBBERY", 1),)


class Told:
    """A case's story as it grows, with what each event booked."""

    def __init__(self, offences: tuple[Offence, ...] = THEFT) -> None:
        self.pages = Pages()
        self.story: Story = ()
        self.booked: list[tuple[Measure, CountUnit, int, date | None, str, str, tuple[str, ...]]] = []
        registered = ReportRegistered(number="1", division=NORTH, station=OrganisationId("north"), offences=offences)
        self.after(registered, JANUARY)
        self.after(CaseFiled(offences=offences), JANUARY)

    def after(self, event: Event, day: date) -> list[tuple[object, ...]]:
        record = self.pages.write(CASE, event, day)
        story = begin(record, ZONE) if isinstance(event, ReportRegistered) else follow(self.story, record, ZONE)
        new = entries(self.story, story) if self.story else []
        self.story = story
        lines = [(a.measure, a.unit, n, a.effective_day, a.cohort_day, str(a.station), a.types) for a, n in new]
        self.booked += lines
        return sorted(lines, key=str)

    def cases(self, event: Event, day: date) -> list[tuple[object, ...]]:
        return [(measure, n, on, where) for measure, unit, n, on, _, where, _ in self.after(event, day) if unit is CountUnit.CASE]

    def sums(self) -> Counter[tuple[object, ...]]:
        total: Counter[tuple[object, ...]] = Counter()
        for measure, unit, n, *_, where, types in self.booked:
            total[measure, unit, where, types] += n
        return +total


def cleared(offences: int = 2, *, dated: bool = True) -> CaseCleared:
    return CaseCleared(kind=ClearanceKind.ARREST, outcome="CHARGED", offences=offences, dated=dated)


def transfer(*, back: bool = False) -> JurisdictionTransferred:
    here, there = ("south", SOUTH), ("north", NORTH)
    (old, old_code), (new, new_code) = (here, there) if back else (there, here)
    return JurisdictionTransferred(
        from_station=OrganisationId(old), from_division=old_code, to_station=OrganisationId(new), to_division=new_code, reason="r"
    )


def corrected(fact: CaseFact, corrects: int, **values: object) -> CaseFactCorrected:
    return CaseFactCorrected(correction=CorrectionId(named("c")), fact=fact, corrects=corrects, reason="r", **values)


def test_a_filing_is_booked_as_one_case_and_its_offences():
    told = Told()
    assert told.booked == [
        (Measure.FILED, CountUnit.CASE, 1, JANUARY, JANUARY, "north", ("THEFT",)),
        (Measure.FILED, CountUnit.OFFENCE, 2, JANUARY, JANUARY, "north", ("THEFT",)),
    ]


def test_a_case_with_two_types_stands_once_under_both():
    told = Told((Offence("ROBBERY"), Offence("THEFT", 3)))
    assert [(unit, n, types) for _, unit, n, *_, types in told.booked] == [
        (CountUnit.CASE, 1, ("ROBBERY", "THEFT")),
        (CountUnit.OFFENCE, 1, ("ROBBERY",)),
        (CountUnit.OFFENCE, 3, ("THEFT",)),
    ]


def test_a_clearance_of_some_offences_takes_them_in_their_order():
    told = Told((Offence("ROBBERY"), Offence("THEFT", 3)))
    lines = told.after(cleared(2), FEBRUARY)
    assert [(unit, n, types) for _, unit, n, *_, types in lines] == [
        (CountUnit.CASE, 1, ("ROBBERY", "THEFT")),
        (CountUnit.OFFENCE, 1, ("ROBBERY",)),
        (CountUnit.OFFENCE, 1, ("THEFT",)),
    ]


def test_a_revoked_clearance_is_taken_back_on_its_own_day():
    told = Told()
    assert told.cases(cleared(), FEBRUARY) == [(Measure.CLEARED, 1, FEBRUARY, "north")]
    assert told.cases(ClearanceRevoked(reason="r"), MARCH) == [(Measure.CLEARED, -1, MARCH, "north")]
    assert told.cases(cleared(), APRIL) == [(Measure.CLEARED, 1, APRIL, "north")]


def test_an_undated_clearance_is_booked_moved_and_revoked_without_a_day():
    told = Told()
    assert told.cases(cleared(dated=False), FEBRUARY) == [(Measure.CLEARED, 1, None, "north")]
    assert (Measure.CLEARED, 1, None, "south") in told.cases(transfer(), MARCH)
    assert told.cases(ClearanceRevoked(reason="r"), APRIL) == [(Measure.CLEARED, -1, None, "south")]


@pytest.mark.parametrize(
    ("reason", "measures"),
    [
        (WithdrawalReason.NO_CRIME, {Measure.WITHDRAWN, Measure.UNFOUNDED, Measure.NO_CRIME}),
        (WithdrawalReason.PLAINLY_MINOR, {Measure.WITHDRAWN, Measure.UNFOUNDED}),
        (WithdrawalReason.SUSPECT_DIED, {Measure.WITHDRAWN, Measure.CLEARED}),
    ],
)
def test_a_withdrawal_is_booked_by_its_reason_and_undone_by_reopening(reason, measures):
    told = Told()
    assert set(told.cases(CaseWithdrawn(reason=reason), MARCH)) == {(measure, 1, MARCH, "north") for measure in measures}
    assert set(told.cases(CaseReopened(reason="r"), APRIL)) == {(measure, -1, APRIL, "north") for measure in measures}


def test_a_suspects_death_does_not_clear_a_cleared_case_again():
    told = Told()
    told.after(cleared(), FEBRUARY)
    assert told.cases(CaseWithdrawn(reason=WithdrawalReason.SUSPECT_DIED), MARCH) == [(Measure.WITHDRAWN, 1, MARCH, "north")]


def test_a_merge_takes_back_all_that_stood_and_an_unmerge_restores_it():
    told = Told()
    told.after(cleared(), FEBRUARY)
    before = told.sums()
    assert told.cases(CaseMerged(into=OTHER, reason="r"), MARCH) == [
        (Measure.CLEARED, -1, MARCH, "north"),
        (Measure.FILED, -1, MARCH, "north"),
    ]
    assert not told.sums()
    told.after(CaseUnmerged(out_of=OTHER, reason="r"), APRIL)
    assert told.sums() == before


def test_a_transfer_moves_all_that_stands_and_back():
    told = Told()
    told.after(cleared(), FEBRUARY)
    before = told.sums()
    assert set(told.cases(transfer(), MARCH)) == {
        (Measure.FILED, -1, MARCH, "north"),
        (Measure.FILED, 1, MARCH, "south"),
        (Measure.CLEARED, -1, MARCH, "north"),
        (Measure.CLEARED, 1, MARCH, "south"),
    }
    told.after(transfer(back=True), APRIL)
    assert told.sums() == before


def test_a_reclassification_moves_the_types_on_its_day():
    told = Told()
    lines = told.after(CaseReclassified(before=THEFT, after=ROBBERY, reason="r"), MARCH)
    assert {(unit, n, on, types) for _, unit, n, on, _, _, types in lines} == {
        (CountUnit.CASE, -1, MARCH, ("THEFT",)),
        (CountUnit.CASE, 1, MARCH, ("ROBBERY",)),
        (CountUnit.OFFENCE, -2, MARCH, ("THEFT",)),
        (CountUnit.OFFENCE, 1, MARCH, ("ROBBERY",)),
    }


def test_a_split_takes_offences_from_the_day_of_the_filing():
    told = Told()
    lines = told.after(CaseSplit(as_case=OTHER, offences=(Offence("THEFT"),), remaining=(Offence("THEFT"),), reason="r"), MARCH)
    assert [(unit, n, on) for _, unit, n, on, *_ in lines] == [(CountUnit.OFFENCE, -1, JANUARY)]


def test_a_corrected_filing_day_moves_the_cohort_of_everything_booked():
    told = Told()
    told.after(cleared(), MARCH)
    right = datetime(2020, 2, 4, 17, tzinfo=UTC)  # the fifth in Shanghai
    lines = told.after(corrected(CaseFact.FILED_AT, 2, instant=right), APRIL)
    assert {(measure, n, on, cohort) for measure, unit, n, on, cohort, *_ in lines if unit is CountUnit.CASE} == {
        (Measure.FILED, -1, JANUARY, JANUARY),
        (Measure.FILED, 1, FEBRUARY, FEBRUARY),
        (Measure.CLEARED, -1, MARCH, JANUARY),
        (Measure.CLEARED, 1, MARCH, FEBRUARY),
    }


def test_a_corrected_clearance_is_that_of_its_own_position():
    told = Told()
    told.after(cleared(), FEBRUARY)
    told.after(ClearanceRevoked(reason="r"), MARCH)
    told.after(cleared(), APRIL)
    lines = told.cases(corrected(CaseFact.CLEARED_AT, 3, instant=datetime(2020, 2, 7, tzinfo=UTC)), APRIL)
    assert lines == [(Measure.CLEARED, -1, FEBRUARY, "north"), (Measure.CLEARED, 1, FEBRUARY + timedelta(2), "north")]


def test_a_correction_gives_an_undated_clearance_its_day():
    told = Told()
    told.after(cleared(dated=False), FEBRUARY)
    lines = told.cases(corrected(CaseFact.CLEARED_AT, 3, instant=datetime(2020, 2, 7, tzinfo=UTC)), APRIL)
    assert set(lines) == {(Measure.CLEARED, -1, None, "north"), (Measure.CLEARED, 1, date(2020, 2, 7), "north")}


def test_a_corrected_type_is_booked_on_the_day_of_the_filing():
    told = Told()
    lines = told.after(corrected(CaseFact.OFFENCE_TYPE, 2, old_code="THEFT", code="FRAUD"), APRIL)
    assert {(unit, n, on, types) for _, unit, n, on, _, _, types in lines} == {
        (CountUnit.CASE, -1, JANUARY, ("THEFT",)),
        (CountUnit.CASE, 1, JANUARY, ("FRAUD",)),
        (CountUnit.OFFENCE, -2, JANUARY, ("THEFT",)),
        (CountUnit.OFFENCE, 2, JANUARY, ("FRAUD",)),
    }


def test_a_corrected_place_is_where_the_case_always_was():
    told = Told()
    told.after(transfer(), MARCH)
    lines = told.cases(corrected(CaseFact.PLACE, 1, division=SOUTH, station=OrganisationId("east")), APRIL)
    assert set(lines) == {
        (Measure.FILED, -1, JANUARY, "north"),
        (Measure.FILED, 1, JANUARY, "east"),
        (Measure.FILED, 1, MARCH, "north"),
        (Measure.FILED, -1, MARCH, "east"),
    }


def test_what_is_cleared_before_it_is_filed_is_booked_with_the_filing():
    pages = Pages()
    registered = pages.write(CASE, ReportRegistered(number="1", division=NORTH, station=OrganisationId("n"), offences=THEFT), JANUARY)
    story = begin(registered, ZONE)
    assert entries(story, follow(story, pages.write(CASE, cleared(), FEBRUARY), ZONE)) == []


def test_the_outcome_is_the_conclusion_then_the_clearance():
    told = Told()
    told.after(cleared(), FEBRUARY)
    assert tell(told.story).outcome.outcome == "CHARGED"
    told.after(CaseConcluded(outcome="CAUTION"), MARCH)
    assert tell(told.story).outcome.outcome == "CAUTION"
    told.after(ClearanceRevoked(reason="r"), APRIL)
    assert tell(told.story).outcome is None
