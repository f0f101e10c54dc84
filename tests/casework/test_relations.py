"""Series, merge, split, filing anew, transfer and supervision: what changes on both sides."""

from __future__ import annotations

from datetime import timedelta

import pytest

from application.casework import cases
from domain.casework.clearance import CaseIsCleared
from domain.casework.events import (
    CaseCleared,
    CaseFiled,
    CaseLinked,
    CaseSplit,
    CaseWithdrawn,
    ClearanceKind,
    JurisdictionTransferred,
    Offence,
    PersonRole,
    WithdrawalReason,
)
from domain.casework.offences import NothingRemains, total
from domain.casework.rules import (
    AlreadyAtStation,
    CaseInAnotherSeries,
    CaseIsMerged,
    CaseIsRefiled,
    CaseIsWithdrawn,
    CaseNotFiled,
    CaseNotInSeries,
    CaseNotMergedThere,
    CaseNotSupervised,
    CaseNotWithdrawn,
    FiledBeforeItsTime,
    MergesWithItself,
    MergeTargetClosed,
)
from domain.casework.stages import Stage
from domain.ids import CaseId
from domain.rules import Rejected, TextMissing
from tests.casework.stories import (
    CASE,
    DIVISION,
    NOON,
    OTHER_CASE,
    OTHER_DIVISION,
    OTHER_SERIES,
    OTHER_STATION,
    REQUEST,
    SERIES,
    STATION,
    SUSPECT,
    THEFTS,
    VICTIM,
    WANG,
    Office,
    case,
    named,
)

HOUR = timedelta(hours=1)
THIRD_CASE = CaseId(named("third case"))
FILED = CaseFiled(offences=THEFTS)
CLEARED = CaseCleared(kind=ClearanceKind.OTHER, outcome="CLOSED_BY_SOURCE", offences=3)
WITHDRAWN = CaseWithdrawn(reason=WithdrawalReason.NO_CRIME)


def office(mine=(FILED,), other=(FILED,)):
    return Office(states={CASE: case(*mine), OTHER_CASE: case(*other)})


class TestMerge:
    def test_both_sides_know(self):
        done = office().carry_out(cases.merge(CASE, OTHER_CASE, "The same theft."))
        assert [type(event).__name__ for event in done] == ["CaseMerged", "CaseAbsorbed"]

    def test_merge_then_unmerge_leaves_both_as_they_were(self):
        it = office(mine=(FILED, CLEARED))
        before = dict(it.states)
        it.carry_out(cases.merge(CASE, OTHER_CASE, "The same theft."))
        it.carry_out(cases.unmerge(CASE, OTHER_CASE, "Two thefts."))
        assert it.states == before

    @pytest.mark.parametrize(
        "command",
        [
            cases.conclude(CASE, "NO_SUSPECT"),
            cases.clear(CASE, REQUEST, ClearanceKind.OTHER, "CLOSED_BY_SOURCE"),
            cases.involve(CASE, VICTIM, PersonRole.VICTIM),
            cases.identify_suspect(CASE, SUSPECT),
            cases.transfer(CASE, OTHER_STATION, OTHER_DIVISION, "Ours."),
            cases.merge(CASE, THIRD_CASE, "The same."),
            cases.split(CASE, THIRD_CASE, "A3", (Offence("THEFT"),), "Two thefts."),
        ],
        ids=lambda command: command.name,
    )
    def test_a_merged_case_rests(self, command):
        it = office()
        it.states[THIRD_CASE] = case()
        it.carry_out(cases.merge(CASE, OTHER_CASE, "The same theft."))
        with pytest.raises(CaseIsMerged):
            it.carry_out(command)

    def test_not_into_itself(self):
        with pytest.raises(MergesWithItself):
            office().carry_out(cases.merge(CASE, CASE, "?"))

    def test_not_into_what_is_withdrawn_or_merged(self):
        with pytest.raises(MergeTargetClosed):
            office(other=(FILED, WITHDRAWN)).carry_out(cases.merge(CASE, OTHER_CASE, "The same."))
        it = office()
        it.states[THIRD_CASE] = case()
        it.carry_out(cases.merge(OTHER_CASE, THIRD_CASE, "The same."))
        with pytest.raises(MergeTargetClosed):
            it.carry_out(cases.merge(CASE, OTHER_CASE, "The same."))

    def test_a_withdrawn_case_is_not_merged(self):
        with pytest.raises(CaseIsWithdrawn):
            office(mine=(FILED, WITHDRAWN)).carry_out(cases.merge(CASE, OTHER_CASE, "The same."))

    def test_a_refused_merge_changes_neither(self):
        it = office(other=(FILED, WITHDRAWN))
        before = dict(it.states)
        with pytest.raises(MergeTargetClosed):
            it.carry_out(cases.merge(CASE, OTHER_CASE, "The same."))
        assert it.states == before

    def test_unmerged_out_of_what_it_is_in(self):
        it = office()
        with pytest.raises(CaseNotMergedThere):
            it.carry_out(cases.unmerge(CASE, OTHER_CASE, "Two thefts."))


class TestSplit:
    def test_offences_are_conserved_and_both_cases_filed(self):
        it = office()
        it.carry_out(cases.split(CASE, THIRD_CASE, "A3", (Offence("THEFT"),), "Two thefts.", summary="Bicycle."))
        source, new = it.states[CASE], it.states[THIRD_CASE]
        assert (source.offences, new.offences) == ((Offence("THEFT", 2),), (Offence("THEFT"),))
        assert total(source.offences) + total(new.offences) == total(THEFTS)
        assert (new.stage, new.station, new.division) == (Stage.FILED, STATION, DIVISION)
        assert it.events[THIRD_CASE][0].split_from == CASE

    def test_it_tells_what_remains(self):
        split, *_ = office().carry_out(cases.split(CASE, THIRD_CASE, "A3", (Offence("THEFT", 2),), "Two thefts."))
        assert isinstance(split, CaseSplit)
        assert split.remaining == (Offence("THEFT"),)

    @pytest.mark.parametrize("leaving", [THEFTS, (Offence("THEFT", 4),), (Offence("ROBBERY"),)])
    def test_something_remains_and_only_its_own_leave(self, leaving):
        with pytest.raises(NothingRemains):
            office().carry_out(cases.split(CASE, THIRD_CASE, "A3", leaving, "Two thefts."))

    def test_only_filed_and_unsolved_cases(self):
        with pytest.raises(CaseIsCleared):
            office(mine=(FILED, CLEARED)).carry_out(cases.split(CASE, THIRD_CASE, "A3", (Offence("THEFT"),), "x"))
        with pytest.raises(CaseNotFiled):
            office(mine=()).carry_out(cases.split(CASE, THIRD_CASE, "A3", (Offence("THEFT"),), "x"))

    def test_not_filed_in_the_future(self):
        with pytest.raises(FiledBeforeItsTime):
            office().carry_out(cases.split(CASE, THIRD_CASE, "A3", (Offence("THEFT"),), "x", filed_at=NOON + HOUR))


class TestRefiling:
    def test_the_matter_goes_on_under_another_case(self):
        it = office(mine=(FILED, WITHDRAWN))
        it.carry_out(cases.refile(CASE, THIRD_CASE, "A3", "A witness came forward."))
        assert (it.states[CASE].stage, it.states[CASE].refiled) == (Stage.WITHDRAWN, True)
        assert (it.states[THIRD_CASE].stage, it.states[THIRD_CASE].offences) == (Stage.REPORTED, THEFTS)
        assert it.events[THIRD_CASE][0].refiled_from == CASE

    def test_once_and_then_the_old_one_rests(self):
        it = office(mine=(FILED, WITHDRAWN))
        it.carry_out(cases.refile(CASE, THIRD_CASE, "A3", "A witness came forward."))
        with pytest.raises(CaseIsRefiled):
            it.carry_out(cases.refile(CASE, CaseId(named("fourth")), "A4", "Another one."))
        with pytest.raises(CaseIsRefiled):
            it.carry_out(cases.reopen(CASE, "After all."))

    def test_only_what_was_withdrawn(self):
        with pytest.raises(CaseNotWithdrawn):
            office().carry_out(cases.refile(CASE, THIRD_CASE, "A3", "A witness came forward."))


class TestTransfer:
    def test_both_stations_are_named(self):
        (moved,) = office().carry_out(cases.transfer(CASE, OTHER_STATION, OTHER_DIVISION, "It happened there."))
        assert moved == JurisdictionTransferred(
            from_station=STATION,
            from_division=DIVISION,
            to_station=OTHER_STATION,
            to_division=OTHER_DIVISION,
            reason="It happened there.",
        )

    def test_there_and_back_leaves_it_as_it_was(self):
        it = office()
        before = it.states[CASE]
        it.carry_out(cases.transfer(CASE, OTHER_STATION, OTHER_DIVISION, "It happened there."))
        it.carry_out(cases.transfer(CASE, STATION, DIVISION, "It did not."))
        assert it.states[CASE] == before

    @pytest.mark.parametrize(
        ("station", "mine", "rule"),
        [
            (STATION, (FILED,), AlreadyAtStation),
            (" ", (FILED,), TextMissing),
            (OTHER_STATION, (FILED, WITHDRAWN), CaseIsWithdrawn),
        ],
    )
    def test_what_is_refused(self, station, mine, rule: type[Rejected]):
        with pytest.raises(rule):
            office(mine=mine).carry_out(cases.transfer(CASE, station, OTHER_DIVISION, "It happened there."))


class TestSeriesAndSupervision:
    def test_one_series_at_a_time(self):
        it = office()
        assert it.carry_out(cases.link(CASE, SERIES)) == [CaseLinked(series=SERIES)]
        assert it.carry_out(cases.link(CASE, SERIES)) == []
        with pytest.raises(CaseInAnotherSeries):
            it.carry_out(cases.link(CASE, OTHER_SERIES))
        with pytest.raises(CaseNotInSeries):
            it.carry_out(cases.unlink(CASE, OTHER_SERIES, "Other hand."))
        it.carry_out(cases.unlink(CASE, SERIES, "Other hand."))
        assert it.states[CASE].series is None

    def test_supervision_is_set_and_lifted(self):
        it = office()
        with pytest.raises(CaseNotSupervised):
            it.carry_out(cases.lift_supervision(CASE, "Solved."))
        it.carry_out(cases.supervise(CASE, "CITY", "Grave."))
        assert it.carry_out(cases.supervise(CASE, "CITY", "Grave.")) == []
        it.carry_out(cases.lift_supervision(CASE, "Solved."), by=WANG)
        assert it.states[CASE].supervision is None
