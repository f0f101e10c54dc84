"""What a unit decides: duty, orders, status, crew, positions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from uuid import UUID

import pytest

from domain.dispatching.events import (
    CapabilitiesChanged,
    CrewChanged,
    PositionSampled,
    UnitCommitted,
    UnitRegistered,
    UnitReleased,
    UnitSignedOff,
    UnitSignedOn,
    UnitStatus,
    UnitStatusChanged,
)
from domain.dispatching.rules import (
    FixFromTheFuture,
    StatusFollowsFromActs,
    UnitHasActiveOrder,
    UnitIsCommitted,
    UnitIsOffDuty,
    UnitIsOnDuty,
    UnitNotOnRoster,
    UnitStateOfAnotherBase,
)
from domain.dispatching.unit import Unit
from domain.dispatching.unit_state import UnitState, UnitStateBaseFollows, UnitStateCodeMalformed, UnitStateIsWithdrawn
from domain.events import Event
from domain.ids import OfficerId, OrderId, OrganisationId
from domain.places import Point
from domain.rules import TextMissing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACE = Point(106.5, 29.5)
FIRST, SECOND = OrderId(UUID(int=1)), OrderId(UUID(int=2))
LI, WU = OfficerId("P-1"), OfficerId("P-2")
REGISTERED = UnitRegistered(call_sign="N-12", kind="CAR", station=OrganisationId("S-1"))
ON = UnitSignedOn(crew=(LI,))
COMMITTED = UnitCommitted(order=FIRST)
STACKED = UnitCommitted(order=SECOND, stacked=True)


def unit(*then: Event) -> Unit:
    return reduce(Unit.apply, then, Unit.begin(REGISTERED))  # type: ignore[arg-type]


def status(to: UnitStatus, custom: str = "") -> UnitStatusChanged:
    return UnitStatusChanged(status=to, custom=custom)


def test_a_unit_is_registered_with_its_capabilities_once_each():
    event = Unit.register("N-12", "CAR", OrganisationId("S-1"), ("DOG", "DOG"))
    assert event.capabilities == ("DOG",)
    with pytest.raises(TextMissing):
        Unit.register(" ", "CAR", OrganisationId("S-1"))


def test_a_unit_signs_on_and_off():
    assert unit().sign_on((LI, LI)) == ON
    assert unit(ON).sign_off() == UnitSignedOff()
    with pytest.raises(UnitIsOnDuty):
        unit(ON).sign_on()
    with pytest.raises(UnitIsOffDuty):
        unit().sign_off()
    with pytest.raises(UnitIsCommitted):
        unit(ON, COMMITTED).sign_off()


def test_a_unit_has_one_active_order_unless_stacked():
    assert unit(ON).commit(FIRST) == COMMITTED
    with pytest.raises(UnitHasActiveOrder):
        unit(ON, COMMITTED).commit(SECOND)
    assert unit(ON, COMMITTED).commit(SECOND, stacked=True) == STACKED


def test_a_stacked_order_of_a_free_unit_is_its_active_one():
    assert unit(ON).commit(FIRST, stacked=True) == COMMITTED


@pytest.mark.parametrize("history", [[], [ON, status(UnitStatus.OUT_OF_SERVICE)], [ON, UnitSignedOff()]])
def test_a_unit_off_its_roster_is_ordered_with_a_reason(history: list[Event]):
    with pytest.raises(UnitNotOnRoster):
        unit(*history).commit(FIRST, override_reason=" ")
    assert unit(*history).commit(FIRST, override_reason="next door") == COMMITTED


@pytest.mark.parametrize(
    ("history", "released"),
    [
        ([ON, COMMITTED], UnitReleased(order=FIRST)),
        ([COMMITTED], UnitReleased(order=FIRST, status=UnitStatus.OFF_DUTY)),
        ([ON, COMMITTED, STACKED], UnitReleased(order=FIRST, active=SECOND, status=UnitStatus.COMMITTED)),
        ([ON, COMMITTED, status(UnitStatus.OUT_OF_SERVICE)], UnitReleased(order=FIRST, status=UnitStatus.OUT_OF_SERVICE)),
    ],
)
def test_a_release_says_what_the_unit_does_now(history: list[Event], released: UnitReleased):
    assert unit(*history).release(FIRST) == released
    assert unit(*history, released).status is released.status


@pytest.mark.parametrize(
    ("to", "word", "left"), [(UnitStatus.COMMITTED, "transport", ""), (UnitStatus.DELAYED, "refuelling", "refuelling")]
)
def test_what_the_unit_said_of_its_order_ends_with_it(to: UnitStatus, word: str, left: str):
    state = unit(ON, COMMITTED, status(to, word))
    assert state.apply(state.release(FIRST)).custom == left


def test_an_order_the_unit_never_had_releases_nothing():
    assert unit(ON).release(FIRST) is None


def test_a_stacked_order_that_ends_leaves_the_active_one():
    assert unit(ON, COMMITTED, STACKED).release(SECOND) == UnitReleased(order=SECOND, active=FIRST, status=UnitStatus.COMMITTED)


def test_a_status_is_set_in_the_deployments_own_words():
    assert unit(ON).change_status(UnitStatus.DELAYED, "MEAL", UnitStatus.DELAYED) == status(UnitStatus.DELAYED, "MEAL")
    transport = status(UnitStatus.COMMITTED, "TRANSPORT")
    assert unit(ON, COMMITTED).change_status(UnitStatus.COMMITTED, "TRANSPORT", UnitStatus.COMMITTED) == transport
    assert unit(ON).change_status(UnitStatus.AVAILABLE) is None


@pytest.mark.parametrize("base", [UnitStatus.OUT_OF_SERVICE, None])
def test_a_state_of_the_deployments_own_is_a_kind_of_the_status(base: UnitStatus | None):
    with pytest.raises(UnitStateOfAnotherBase):
        unit(ON).change_status(UnitStatus.DELAYED, "MEAL", base)


@pytest.mark.parametrize("code", ["", "meal", "1ST", "AT MEAL", "A" * 33])
def test_codes_of_states_are_capital_letters_digits_and_underscores(code: str):
    with pytest.raises(UnitStateCodeMalformed):
        UnitState.define(code, "At meal", "用餐", UnitStatus.DELAYED)


def test_a_state_is_renamed_until_it_is_withdrawn():
    state = UnitState.begin(UnitState.define("MEAL", "At meal", "用餐", UnitStatus.DELAYED))
    assert state.rename("At meal", "用餐") is None
    with pytest.raises(UnitStateBaseFollows):
        UnitState.define("GONE", "Gone", "离岗", UnitStatus.OFF_DUTY)
    gone = state.apply(state.withdraw("nobody needs it"))
    for act in (lambda: gone.rename("Meal", "吃饭"), lambda: gone.withdraw("again")):
        with pytest.raises(UnitStateIsWithdrawn):
            act()


@pytest.mark.parametrize("to", [UnitStatus.OFF_DUTY, UnitStatus.COMMITTED])
def test_duty_and_commitment_are_not_set_by_hand(to: UnitStatus):
    with pytest.raises(StatusFollowsFromActs):
        unit(ON).change_status(to)


def test_a_committed_unit_is_not_available_and_an_absent_one_has_no_status():
    with pytest.raises(UnitIsCommitted):
        unit(ON, COMMITTED).change_status(UnitStatus.AVAILABLE)
    with pytest.raises(UnitIsOffDuty):
        unit().change_status(UnitStatus.DELAYED)


def test_a_crew_changes_on_duty():
    assert unit(ON).change_crew((LI, WU)) == CrewChanged(crew=(LI, WU))
    assert unit(ON).change_crew((LI,)) is None
    with pytest.raises(UnitIsOffDuty):
        unit().change_crew((LI,))


def test_capabilities_change_at_any_time_and_are_told_in_full():
    it = unit()
    assert it.change_capabilities(("DOG", "BOAT", "DOG")) == CapabilitiesChanged(capabilities=("DOG", "BOAT"))
    able = unit(CapabilitiesChanged(capabilities=("DOG", "BOAT")))
    assert able.change_capabilities(("BOAT", "DOG")) is None
    assert able.change_capabilities(()) == CapabilitiesChanged(capabilities=())
    with pytest.raises(TextMissing):
        it.change_capabilities((" ",))


def test_a_position_is_newer_than_the_last_and_not_of_the_future():
    known = unit(PositionSampled(place=PLACE, fixed_at=NOON))
    later = NOON + timedelta(seconds=30)
    assert known.sample_position(PLACE, later, later) == PositionSampled(place=PLACE, fixed_at=later)
    assert known.sample_position(PLACE, NOON, later) is None
    with pytest.raises(FixFromTheFuture):
        known.sample_position(PLACE, later, NOON)
