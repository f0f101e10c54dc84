"""An import that is killed in the middle, and run again, ends as one that was not disturbed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.importing.test_plan import MAPPING

ALARMS = 1_500
SMALL_BATCHES = "from infrastructure.importing import importer; importer.ALONE = 500; from api.cli import main; main()"
WITHOUT_JOIN = MAPPING[: MAPPING.index("[[join]]")] + MAPPING[MAPPING.index("[maps.kind]") :]
ONE_PLACE = '\nplace = { longitude = { column = "lng" }, latitude = { column = "lat" } }'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    mapping, calls = tmp_path / "small.toml", tmp_path / "calls.csv"
    mapping.write_text(WITHOUT_JOIN.replace(ONE_PLACE, ""), encoding="utf-8")
    rows = (f"{n},c{n},u{n},2025-03-01 {n // 60 % 24:02}:{n % 60:02},2025-03-02 08:00,A,7,1,words" for n in range(ALARMS))
    calls.write_text("\n".join(["row,call,unit,received,sent,kind,area,seq,words", *rows]) + "\n", encoding="utf-8")
    return mapping, calls


def words(files: tuple[Path, Path], url: str) -> list[str]:
    return ["import", "--mapping", str(files[0]), "--database", url, str(files[1])]


def exported(url: str, path: Path) -> list[dict[str, object]]:
    assert CliRunner().invoke(app, ["export", "--output", str(path), "--database", url], catch_exceptions=False).exit_code == 0
    events = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{key: value for key, value in event.items() if key != "recordedAt"} for event in events]


def killed_after(events: int, files: tuple[Path, Path], database: Path) -> int:
    """Start the import as a process, kill it when the log has so many events; answers with how many it had in the end."""
    command = [sys.executable, "-c", SMALL_BATCHES, *words(files, f"sqlite:///{database}")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - our own words
        while process.poll() is None and head(database) < events:
            try:
                process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
        process.send_signal(signal.SIGKILL)
    return head(database)


def head(database: Path) -> int:
    try:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    except sqlite3.OperationalError:
        return 0
    try:
        return int(connection.execute("SELECT coalesce(max(position), 0) FROM events").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_a_killed_import_that_is_run_again_ends_as_an_undisturbed_one(files: tuple[Path, Path], tmp_path: Path):
    calm, struck = f"sqlite:///{tmp_path / 'calm.sqlite'}", tmp_path / "struck.sqlite"
    assert CliRunner().invoke(app, words(files, calm), catch_exceptions=False).exit_code == 0
    expected = exported(calm, tmp_path / "calm.ndjson")
    assert len(expected) == 2 + ALARMS * 7
    cut = [killed_after(events, files, struck) for events in (1, len(expected) // 2)]
    assert 0 < cut[0] < len(expected)
    again = CliRunner().invoke(app, words(files, f"sqlite:///{struck}"), catch_exceptions=False)
    assert again.exit_code == 0
    assert exported(f"sqlite:///{struck}", tmp_path / "struck.ndjson") == expected
    assert CliRunner().invoke(app, ["verify", "--database", f"sqlite:///{struck}"], catch_exceptions=False).exit_code == 0
