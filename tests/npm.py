"""npm packages for tests: fetched once into a cache of the user's, never into the checkout; required in CI, else skipped by name."""

from __future__ import annotations

import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import pytest

PATIENCE = 300
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tocsin-npm"


def packages(*names: str) -> Path:
    """A folder in whose `node_modules` these packages are, each with its version: `packages("graphql@16.11.0")`."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        _missing("Node.js")
    folder = CACHE / sha256(" ".join(sorted(names)).encode()).hexdigest()[:16]
    if not folder.exists():
        _fetch(str(npm), names, folder)
    return folder


def run(script: Path, *arguments: str, folder: Path, seconds: float = 120) -> str:
    """What a script prints that stands beside the tests; it finds the packages in the folder."""
    copy = folder / script.name
    copy.write_bytes(script.read_bytes())
    command = [str(shutil.which("node")), str(copy), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False, cwd=folder)  # noqa: S603 - a script of our own
    assert done.returncode == 0, done.stderr[-2_000:] + done.stdout[-2_000:]
    return done.stdout


def _fetch(npm: str, names: tuple[str, ...], folder: Path) -> None:
    """Into a folder of its own first: another test process may be at it too."""
    CACHE.mkdir(parents=True, exist_ok=True)
    fresh = Path(mkdtemp(dir=CACHE))
    command = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(fresh), *names]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603 - fixed words and pinned names
    if done.returncode != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        _missing(f"npm packages {' '.join(names)}")
    try:
        fresh.rename(folder)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)


def _missing(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"NO {what.upper()}")
