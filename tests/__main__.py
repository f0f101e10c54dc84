"""Runs pytest with its databases in memory, where that has room: each test makes one, and half of the time a disk is waited for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

MEMORY = Path("/dev/shm")  # noqa: S108 - its folder is made by `TemporaryDirectory`
ROOM = 8 << 30
"""Bytes that must be free: several times what all tests hold at once."""


def main() -> int:
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free >= ROOM
    with TemporaryDirectory(prefix="tocsin-tests-", dir=MEMORY if roomy else None, ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        return subprocess.call([sys.executable, "-m", "pytest", *sys.argv[1:]], env={**os.environ, "TMPDIR": folder})  # noqa: S603 - our own words


if __name__ == "__main__":
    sys.exit(main())
