"""Device numbers of GB/T 28181-2016, annex D: 20 digits that say where a device is, whose it is and what it is."""

from __future__ import annotations

import re

from domain.ids import CameraId, DivisionCode
from domain.rules import InvalidValue

LENGTH = 20
_DIGITS = re.compile(r"[0-9]+")
_DIVISION = slice(0, 6)
_TYPE = slice(10, 13)
CAMERAS = frozenset({"131", "132"})
"""Annex D, type codes at positions 11 to 13: a camera, and a network camera."""


class DeviceNumberOfWrongLength(InvalidValue):
    """A camera's number has 20 digits (GB/T 28181-2016, annex D).

    摄像机国标编号为 20 位数字（GB/T 28181-2016 附录 D）。
    """

    on = "gb28181Id"


class DeviceNumberNotInDigits(InvalidValue):
    """A camera's number is written in digits alone (GB/T 28181-2016, annex D).

    摄像机国标编号只能由数字组成（GB/T 28181-2016 附录 D）。
    """

    on = "gb28181Id"


class DeviceIsNoCamera(InvalidValue):
    """Digits 11 to 13 of a camera's number are 131 or 132 (GB/T 28181-2016, annex D).

    摄像机国标编号第 11 至 13 位须为 131（摄像机）或 132（网络摄像机）（GB/T 28181-2016 附录 D）。
    """

    on = "gb28181Id"


def camera_number(text: str) -> CameraId:
    """The number of a camera; refused where it breaks a rule of the annex. Whether its division exists is not asked here."""
    text = text.strip()
    if not _DIGITS.fullmatch(text):
        raise DeviceNumberNotInDigits
    if len(text) != LENGTH:
        raise DeviceNumberOfWrongLength
    if text[_TYPE] not in CAMERAS:
        raise DeviceIsNoCamera
    return CameraId(text)


def division_in(number: CameraId) -> DivisionCode | None:
    """The division that the first six digits name (GB/T 2260); none in what is no device's number."""
    whole = len(number) == LENGTH and _DIGITS.fullmatch(number)
    return DivisionCode(number[_DIVISION]) if whole else None
