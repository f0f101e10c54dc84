"""Device numbers: each rule of the annex refuses by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import CameraId, DivisionCode
from domain.rules import Rejected
from domain.surveillance.gb28181 import DeviceIsNoCamera, DeviceNumberNotInDigits, DeviceNumberOfWrongLength, camera_number, division_in

GOOD = "50010300001320000001"


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("5001030000132000000", DeviceNumberOfWrongLength),
        ("500103000013200000011", DeviceNumberOfWrongLength),
        ("5001030000132000000A", DeviceNumberNotInDigits),
        ("５0010300001320000001", DeviceNumberNotInDigits),
        ("", DeviceNumberNotInDigits),
        ("50010300001180000001", DeviceIsNoCamera),
        ("50010300001330000001", DeviceIsNoCamera),
    ],
)
def test_a_number_that_breaks_a_rule_is_refused_on_its_field(number: str, rule: type[Rejected]):
    with pytest.raises(rule) as refusal:
        camera_number(number)
    assert refusal.value.field == "gb28181Id"


def test_blanks_around_a_number_do_not_count():
    assert camera_number(f" {GOOD}\n") == GOOD


@given(st.from_regex(r"[0-9]{10}13[12][0-9]{7}", fullmatch=True))
def test_every_camera_number_is_taken_and_names_its_division(number: str):
    assert camera_number(number) == number
    assert division_in(CameraId(number)) == number[:6]


@given(st.text(max_size=25))
def test_what_is_no_number_names_no_division(text: str):
    named = division_in(CameraId(text))
    assert named is None or (len(text) == 20 and named == DivisionCode(text[:6]))
