"""The file of rejected rows: which row, which field, which rule, and why, in both languages."""

from __future__ import annotations

import csv
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from domain.rules import Rejected

HEADER = ("row", "field", "rule", "reason", "reason_zh")


class Rejects:
    """Made with the first rejected row, so that a clean import leaves no file; a row is told of once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: TextIO | None = None
        self._told: set[int] = set()

    def __len__(self) -> int:
        return len(self._told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def tell(self, row: int, rule: Rejected) -> None:
        if row not in self._told:
            self._told.add(row)
            csv.writer(self._open()).writerow((row, rule.field or "", rule.code, rule.message, rule.message_zh))

    def _open(self) -> TextIO:
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8", newline="")
            csv.writer(self._file).writerow(HEADER)
        return self._file
