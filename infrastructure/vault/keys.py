"""The deployment's keys, in a file outside the database: whoever destroys one destroys all that was wrapped by it."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Self

BYTES = 32


@dataclass(frozen=True, slots=True, repr=False)
class Ring:
    """Keys by their names; the last one wraps what is new."""

    keys: dict[str, bytes]

    @property
    def newest(self) -> str:
        return list(self.keys)[-1]

    def with_new(self) -> Ring:
        return Ring({**self.keys, token_hex(8): token_bytes(BYTES)})

    def only_newest(self) -> Ring:
        return Ring({self.newest: self.keys[self.newest]})

    @classmethod
    def read(cls, path: Path) -> Self:
        held = json.loads(path.read_text(encoding="utf-8"))
        return cls({name: b64decode(key) for name, key in held.items()})

    def write(self, path: Path) -> None:
        """All of it or nothing; it is on the disk when this returns."""
        new = path.with_name(path.name + ".new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump({name: b64encode(key).decode() for name, key in self.keys.items()}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
