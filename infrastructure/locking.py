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
        self._file: int | None = None
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(file, 20).decode()
            os.close(file)
            raise Held(holder or "unknown") from None
        os.truncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._file = file

    @classmethod
    def lent(cls, file: int) -> FileLock:
        """What another process holds and has handed down as an open file: it is held until both have let go."""
        lock = cls.__new__(cls)
        lock._file = file  # noqa: SLF001 - our own
        return lock

    @property
    def file(self) -> int | None:
        """What a process that shares the lock has to inherit; None once it is released."""
        return self._file

    def release(self) -> None:
        """Once: a second closing would close what somebody else has opened meanwhile."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
