"""A lock file that tells a second process who holds it."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class Held(Exception):  # noqa: N818 - an answer, not an error
    """Somebody else holds the lock."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"held by process {holder}")
        self.holder = holder


class FileLock:
    """Held until released or until the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode()
            os.close(self._file)
            raise Held(holder or "unknown") from None
        os.truncate(self._file, 0)
        os.write(self._file, str(os.getpid()).encode())

    def release(self) -> None:
        os.close(self._file)
