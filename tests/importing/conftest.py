"""Databases with the public data in them, each imported once by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.importing.data import ADDRESSES, CALLS, PERSONS, data


@pytest.fixture(scope="module")
def shootings(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _imported(tmp_path_factory.mktemp("shootings"), "baltimore-shootings", [data(PERSONS), data(ADDRESSES)])


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> str:
    return _imported(tmp_path_factory.mktemp("calls"), "sffd-calls", [data(CALLS)])


def _imported(folder: Path, mapping: str, files: list[Path]) -> str:
    url, rejects = f"sqlite:///{folder / 'city.sqlite'}", folder / "rejects.csv"
    words = ["import", "--mapping", mapping, "--rejects", str(rejects), "--database", url, *map(str, files)]
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert not rejects.exists()
    return url
