"""What a camera decides, and what holds after any sequence of decisions."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import Event
from domain.ids import CameraId, DivisionCode, OrganisationId
from domain.places import Point
from domain.rules import Rejected, TextMissing
from domain.surveillance.camera import Camera
from domain.surveillance.events import (
    Builder,
    CameraAccepted,
    CameraHealth,
    CameraRegistered,
    CameraResumed,
    CameraRetired,
    CameraState,
    CameraSuspended,
    FaultReported,
    HealthChanged,
    OwnerSector,
    ViolationRecorded,
)
from domain.surveillance.rules import (
    BearingOutOfCircle,
    CameraIsAccepted,
    CameraIsInService,
    CameraIsRetired,
    CameraIsSuspended,
    CameraNotOfTraffic,
    FaultIsOpen,
    FieldOfViewOutOfCircle,
    NoFaultIsOpen,
    RangeOutOfSight,
    ViolationCodeMalformed,
)

PLACE = Point(106.55, 29.56)
NUMBER = CameraId("50010300001320000001")
NORTH, SOUTH = OrganisationId("N-1"), OrganisationId("S-1")


def register(range: int = 80, bearing: float | None = 90.0, field_of_view: float = 60.0, owner: str = "ICBC") -> CameraRegistered:
    where = DivisionCode("500103"), NORTH, PLACE
    return Camera.register(NUMBER, OwnerSector.BANK, owner, Builder.SOCIAL, *where, range, bearing, field_of_view)


def camera(*then: Event) -> Camera:
    return reduce(Camera.apply, then, Camera.begin(register()))  # type: ignore[arg-type]


SUSPENDED, RETIRED = CameraSuspended(reason="works"), CameraRetired(reason="worn out")


@pytest.mark.parametrize(
    ("view", "rule"),
    [
        ({"range": 0}, RangeOutOfSight),
        ({"range": 20_001}, RangeOutOfSight),
        ({"bearing": 360.0}, BearingOutOfCircle),
        ({"bearing": -0.1}, BearingOutOfCircle),
        ({"field_of_view": 0.0}, FieldOfViewOutOfCircle),
        ({"field_of_view": 360.5}, FieldOfViewOutOfCircle),
        ({"bearing": float("nan")}, BearingOutOfCircle),
        ({"owner": " "}, TextMissing),
    ],
)
def test_a_view_that_cannot_be_is_refused(view: dict[str, Any], rule: type[Rejected]):
    with pytest.raises(rule):
        register(**view)


def test_a_camera_is_accepted_once_by_each_version_of_a_standard():
    first = CameraAccepted(standard="DB50/216", standard_version="2006")
    assert camera().accept(" DB50/216", "2006") == first
    assert camera(first).accept("DB50/216", "2010") is not None
    with pytest.raises(CameraIsAccepted):
        camera(first).accept("DB50/216", "2006 ")


def test_a_move_keeps_what_it_does_not_name():
    moved = camera().move(PLACE, 100, None, 360.0)
    assert moved is not None
    assert (moved.division, moved.station, moved.range, moved.bearing) == ("500103", NORTH, 100, None)
    assert camera(moved).move(PLACE, 100, None, 360.0) is None
    elsewhere = camera(moved).move(PLACE, 100, None, 360.0, DivisionCode("500105"), SOUTH)
    assert elsewhere is not None
    assert (elsewhere.division, elsewhere.station) == ("500105", SOUTH)


def test_a_camera_is_suspended_and_resumed_in_turns():
    assert camera().suspend("works") == SUSPENDED
    assert camera(SUSPENDED).resume() == CameraResumed()
    with pytest.raises(CameraIsSuspended):
        camera(SUSPENDED).suspend("again")
    with pytest.raises(CameraIsInService):
        camera().resume()
    with pytest.raises(TextMissing):
        camera().suspend(" ")


def test_faults_are_reported_and_repaired_in_turns():
    with pytest.raises(FaultIsOpen):
        camera(FaultReported(fault="LENS")).report_fault("POWER")
    with pytest.raises(NoFaultIsOpen):
        camera().repair_fault()


def test_the_same_health_again_changes_nothing():
    assert camera().change_health(CameraHealth.ONLINE) == HealthChanged(health=CameraHealth.ONLINE)
    assert camera(HealthChanged(health=CameraHealth.ONLINE)).change_health(CameraHealth.ONLINE) is None


DECISIONS = {
    "accept": lambda it: it.accept("DB50/216", "2006"),
    "move": lambda it: it.move(PLACE, 100, None, 360.0),
    "network": lambda it: it.network(networked=True),
    "suspend": lambda it: it.suspend("works"),
    "resume": lambda it: it.resume(),
    "online": lambda it: it.change_health(CameraHealth.ONLINE),
    "offline": lambda it: it.change_health(CameraHealth.OFFLINE),
    "fault": lambda it: it.report_fault("LENS"),
    "repair": lambda it: it.repair_fault(),
    "retire": lambda it: it.retire("worn out"),
}


@given(st.lists(st.sampled_from(sorted(DECISIONS)), max_size=30))
def test_whatever_is_decided_the_camera_holds_together(names: list[str]):
    """Something changes with every event, and a camera that is retired decides nothing more."""
    it = camera()
    for name in names:
        try:
            event = DECISIONS[name](it)
        except Rejected:
            continue
        assert it.state is not CameraState.RETIRED
        before, it = it, it if event is None else it.apply(event)
        assert (it == before) is (event is None)
        assert (it.state is CameraState.RETIRED) is (name == "retire")


@pytest.mark.parametrize("name", DECISIONS)
def test_nothing_is_decided_about_a_retired_camera(name: str):
    with pytest.raises(CameraIsRetired):
        DECISIONS[name](camera(SUSPENDED, FaultReported(fault="LENS"), RETIRED))


def traffic(*then: Event) -> Camera:
    return reduce(Camera.apply, then, Camera.begin(replace(register(), sector=OwnerSector.TRAFFIC)))  # type: ignore[arg-type]


def test_a_traffic_camera_corrects_violations_by_their_code():
    assert traffic().record_violation("1039") == ViolationRecorded(code="1039")
    with pytest.raises(CameraNotOfTraffic):
        camera().record_violation("1039")
    with pytest.raises(CameraIsRetired):
        traffic(RETIRED).record_violation("1039")


@pytest.mark.parametrize("code", ["", " ", "a b", "x" * 33])
def test_a_violation_has_a_code(code):
    with pytest.raises(ViolationCodeMalformed):
        traffic().record_violation(code)
