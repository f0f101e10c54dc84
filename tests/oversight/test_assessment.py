"""What an assessment decides, and what holds after any sequence of decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import OfficerId, OrganisationId
from domain.oversight.assessment import Assessment
from domain.oversight.assessment_rules import (
    AppealOfOthers,
    AssessesItself,
    AssessmentNeedsOrganisations,
    AssessmentOfAnotherAssessor,
    BaseTooSmall,
    IndicatorCodeTwice,
    IndicatorNotScored,
    IndicatorUnknown,
    NotAllScored,
    NotAssessed,
    PeriodEndsEarly,
    RanksOnCaseCounts,
    ShareMalformed,
    TargetNotPositive,
    ValueMissing,
    WeightNegative,
    WeightsNotHundred,
)
from domain.oversight.events import AppealDecided, AssessmentOpened, EvidenceStatistic, Indicator, IndicatorScored, PeriodSealed, Polarity
from domain.oversight.evidence import Evidence, points
from domain.rules import Rejected

OFFICE, NORTH, SOUTH, WEST = (OrganisationId(each) for each in ("ZZB", "N", "S", "W"))
LI, WANG = OfficerId("Li"), OfficerId("Wang")
BUILT = Indicator("BUILT", "Built", "建设", 60, 30.0, EvidenceStatistic.BUILD_PROGRESS)
FILED = Indicator("FILED", "Filed in time", "按期立案", 40, 0.9, EvidenceStatistic.FILING_IN_TIME)
WANTED = AssessmentOpened(
    title_en="Year",
    title_zh="年终考评",
    first=date(2025, 1, 1),
    last=date(2025, 12, 31),
    assessor=OFFICE,
    organisations=(NORTH, SOUTH),
    indicators=(BUILT, FILED),
)
SHARE = Evidence(value=None, numerator=27, denominator=30, position=7)


def value(amount: float) -> Evidence:
    return Evidence(value=amount, numerator=None, denominator=None, position=7)


def opened() -> Assessment:
    return Assessment.begin(Assessment.open(WANTED))


def scheme(*indicators: Indicator, override: str = "") -> AssessmentOpened:
    return Assessment.open(replace(WANTED, indicators=indicators, override=override))


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        (PeriodEndsEarly, {"last": date(2024, 12, 31)}),
        (AssessmentNeedsOrganisations, {"organisations": ()}),
        (AssessesItself, {"organisations": (NORTH, OFFICE)}),
        (WeightsNotHundred, {"indicators": (BUILT,)}),
        (IndicatorCodeTwice, {"indicators": (BUILT, replace(FILED, code="BUILT"))}),
        (WeightNegative, {"indicators": (replace(BUILT, weight=-1), replace(FILED, weight=101))}),
        (TargetNotPositive, {"indicators": (replace(BUILT, target=0.0), FILED)}),
    ],
)
def test_what_makes_no_assessment_is_refused(rule, changed):
    with pytest.raises(rule):
        Assessment.open(replace(WANTED, **changed))


@pytest.mark.parametrize("statistic", [EvidenceStatistic.CASE_COUNTS, EvidenceStatistic.SOLVING_RATE])
def test_nobody_is_ranked_on_case_counts_or_the_solving_rate_without_a_reason_on_record(statistic):
    wrong = replace(FILED, statistic=statistic)
    for override in ("", "   "):
        with pytest.raises(RanksOnCaseCounts):
            scheme(BUILT, wrong, override=override)
    assert "公通字〔2015〕32号" in RanksOnCaseCounts().message_zh
    assert scheme(BUILT, wrong, override=" for once ").override == "for once"
    assert scheme(replace(BUILT, weight=100), replace(wrong, weight=0)).override == ""


def test_points_are_the_share_of_the_target_that_is_met_and_never_more_than_the_weight():
    assert points(BUILT, 15) == 30
    assert points(BUILT, 90) == 60
    assert points(BUILT, -3) == 0
    fewer = replace(BUILT, polarity=Polarity.LOWER)
    assert points(fewer, 60) == 30
    assert points(fewer, 0) == 60


def test_a_share_is_scored_by_what_it_is_divided_from_and_not_on_a_small_base():
    scored = opened().score(NORTH, "FILED", SHARE, OFFICE, LI)
    assert (scored.value, scored.points, scored.numerator, scored.denominator, scored.evidence_position) == (0.9, 40, 27, 30, 7)
    with pytest.raises(BaseTooSmall):
        opened().score(NORTH, "FILED", replace(SHARE, denominator=29), OFFICE, LI)
    for wrong in (replace(SHARE, numerator=31), replace(SHARE, value=0.9), replace(SHARE, denominator=None)):
        with pytest.raises(ShareMalformed):
            opened().score(NORTH, "FILED", wrong, OFFICE, LI)
    with pytest.raises(ValueMissing):
        opened().score(NORTH, "BUILT", SHARE, OFFICE, LI)


def test_who_is_not_assessed_and_what_is_no_indicator_is_not_scored():
    with pytest.raises(NotAssessed):
        opened().score(WEST, "BUILT", value(1), OFFICE, LI)
    with pytest.raises(IndicatorUnknown):
        opened().score(NORTH, "SOLVED", value(1), OFFICE, LI)
    with pytest.raises(AssessmentOfAnotherAssessor):
        opened().score(NORTH, "BUILT", value(1), NORTH, LI)


def test_an_organisation_appeals_against_its_own_score():
    state = opened()
    with pytest.raises(IndicatorNotScored):
        state.appeal(NORTH, "BUILT", NORTH, "why")
    state = state.apply(state.score(NORTH, "BUILT", value(15), OFFICE, LI))
    with pytest.raises(AppealOfOthers):
        state.appeal(NORTH, "BUILT", SOUTH, "why")


def test_everything_is_scored_before_the_seal():
    with pytest.raises(NotAllScored):
        opened().seal(OFFICE)


tries = st.lists(
    st.tuples(
        st.sampled_from(["score", "appeal", "uphold", "dismiss", "seal"]),
        st.sampled_from([NORTH, SOUTH, WEST]),
        st.sampled_from(["BUILT", "FILED"]),
        st.sampled_from([LI, WANG]),
    ),
    max_size=40,
)


def attempt(state, act, organisation, code, by):
    evidence = value(20) if code == "BUILT" else SHARE
    match act:
        case "score":
            return state.score(organisation, code, evidence, OFFICE, by)
        case "appeal":
            return state.appeal(organisation, code, organisation, "why")
        case "uphold":
            return state.decide(organisation, code, evidence, "so", OFFICE, by)
        case "dismiss":
            return state.decide(organisation, code, None, "so", OFFICE, by)
        case _:
            return state.seal(OFFICE)


@given(tries)
def test_whatever_is_tried_nobody_decides_on_their_own_score_and_nothing_follows_the_seal(tried):
    state, scorers, pending = opened(), {}, set()
    for act, organisation, code, by in tried:
        try:
            event = attempt(state, act, organisation, code, by)
        except Rejected:
            continue
        assert not state.sealed
        state = state.apply(event)
        match event:
            case IndicatorScored():
                assert (organisation, code) not in pending
                scorers[organisation, code] = by
            case AppealDecided(upheld=upheld):
                assert scorers[organisation, code] != by
                pending.remove((organisation, code))
                scorers |= {(organisation, code): by} if upheld else {}
            case PeriodSealed():
                assert len(scorers) == 4
                assert not pending
            case _:
                pending.add((organisation, code))
