"""When a step applies: conditions on columns, as a mapping writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from infrastructure.importing.mapping import MappingError
from infrastructure.importing.row import Row

Condition = Callable[[Row, Sequence[Row]], bool]
"""Asked of a row and of the group it stands in."""


def condition(written: Mapping[str, Any]) -> Condition:
    """All that is written must hold. An empty table always does."""
    parts = [_part(column, wanted) for column, wanted in written.items()]
    return lambda row, rows: all(part(row, rows) for part in parts)


def columns(written: Mapping[str, Any]) -> set[str]:
    others = {wanted["other_than"] for wanted in written.values() if isinstance(wanted, Mapping) and "other_than" in wanted}
    return set(written) | others


def _part(column: str, wanted: Any) -> Condition:
    match wanted:
        case str():
            return lambda row, _rows: row.cells[column] == wanted
        case list():
            return lambda row, _rows: row.cells[column] in wanted
        case {"present": bool(present)}:
            return lambda row, _rows: bool(row.cells[column]) is present
        case {"other_than": str(other)}:
            return lambda row, _rows: row.cells[column] != row.cells[other]
        case {"in_no_row": value}:
            return lambda _row, rows: all(each.cells[column] != value for each in rows)
        case _:
            raise MappingError(f"The condition on column {column} is not understood: {wanted!r}.")
