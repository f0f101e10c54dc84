"""The house keeps its arrows: an import that goes the wrong way breaks the contract that forbids it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WRONG = {
    "domain/ids.py": ("application.desk", "Layers: api, then infrastructure, then application, then domain"),
    "application/views.py": ("infrastructure.settings", "Layers: api, then infrastructure, then application, then domain"),
    "infrastructure/feed.py": ("api.services", "Layers: api, then infrastructure, then application, then domain"),
    "domain/places.py": ("sqlalchemy", "The domain knows no framework"),
    "application/ports.py": ("strawberry", "The application knows no framework"),
    "infrastructure/log/reading.py": ("eventsourcing", "Only the recorder knows the eventsourcing library"),
    "infrastructure/working.py": ("apscheduler", "Only the timetable knows the scheduler"),
    "domain/dispatching/rules.py": ("domain.casework.case", "Dispatching knows no other subject's aggregates"),
    "application/casework/views.py": ("domain.dispatching.unit", "Casework knows no other subject's aggregates"),
    "domain/jurisdiction/events/places.py": ("domain.dispatching.alarm", "Jurisdiction knows no other subject's aggregates"),
    "domain/oversight/measures.py": ("domain.casework.case", "Oversight counts what was recorded and knows no other subject's aggregates"),
    "domain/surveillance/rules.py": ("domain.casework.case", "Surveillance knows no other subject's aggregates"),
    "api/http.py": ("infrastructure.locking", "Only the entry points know the infrastructure"),
}
"""What a file must not import, and the contract that says so."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What `lint-imports` says of a copy in which every file imports what it must not."""
    copy = tmp_path_factory.mktemp("house")
    for name in ("domain", "application", "infrastructure", "api"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for file, (imported, _) in WRONG.items():
        path = copy / file
        path.write_text(f"{path.read_text(encoding='utf-8')}\nimport {imported}\n", encoding="utf-8")
    words = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(copy), "COLUMNS": "200"}
    return subprocess.run(words, cwd=copy, env=environment, capture_output=True, text=True, timeout=120, check=False).stdout  # noqa: S603 - ours


@pytest.mark.parametrize("file", WRONG)
def test_a_wrong_import_breaks_its_contract(told: str, file: str) -> None:
    imported, contract = WRONG[file]
    importer = file.removesuffix(".py").replace("/", ".")
    assert f"{contract} BROKEN" in told
    broken = told[told.index("Broken contracts") :].partition(f"\n{contract}\n")[2]
    assert f"{importer} -> {imported}" in broken
