"""README.md: what it tells a newcomer to type works as it stands."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api import cli
from tests.api.serving import served

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHIPPED = re.compile(r"`tocsin ([a-z]+)")


def test_the_first_query_is_answered(sqlite_url: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("NO CURL: the first query of README.md goes untested")
    (block,) = (each for each in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) if "curl" in each)
    with served(sqlite_url, tmp_path) as city:
        typed = block.replace("http://127.0.0.1:8000", city.address).replace("tocsin token", f"{sys.executable} -m api.cli token")
        environment = os.environ | {"PYTHONPATH": str(ROOT), "TOCSIN_DEVELOPMENT_KEY": str(city.tocsin.settings.development_key)}
        done = subprocess.run(["sh", "-ec", typed], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=True)  # noqa: S603, S607 - our own words
    rates = json.loads(done.stdout)["data"]["solvingRate"]
    shown = json.loads(re.findall(r"```json\n(.*?)```", README, re.DOTALL)[0])["data"]["solvingRate"]
    assert [each.keys() for each in rates] == [each.keys() for each in shown]


def test_every_command_is_named_and_there_are_no_others() -> None:
    given = [*cli.app.registered_commands, *cli.app.registered_groups]
    assert set(SHIPPED.findall(README)) == {each.name for each in given}
