"""What a technical alarm device decides, and that no state of it stands against a signal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import Event
from domain.ids import AlarmId, CameraId, DivisionCode, OrganisationId, ReportId
from domain.places import Point
from domain.rules import Rejected, TextMissing
from domain.surveillance.events import (
    DeviceKind,
    DeviceResumed,
    DeviceRetired,
    DeviceSignalled,
    DeviceSuspended,
    DeviceTestEnded,
    DeviceTestStarted,
    DeviceZoneSet,
)
from domain.surveillance.gb28181 import DeviceNumberOfWrongLength
from domain.surveillance.tech_alarm_device import (
    DeviceIsInService,
    DeviceIsNotTested,
    DeviceIsRetired,
    DeviceIsSuspended,
    DeviceTestEndsTooSoon,
    DeviceTestTooLong,
    SignalOvertaken,
    TechAlarmDevice,
    TooManyZoneCameras,
    ZoneOutOfRange,
)

PLACE, DOOR = Point(106.55, 29.56), Point(106.56, 29.56)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST, SECOND = AlarmId(UUID(int=1)), AlarmId(UUID(int=2))
REPORT = ReportId(UUID(int=3))
SUSPENDED, RETIRED = DeviceSuspended(reason="works"), DeviceRetired(reason="worn out")
TESTED = DeviceTestStarted(until=NOW + HOUR, reason="yearly")
ZONE = DeviceZoneSet(zone=3, name="door", place=DOOR)


def device(*then: Event) -> TechAlarmDevice:
    begun = TechAlarmDevice.register("D-1", DeviceKind.INTRUSION, "ICBC", DivisionCode("500103"), OrganisationId("N-1"), PLACE)
    return reduce(TechAlarmDevice.apply, then, TechAlarmDevice.begin(begun))  # type: ignore[arg-type]


def signalled(alarm: AlarmId, zone: int | None = 3, *, test: bool = False) -> DeviceSignalled:
    return DeviceSignalled(zone=zone, alarm=alarm, report=REPORT, test=test)


def test_a_device_has_a_number_and_an_owner():
    with pytest.raises(TextMissing):
        TechAlarmDevice.register(" ", DeviceKind.FIRE, "ICBC", DivisionCode("500103"), OrganisationId("N-1"), PLACE)


@pytest.mark.parametrize(
    ("zone", "cameras", "rule"),
    [
        (0, (), ZoneOutOfRange),
        (1000, (), ZoneOutOfRange),
        (1, (CameraId("1"),), DeviceNumberOfWrongLength),
        (1, tuple(CameraId(f"5001030000132{n:07}") for n in range(51)), TooManyZoneCameras),
    ],
)
def test_a_zone_that_cannot_be_is_refused(zone, cameras, rule):
    with pytest.raises(rule):
        device().set_zone(zone, "door", None, cameras)


def test_the_same_zone_again_changes_nothing():
    assert device(ZONE).set_zone(3, "door", DOOR, ()) is None
    assert device(ZONE).set_zone(3, "window", DOOR, ()) == DeviceZoneSet(zone=3, name="window", place=DOOR)


def test_a_zone_lies_where_it_was_said_to_lie_and_else_where_the_device_is():
    assert [device(ZONE).lies_at(zone) for zone in (3, 4, None)] == [DOOR, PLACE, PLACE]


@pytest.mark.parametrize(("until", "rule"), [(NOW, DeviceTestEndsTooSoon), (NOW + timedelta(days=3, seconds=1), DeviceTestTooLong)])
def test_a_test_ends(until, rule):
    with pytest.raises(rule):
        device().start_test(until, "yearly", NOW)


def test_a_test_is_over_at_its_end_and_when_it_was_ended():
    assert device(TESTED).is_tested(NOW + HOUR - timedelta(microseconds=1))
    assert not device(TESTED).is_tested(NOW + HOUR)
    assert not device(TESTED, device(TESTED).end_test(NOW)).is_tested(NOW)
    with pytest.raises(DeviceIsNotTested):
        device(TESTED).end_test(NOW + HOUR)


@pytest.mark.parametrize(
    ("history", "decide", "rule"),
    [
        ((SUSPENDED,), lambda it: it.suspend("again"), DeviceIsSuspended),
        ((), lambda it: it.resume(), DeviceIsInService),
        ((RETIRED,), lambda it: it.retire("again"), DeviceIsRetired),
        ((RETIRED,), lambda it: it.set_zone(1, "door", None, ()), DeviceIsRetired),
        ((RETIRED,), lambda it: it.start_test(NOW + HOUR, "why", NOW), DeviceIsRetired),
        ((RETIRED,), lambda it: it.suspend("why"), DeviceIsRetired),
        ((RETIRED,), lambda it: it.resume(), DeviceIsRetired),
    ],
)
def test_what_stands_against_it(history, decide, rule):
    with pytest.raises(rule):
        decide(device(*history))


def test_two_signals_at_once_do_not_open_two_alarms():
    assert device().signal(3, FIRST, REPORT, None, NOW, test=False) == signalled(FIRST)
    with pytest.raises(SignalOvertaken):
        device(signalled(FIRST)).signal(3, SECOND, REPORT, None, NOW, test=False)
    assert device(signalled(FIRST)).signal(4, SECOND, REPORT, None, NOW, test=False) == signalled(SECOND, 4)


def test_a_test_that_ended_meanwhile_makes_no_test_of_an_alarm():
    with pytest.raises(SignalOvertaken):
        device(TESTED, DeviceTestEnded()).signal(3, FIRST, REPORT, None, NOW, test=True)


HISTORY = st.lists(st.sampled_from([ZONE, TESTED, DeviceTestEnded(), SUSPENDED, DeviceResumed(), RETIRED, signalled(FIRST)]), max_size=8)


@given(history=HISTORY, zone=st.sampled_from([None, 3, 7]))
def test_no_state_stands_against_a_signal(history: list[Any], zone: int | None):
    it = device(*history)
    test = it.is_tested(NOW)
    assert it.signal(zone, SECOND, REPORT, it.latest.get((zone, test)), NOW, test=test) == signalled(SECOND, zone, test=test)


@given(history=HISTORY)
def test_a_retired_device_decides_nothing_but_signals(history: list[Any]):
    it = device(*history, RETIRED)
    for decide in (lambda: it.suspend("x"), it.resume, lambda: it.retire("x"), lambda: it.start_test(NOW + HOUR, "x", NOW)):
        with pytest.raises(Rejected):
            decide()
