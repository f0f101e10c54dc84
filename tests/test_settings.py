"""Settings are read once, and a wrong one is named."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from infrastructure.settings import SettingRefused, Settings


def test_nothing_needs_to_be_set():
    assert Settings.read({}) == Settings()


def test_what_is_set_is_read():
    read = Settings.read({"TOCSIN_ZONE": "America/New_York", "TOCSIN_PORT": "9000", "TOCSIN_DATABASE": ""})
    assert read == Settings(zone=ZoneInfo("America/New_York"), port=9000)


@pytest.mark.parametrize(
    ("name", "value"),
    [("ZONE", "Mars/Olympus"), ("PORT", "many"), ("DEVELOPMENT", "perhaps"), ("EXPORTS", "0"), ("EXPORT_BYTES", "2147483648")],
)
def test_a_wrong_setting_is_named(name, value):
    with pytest.raises(SettingRefused, match=f"TOCSIN_{name} cannot be {value}"):
        Settings.read({f"TOCSIN_{name}": value})
