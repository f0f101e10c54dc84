"""docs/exports.md: what it says is done, block by block, against a running server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from infrastructure.settings import Settings
from tests.api.serving import STATIONS, Client, served
from tests.exports.office import raised
from tests.live.breaking import breaking

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
ALARMS = 120


@pytest.fixture(scope="module")
def analyst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("documented")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as city:
        client = city.client("analyst")
        raised(city, *[STATIONS[0]] * ALARMS)
        yield client


def followed(heading: str, client: Client, folder: Path) -> None:
    """Do what a section says, all in one shell."""
    (section,) = (part for part in re.split(r"^## ", PAGE, flags=re.MULTILINE) if part.startswith(heading))
    blocks = list(BLOCK.finditer(section))
    assert blocks
    for block in blocks:
        if block["file"] is not None:
            (folder / block["file"]).write_text(block["text"], encoding="utf-8")
    script = "\n".join(block["text"] for block in blocks if block["file"] is None)
    environment = os.environ | {"TOCSIN_URL": f"{client.address}/graphql", "TOCSIN_TOKEN": client.token}
    command = [str(shutil.which("bash")), "-euo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603 - our own page
    assert done.returncode == 0, done.stdout + done.stderr


def test_from_a_shell(analyst: Client, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("NO CURL: part of docs/exports.md goes untested")
    followed("From a shell", analyst, tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "alarms.ndjson").read_text().splitlines()]
    assert len({row["id"] for row in rows}) == ALARMS


def test_from_python_over_a_line_that_breaks(analyst: Client, tmp_path: Path) -> None:
    with breaking(analyst.address) as line:
        followed("From Python", replace(analyst, address=line), tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "alarms-of-python.ndjson").read_text().splitlines()]
    assert len({row["id"] for row in rows}) == ALARMS
    assert all([event["type"] for event in row["history"]["nodes"]] == ["AlarmOpened", "ReportReceived"] for row in rows)


def test_the_settings_are_those_that_there_are() -> None:
    told = dict(re.findall(r"^\| `TOCSIN_(EXPORT\w+)` \| (\d+) \|", PAGE, flags=re.MULTILINE))
    assert told == {name.upper(): str(getattr(Settings(), name)) for name in Settings.__slots__ if name.startswith("export")}
