"""The duty roster: no minute left open, nobody in two places, each shift begins and ends once, whatever is tried in whatever order."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import OfficerId, OrganisationId, PostId
from domain.rules import Rejected
from domain.surveillance.duty_roster import (
    DutyRoster,
    HandOverToNobody,
    OfficerTwiceAtOnce,
    RosterHasGap,
    ShiftHasBegun,
    ShiftHasNoSpan,
    ShiftNotBegun,
    ShiftNotMissed,
    ShiftOfSomebodyElse,
    ShiftUnknown,
    SignOnOutOfTime,
    TooManyShifts,
    first_gap,
)
from domain.surveillance.events import RosterPublished, Shift

POST = PostId(UUID(int=1))
STATION = OrganisationId("S-1")
MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
GRACE = timedelta(minutes=15)
HOURS = 24
LI, WANG, ZHAO = OfficerId("li"), OfficerId("wang"), OfficerId("zhao")


def hour(number: float) -> datetime:
    return MIDNIGHT + timedelta(hours=number)


def shift(officer: OfficerId, start: float, end: float) -> Shift:
    return Shift(officer=officer, starts_at=hour(start), ends_at=hour(end))


DAY = (shift(LI, 0, 8), shift(WANG, 8, 16), shift(ZHAO, 16, 24))


def published(*shifts: Shift, staffed_24h: bool = True) -> RosterPublished:
    return DutyRoster.publish(POST, STATION, hour(0), hour(HOURS), GRACE, shifts, staffed_24h=staffed_24h)


def roster(*shifts: Shift) -> DutyRoster:
    return DutyRoster.begin(published(*(shifts or DAY)))


def test_a_day_in_three_shifts_is_published():
    event = published(*DAY)
    assert (event.shifts, event.grace) == (DAY, 900)


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_gap_is_refused_where_somebody_must_always_watch(left: int):
    some = [each for number, each in enumerate(DAY) if number != left]
    with pytest.raises(RosterHasGap):
        published(*some)
    assert published(*some, staffed_24h=False).shifts == tuple(some)


def test_a_minute_is_a_gap():
    with pytest.raises(RosterHasGap):
        published(DAY[0], shift(WANG, 8 + 1 / 60, 16), DAY[2])


def test_nobody_is_in_two_places():
    with pytest.raises(OfficerTwiceAtOnce):
        published(*DAY, shift(LI, 7, 9))
    with pytest.raises(OfficerTwiceAtOnce):
        roster(*DAY, shift(WANG, 7, 8)).reassign(0, WANG, "ill")


def test_shifts_lie_within_their_roster():
    for outside in (shift(LI, -1, 8), shift(LI, 8, 8), shift(LI, 16, 25)):
        with pytest.raises(ShiftHasNoSpan):
            published(outside, staffed_24h=False)
    with pytest.raises(TooManyShifts):
        published(staffed_24h=False)


def test_one_signs_on_to_ones_own_shift_in_time():
    with pytest.raises(ShiftOfSomebodyElse):
        roster().sign_on(0, WANG, hour(0))
    for early_or_late in (hour(-0.26), hour(8)):
        with pytest.raises(SignOnOutOfTime):
            roster().sign_on(0, LI, early_or_late)
    with pytest.raises(ShiftUnknown):
        roster().sign_on(3, LI, hour(0))
    begun = roster().apply(roster().sign_on(0, LI, hour(-0.25)))
    with pytest.raises(ShiftHasBegun):
        begun.sign_on(0, LI, hour(1))


def test_a_shift_is_missed_once_its_grace_is_over():
    with pytest.raises(ShiftNotMissed):
        roster().miss(0, LI, hour(0.25))
    missed = roster().apply(roster().miss(0, LI, hour(0.26)))
    with pytest.raises(ShiftNotMissed):
        missed.miss(0, LI, hour(1))
    late = missed.apply(missed.sign_on(0, LI, hour(2)))
    with pytest.raises(ShiftNotMissed):
        late.miss(0, LI, hour(3))


def test_a_shift_that_was_given_to_another_can_be_missed_by_them():
    missed = roster().apply(roster().miss(0, LI, hour(1)))
    given = missed.apply(missed.reassign(0, OfficerId("sun"), "ill"))
    with pytest.raises(ShiftNotMissed):
        given.miss(0, LI, hour(2))
    assert given.miss(0, OfficerId("sun"), hour(2)).shift == 0


def test_a_hand_over_needs_somebody_who_is_there():
    one = roster().apply(roster().sign_on(0, LI, hour(0)))
    for to in (0, 1):
        with pytest.raises(HandOverToNobody):
            one.hand_over(0, to, LI, "")
    with pytest.raises(ShiftUnknown):
        one.hand_over(0, 9, LI, "")
    two = one.apply(one.sign_on(1, WANG, hour(7.9)))
    over = two.apply(two.hand_over(0, 1, LI, "camera 12 shakes"))
    with pytest.raises(ShiftNotBegun):
        over.sign_off(0, LI)
    assert over.sign_off(1, WANG).shift == 1


def test_who_swaps_takes_the_others_place():
    swapped = roster().apply(roster().swap(0, 2, "a wedding"))
    assert [duty.shift.officer for duty in swapped.duties] == [ZHAO, WANG, LI]
    begun = swapped.apply(swapped.sign_on(0, ZHAO, hour(0)))
    with pytest.raises(ShiftHasBegun):
        begun.swap(0, 1, "too late")


spans = st.lists(st.tuples(st.integers(0, 23), st.integers(1, 8)), min_size=1, max_size=12)


@given(spans)
def test_a_gap_is_found_exactly_where_an_hour_is_open(spans: list[tuple[int, int]]):
    shifts = tuple(shift(OfficerId(f"o-{n}"), start, min(HOURS, start + length)) for n, (start, length) in enumerate(spans))
    covered = {h for each in shifts for h in range(HOURS) if each.starts_at <= hour(h) < each.ends_at}
    open_hours = [h for h in range(HOURS) if h not in covered]
    assert first_gap(hour(0), hour(HOURS), shifts) == (hour(open_hours[0]) if open_hours else None)


acts = st.lists(
    st.tuples(
        st.sampled_from(["sign_on", "sign_off", "hand_over", "miss", "swap", "reassign"]),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from([LI, WANG, ZHAO]),
        st.integers(-1, HOURS),
    ),
    max_size=40,
)


def tried(state: DutyRoster, act: tuple[str, int, int, OfficerId, int]) -> DutyRoster:
    name, number, other, officer, when = act
    decisions = {
        "sign_on": lambda: state.sign_on(number, officer, hour(when)),
        "sign_off": lambda: state.sign_off(number, officer),
        "hand_over": lambda: state.hand_over(number, other, officer, ""),
        "miss": lambda: state.miss(number, officer, hour(when)),
        "swap": lambda: state.swap(number, other, "why"),
        "reassign": lambda: state.reassign(number, officer, "why"),
    }
    with suppress(Rejected):
        return state.apply(decisions[name]())
    return state


@given(acts)
def test_whatever_is_tried_each_shift_begins_and_ends_once_and_nobody_is_in_two_places(acts):
    state = roster()
    for act in acts:
        before, state = state, tried(state, act)
        for was, now in zip(before.duties, state.duties, strict=True):
            assert now.begun >= was.begun
            assert now.ended >= was.ended
            assert now.begun or not now.ended
            assert not was.begun or now.shift == was.shift, "what has begun stays whose it is"
        shifts = [duty.shift for duty in state.duties]
        assert published(*shifts).shifts == tuple(shifts), "what was changed could be published as it is"
