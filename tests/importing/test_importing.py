"""Imports into real databases: nothing lost, nothing doubled, what is bad told of."""

from __future__ import annotations

import asyncio
import csv
from collections import Counter
from pathlib import Path
from typing import Any

from domain.casework.events import CaseCleared, CaseFiled, ReportRegistered, SuspectIdentified
from domain.dispatching.events import AlarmClosed, AlarmOpened, OrderCancelled, UnitArrived, UnitCleared, UnitEnRoute, UnitOrdered
from infrastructure.database import Database
from infrastructure.importing.importer import Tally
from tests.importing import test_plan as small
from tests.importing.data import ADDRESSES, CALLS, PERSONS, data
from tests.importing.desks import carried_out, head, records
from tests.importing.plain import read


def run(database: Database, mapping: str, *files: Path, rejects: Path) -> Tally:
    return asyncio.run(carried_out(database, mapping, list(files), rejects))


def kinds(database: Database) -> Counter[type[Any]]:
    return Counter(type(record.event) for record in records(database))


def rejected(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(folder: Path, calls: str) -> list[Path]:
    (folder / "calls.csv").write_text(calls, encoding="utf-8")
    (folder / "places.csv").write_text(small.PLACES, encoding="utf-8")
    return [folder / "calls.csv", folder / "places.csv"]


def test_importing_again_adds_nothing(database: Database, tmp_path: Path):
    files, rejects = written(tmp_path, small.CALLS), tmp_path / "rejects.csv"
    first = run(database, small.MAPPING, *files, rejects=rejects)
    before = head(database)
    again = run(database, small.MAPPING, *files, rejects=rejects)
    assert (first.commands, first.known, first.refused) == (12, 0, 0)
    assert (again.commands, again.known, again.refused) == (12, 12, 0)
    assert head(database) == before
    assert not rejects.exists()


def test_new_rows_of_a_file_that_grew_are_added(database: Database, tmp_path: Path):
    rejects = tmp_path / "rejects.csv"
    run(database, small.MAPPING, *written(tmp_path, small.CALLS), rejects=rejects)
    grown = run(
        database, small.MAPPING, *written(tmp_path, f"{small.CALLS}5,c1,u4,2025-03-01 08:00,2025-03-01 08:30,H,7,4,\n"), rejects=rejects
    )
    assert (grown.commands - grown.known, grown.refused) == (2, 0)


def test_what_is_refused_is_told_with_its_row_and_the_rest_is_loaded(database: Database, tmp_path: Path):
    rejects = tmp_path / "rejects.csv"
    without_units = small.MAPPING.replace('each = "unit"\n', 'each = "unit"\nwhen = { unit = ["u1", "u3"] }\n')
    tally = run(database, without_units, *written(tmp_path, small.CALLS), rejects=rejects)
    assert tally.refused == 1
    assert [(row["row"], row["rule"], row["reason_zh"]) for row in rejected(rejects)] == [("4", "NOT_FOUND", "对象不存在。")]
    assert kinds(database)[UnitOrdered] == 2


def test_every_run_of_the_calls_is_imported_once(sqlite_url: str, tmp_path: Path):
    path, rejects = data(CALLS), tmp_path / "rejects.csv"
    database = Database.open(sqlite_url)
    try:
        tally = run(database, "sffd-calls", path, rejects=rejects)
        assert (tally.rows, tally.refused, rejects.exists()) == (10_410, 0, False)
        found, rows = kinds(database), read(path)
        assert found[UnitOrdered] == len(rows) == 10_410
        assert found[AlarmOpened] == found[AlarmClosed] == len({row["Call Number"] for row in rows})
        for event, column in ((UnitEnRoute, "Response DtTm"), (UnitArrived, "On Scene DtTm"), (UnitCleared, "Available DtTm")):
            assert found[event] == sum(bool(row[column]) for row in rows)
        assert found[OrderCancelled] == sum(not row["Available DtTm"] for row in rows) == 2
        before = head(database)
        assert run(database, "sffd-calls", path, rejects=rejects).known == tally.commands
        assert head(database) == before
    finally:
        database.close()


def test_every_shooting_is_imported_with_what_the_file_says_and_no_more(sqlite_url: str, tmp_path: Path):
    persons, addresses, rejects = data(PERSONS), data(ADDRESSES), tmp_path / "rejects.csv"
    database = Database.open(sqlite_url)
    try:
        assert run(database, "baltimore-shootings", addresses, persons, rejects=rejects).refused == 0
        rows, found = read(persons), records(database)
    finally:
        database.close()
    events = [record.event for record in found]
    assert sum(isinstance(event, ReportRegistered) for event in events) == sum(isinstance(event, CaseFiled) for event in events) == 3_479
    cleared = [event for event in events if isinstance(event, CaseCleared)]
    assert len(cleared) == len({row["CASE_NUMBER"] for row in rows if row["CASE_STATUS"] == "CLOSED"})
    assert not any(event.dated for event in cleared)
    wanted = {record.originator_id for record in found if isinstance(record.event, SuspectIdentified) and record.event.warrant}
    assert len(wanted) == len({row["CASE_NUMBER"] for row in rows if row["CASE_STATUS"] == "OPEN/WARRANT"})
    assert not rejects.exists()
