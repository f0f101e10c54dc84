"""Which unit is recommended, and what another choice asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from math import inf
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dispatching.alarm import Alarm
from domain.dispatching.events import (
    AlarmClosed,
    AlarmDispatched,
    AlarmOpened,
    IntakeKind,
    LocationResolved,
    RecommendationOverridden,
    Shortfall,
    UnfitReason,
    UnitsRecommended,
    UnitStatus,
)
from domain.dispatching.recommending import Candidate, Needs, Survey, in_a_straight_line, ranked, recommended, shortfall
from domain.dispatching.rules import AlarmHasMoved, AlarmHasNoPlace, NoDispatchOfTests, OverrideNeedsReason, TooFewWanted
from domain.events import Event
from domain.ids import DivisionCode, OrderId, OrganisationId, RecommendationId, UnitId
from domain.places import Point
from domain.rules import TextHoldsPersonalData, TextMissing

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
PLACE, THERE = Point(106.55, 29.56), Point(106.56, 29.56)
NORTH, SOUTH = OrganisationId("N-1"), OrganisationId("S-1")
A, B, C = (UnitId(UUID(int=n)) for n in (1, 2, 3))
FIRST, SECOND = OrderId(UUID(int=10)), OrderId(UUID(int=11))
RECOMMENDATION = RecommendationId(UUID(int=20))
OLDEST = 300.0
FIT = Candidate(A, UnitStatus.AVAILABLE, NORTH, ("ARMED",), THERE, NOW - timedelta(seconds=20))
NEEDS = Needs(1, ("ARMED",), (NORTH,))


def survey(*units: Candidate) -> Survey:
    """All would be there in 90 seconds."""
    return Survey(PLACE, units, {each.unit: 90.0 for each in units}, OLDEST)


def surveys(units: list[Candidate], seconds: dict[int, float]) -> Survey:
    return Survey(PLACE, units, {UnitId(UUID(int=n)): each for n, each in seconds.items()}, OLDEST)


candidates = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 40).map(lambda n: UnitId(UUID(int=n))),
        st.sampled_from(UnitStatus),
        st.sampled_from([NORTH, SOUTH]),
        st.sampled_from([(), ("ARMED",), ("DOG", "ARMED")]),
        st.sampled_from([None, PLACE, THERE]),
        st.sampled_from([None, NOW, NOW - timedelta(seconds=299), NOW - timedelta(seconds=301), NOW + timedelta(seconds=5)]),
    ),
    unique_by=lambda each: each.unit,
)
times = st.dictionaries(st.integers(1, 40), st.floats(0, 4_000))
needs = st.builds(Needs, st.integers(1, 4), st.sampled_from([(), ("ARMED",)]), st.sampled_from([(), (NORTH,)]))


@settings(deadline=None)
@given(needs, candidates, times, st.randoms())
def test_the_ranking_is_total_and_always_the_same(wanted: Needs, units: list[Candidate], seconds: dict[int, float], random) -> None:
    ranking = ranked(wanted, surveys(units, seconds), NOW)
    assert sorted(each.unit for each in ranking) == sorted(each.unit for each in units)
    random.shuffle(units)
    assert ranked(wanted, surveys(units, seconds), NOW) == ranking


@settings(deadline=None)
@given(needs, candidates, times)
def test_the_unfit_never_come_before_the_fit_and_the_nearer_come_first(
    wanted: Needs, units: list[Candidate], seconds: dict[int, float]
) -> None:
    ranking = ranked(wanted, surveys(units, seconds), NOW)
    assert [each.fit for each in ranking] == sorted((each.fit for each in ranking), reverse=True)
    for fit in (True, False):
        told = [inf if each.travel_seconds is None else each.travel_seconds for each in ranking if each.fit is fit]
        assert told == sorted(told)


@settings(deadline=None)
@given(needs, candidates, times)
def test_a_unit_is_fit_or_it_is_said_what_stands_against_it(wanted: Needs, units: list[Candidate], seconds: dict[int, float]) -> None:
    for each in ranked(wanted, surveys(units, seconds), NOW):
        assert each.fit is (each.reasons == ())
        assert not each.fit or (each.travel_seconds is not None and each.position_age is not None and each.position_age <= OLDEST)


@settings(deadline=None)
@given(needs, candidates, times)
def test_as_many_are_recommended_as_fit_and_are_wanted_and_it_is_said_where_they_are_too_few(
    wanted: Needs, units: list[Candidate], seconds: dict[int, float]
) -> None:
    ranking = ranked(wanted, surveys(units, seconds), NOW)
    fit, chosen = sum(each.fit for each in ranking), recommended(wanted, ranking)
    assert len(chosen) == min(fit, wanted.wanted)
    assert bool(shortfall(wanted, ranking)) is (fit < wanted.wanted and fit < len(units))


@pytest.mark.parametrize(
    ("unit", "reasons"),
    [
        (FIT, ()),
        (FIT._replace(status=UnitStatus.OFF_DUTY), ("OFF_DUTY",)),
        (FIT._replace(status=UnitStatus.COMMITTED), ("COMMITTED",)),
        (FIT._replace(status=UnitStatus.DELAYED), ("DELAYED",)),
        (FIT._replace(status=UnitStatus.OUT_OF_SERVICE), ("OUT_OF_SERVICE",)),
        (FIT._replace(capabilities=("DOG",)), ("LACKS_CAPABILITY",)),
        (FIT._replace(station=SOUTH), ("OUTSIDE",)),
        (FIT._replace(place=None, fixed_at=None), ("NO_POSITION",)),
        (FIT._replace(fixed_at=NOW - timedelta(seconds=301)), ("POSITION_TOO_OLD",)),
        (FIT._replace(status=UnitStatus.OFF_DUTY, station=SOUTH, capabilities=()), ("OFF_DUTY", "LACKS_CAPABILITY", "OUTSIDE")),
    ],
)
def test_all_that_stands_against_a_unit_is_said(unit: Candidate, reasons: tuple[str, ...]) -> None:
    (told,) = ranked(NEEDS, survey(unit), NOW)
    assert told.reasons == tuple(map(UnfitReason, reasons))


def test_a_unit_from_which_no_way_leads_there_is_not_fit() -> None:
    (told,) = ranked(NEEDS, surveys([FIT], {}), NOW)
    assert (told.reasons, told.travel_seconds) == ((UnfitReason.NO_WAY,), None)


def test_a_unit_is_told_with_what_the_ranking_went_by() -> None:
    (told,) = ranked(NEEDS, survey(FIT), NOW)
    assert (told.unit, told.travel_seconds, told.position_age) == (A, 90.0, 20.0)
    assert told.distance == pytest.approx(967, abs=1)


def test_a_shortfall_counts_the_units_of_each_reason() -> None:
    off = FIT._replace(status=UnitStatus.OFF_DUTY)
    units = off, off._replace(unit=B), FIT._replace(unit=C, station=SOUTH)
    ranking = ranked(NEEDS, survey(*units), NOW)
    assert shortfall(NEEDS, ranking) == (Shortfall(UnfitReason.OFF_DUTY, 2), Shortfall(UnfitReason.OUTSIDE, 1))


def test_a_straight_line_takes_its_length_at_one_speed() -> None:
    (seconds,) = in_a_straight_line([THERE], PLACE, 10.0)
    assert seconds == pytest.approx(96.7, abs=0.1)


def test_needs_are_for_somebody_and_hold_no_personal_data() -> None:
    with pytest.raises(TooFewWanted):
        Needs(0)
    with pytest.raises(TextMissing):
        Needs(1, ("",))


# --- The alarm


def alarm(*then: Event, place: Point | None = PLACE, test: bool = False) -> Alarm:
    opened = AlarmOpened(kind=IntakeKind.ALARM, division=DivisionCode("500112"), station=NORTH, place=place, test=test)
    return reduce(Alarm.apply, then, Alarm.begin(opened))  # type: ignore[arg-type]


def units_recommended(*units: UnitId) -> UnitsRecommended:
    return UnitsRecommended(recommendation=RECOMMENDATION, place=PLACE, wanted=max(1, len(units)), recommended=units, ranking=())


def test_an_alarm_records_the_whole_ranking() -> None:
    off = FIT._replace(unit=B, status=UnitStatus.OFF_DUTY)
    event = alarm().recommend(RECOMMENDATION, Needs(2), survey(off, FIT), NOW)
    assert [each.unit for each in event.ranking] == [A, B]
    assert (event.recommended, event.shortfall) == ((A,), (Shortfall(UnfitReason.OFF_DUTY, 1),))


def test_nobody_is_recommended_to_nowhere_to_a_place_that_was_left_or_to_a_test() -> None:
    for it, rule in ((alarm(place=None), AlarmHasNoPlace), (alarm(place=THERE), AlarmHasMoved), (alarm(test=True), NoDispatchOfTests)):
        with pytest.raises(rule):
            it.recommend(RECOMMENDATION, Needs(), survey(FIT), NOW)


def test_another_unit_than_those_recommended_is_sent_only_with_a_reason() -> None:
    it = alarm(units_recommended(A, B))
    assert it.override(FIRST, A, "") is None
    assert it.override(FIRST, B, "") is None
    with pytest.raises(OverrideNeedsReason) as refusal:
        it.override(FIRST, C, " ")
    assert refusal.value.field == "overrideReason"
    with pytest.raises(TextHoldsPersonalData):
        it.override(FIRST, C, "call 13912345678")
    assert it.override(FIRST, C, " knows the house ") == RecommendationOverridden(
        recommendation=RECOMMENDATION, order=FIRST, unit=C, recommended=(A, B), reason="knows the house"
    )


@pytest.mark.parametrize(
    "then",
    [
        (),
        (units_recommended(),),
        (units_recommended(A), AlarmDispatched(order=SECOND, unit=A)),
        (units_recommended(A), AlarmDispatched(order=SECOND, unit=B)),
        (units_recommended(A, B), AlarmDispatched(order=SECOND, unit=C), AlarmDispatched(order=SECOND, unit=A)),
        (units_recommended(A), LocationResolved(place=THERE, division=DivisionCode("500112"), station=NORTH)),
        (units_recommended(A), AlarmClosed()),
    ],
)
def test_where_no_recommendation_stands_any_unit_may_be_sent(then: tuple[Event, ...]) -> None:
    assert alarm(*then).override(FIRST, C, "") is None


def test_one_unit_sent_is_one_unit_fewer_that_is_needed() -> None:
    it = alarm(units_recommended(A, B), AlarmDispatched(order=SECOND, unit=A))
    assert it.override(FIRST, B, "") is None
    with pytest.raises(OverrideNeedsReason):
        it.override(FIRST, A, "")
