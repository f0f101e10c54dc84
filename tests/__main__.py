"""Runs pytest with its databases in memory, where that has room: each test makes one, and half of the time a disk is waited for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

MEMORY = Path("/dev/shm")  # noqa: S108 - its folder is made by `TemporaryDirectory`
ROOM = 8 << 30
"""Bytes that must be free: several times what all tests hold at once."""


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # or the folder would stay in memory
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free >= ROOM
    with TemporaryDirectory(prefix="tocsin-tests-", dir=MEMORY if roomy else None, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # where root runs the tests, PostgreSQL has a user of its own
        command = [sys.executable, "-m", "pytest", *sys.argv[1:]]
        return subprocess.call(command, env=_environment(folder))  # noqa: S603 - our own words


def _environment(folder: str) -> Mapping[str, str]:
    """Whoever wants no bytecode beside the sources has it here, or each server that a test starts would compile everything anew."""
    environment = {**os.environ, "TMPDIR": folder}
    if environment.pop("PYTHONDONTWRITEBYTECODE", ""):
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder, "bytecode"))
    return environment


if __name__ == "__main__":
    sys.exit(main())
