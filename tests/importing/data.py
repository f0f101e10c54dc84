"""Where the public data for tests lie; a test that needs them is skipped, with the reason, where they are absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("TOCSIN_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))

BALTIMORE = "baltimore-shootings"
PERSONS = f"{BALTIMORE}/baltimore-shootings-persons.csv"
ADDRESSES = f"{BALTIMORE}/baltimore-case-addresses.csv"
ROLLING = f"{BALTIMORE}/baltimore-rolling-case-counts-and-closure-rate.csv"
CALLS = "sffd-calls/sffd-2020-calls.csv"


def data(name: str) -> Path:
    path = _found(name)
    if path is None:
        pytest.skip(f"{ROOT / name} is absent; TOCSIN_TEST_DATA names the folder of public test data")
    return path


def _found(name: str) -> Path | None:
    path = ROOT / name
    return path if path.is_file() else None
