"""npm packages for tests: fetched once into a cache of the user's, never into the checkout; required in CI, else skipped by name."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import pytest

PATIENCE = 300
LISTS = ("package.json", "package-lock.json")
HERE = Path(__file__).with_name("javascript")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tocsin-npm"


def run(script: Path, *arguments: str, beside: Mapping[str, str] | None = None, seconds: float = 120) -> str:
    """What a script prints; the packages of the list are there for it, and other files if it imports them."""
    modules = packages() / "node_modules"
    with TemporaryDirectory() as folder:
        Path(folder, "node_modules").symlink_to(modules)
        for name, text in {script.name: script.read_text(encoding="utf-8"), **(beside or {})}.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        command = [str(shutil.which("node")), script.name, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False, cwd=folder)  # noqa: S603 - a script of our own
    assert done.returncode == 0, done.stderr[-2_000:] + done.stdout[-2_000:]
    return done.stdout


def packages() -> Path:
    """The folder in whose `node_modules` is what `tests/javascript` lists: versions and hashes, whatever the registry."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        _missing("Node.js")
    folder = CACHE / sha256(b"".join((HERE / name).read_bytes() for name in LISTS)).hexdigest()[:16]
    if not folder.exists():
        _fetch(str(npm), folder)
    return folder


def _fetch(npm: str, folder: Path) -> None:
    """Into a folder of its own first: another test process may be at it too."""
    CACHE.mkdir(parents=True, exist_ok=True)
    fresh = Path(mkdtemp(dir=CACHE))
    for name in LISTS:
        shutil.copy(HERE / name, fresh)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=fresh)  # noqa: S603 - fixed words and pinned packages
    if done.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        _missing("npm registry")
    try:
        fresh.rename(folder)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)


def _missing(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"NO {what.upper()}")
