"""Rows of the files: read, joined and grouped."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from infrastructure.importing import features
from infrastructure.importing.mapping import Join, Mapping, MappingError
from infrastructure.importing.row import BadRow, Row
from infrastructure.importing.rules import NothingToJoin, RowIncomplete


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of the main file, joined; `bad` are those that could not be read."""

    path: Path
    columns: frozenset[str]
    rows: list[Row]
    bad: list[BadRow]


def read(mapping: Mapping, files: Sequence[Path]) -> Table:
    """Which file is which is told by its columns, so that their order on the command line does not matter."""
    headers = {path: _header(path) for path in files}
    main = _only(files, headers, {mapping.group.by}, mapping)
    joins = [(join, _lent(join, _only(files, headers, {join.key, *join.columns}, mapping))) for join in mapping.join]
    lent = {column for join in mapping.join for column in join.columns}
    rows, bad = _joined(_rows(main, headers[main]), joins)
    return Table(main, frozenset(headers[main]) | lent, rows, bad)


def grouped(rows: Iterable[Row], by: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.cells[by], []).append(row)
    return groups


def _only(files: Sequence[Path], headers: dict[Path, list[str]], wanted: set[str], mapping: Mapping) -> Path:
    fitting = [path for path in files if wanted <= set(headers[path])]
    if len(fitting) != 1:
        columns = ", ".join(sorted(wanted))
        raise MappingError(
            f"Mapping {mapping.name} needs just one file with the columns {columns}; {len(fitting)} of those given have them."
        )
    return fitting[0]


def _header(path: Path) -> list[str]:
    if features.is_geojson(path):
        return features.header(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"{path} cannot be read: {error}") from error


def _rows(path: Path, header: list[str]) -> Iterator[Row | BadRow]:
    return features.rows(path, header) if features.is_geojson(path) else _lines(path, header)


def _lines(path: Path, header: list[str]) -> Iterator[Row | BadRow]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        for number, cells in enumerate(reader, start=2):
            if not cells:
                continue
            row = Row(number, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
            yield row if len(cells) == len(header) else BadRow(row, RowIncomplete())


def _lent(join: Join, path: Path) -> dict[str, dict[str, str]]:
    whole = (row for row in _rows(path, _header(path)) if isinstance(row, Row))
    return {row.cells[join.key]: {column: row.cells[column] for column in join.columns} for row in whole}


def _joined(rows: Iterable[Row | BadRow], joins: list[tuple[Join, dict[str, dict[str, str]]]]) -> tuple[list[Row], list[BadRow]]:
    good: list[Row] = []
    bad: list[BadRow] = []
    for row in rows:
        whole = row if isinstance(row, BadRow) else _with(row, joins)
        if isinstance(whole, BadRow):
            bad.append(whole)
        else:
            good.append(whole)
    return good, bad


def _with(row: Row, joins: list[tuple[Join, dict[str, dict[str, str]]]]) -> Row | BadRow:
    for join, lent in joins:
        other = lent.get(row.cells[join.column])
        if other is None:
            return BadRow(row, NothingToJoin(field=join.column))
        row.cells.update(other)
    return row
