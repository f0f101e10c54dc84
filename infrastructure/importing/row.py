"""One row of a file, and one that cannot be used."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from domain.rules import Rejected


class Row(NamedTuple):
    """A row with its number as a spreadsheet shows it: the header is row 1."""

    number: int
    cells: dict[str, str]

    @property
    def content(self) -> str:
        """What it says, shortly: rows that say the same have the same."""
        return sha256(repr(sorted(self.cells.items())).encode()).hexdigest()


class BadRow(Exception):  # noqa: N818 - an answer about a row, not an error of the program
    """A row that cannot become commands, with the rule it breaks."""

    def __init__(self, row: Row, rule: Rejected) -> None:
        super().__init__(f"row {row.number}: {rule.code}")
        self.row = row
        self.rule = rule
