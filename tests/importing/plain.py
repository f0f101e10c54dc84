"""The figures of the public data, recomputed from the files in plain Python: what the system's own must equal."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil, inf
from pathlib import Path
from zoneinfo import ZoneInfo

from infrastructure.importing.fields import source_id

WINDOW = timedelta(days=364)
"""The publisher's rolling window: a day and the 364 before it."""
NON_FATAL, FATAL = "NON_FATAL_SHOOTING", "HOMICIDE"
WORDS = {FATAL: "HOMICIDE", NON_FATAL: "NON FATAL SHOOTING"}


@dataclass(frozen=True)
class Case:
    number: str
    day: date
    status: str
    types: frozenset[str]

    @property
    def cleared(self) -> bool:
        return self.status == "CLOSED"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cases(path: Path) -> list[Case]:
    rows: dict[str, dict[str, str]] = {}
    for row in read(path):
        rows.setdefault(row["CASE_NUMBER"], row)
    return [_case(number, row) for number, row in rows.items()]


def _case(number: str, row: dict[str, str]) -> Case:
    types = frozenset(type for type, words in WORDS.items() if words in row["case_vict_type_generic"])
    return Case(number, date.fromisoformat(row["CASE_DATE"]), row["CASE_STATUS"], types)


def filed(all_cases: Iterable[Case], first: date, last: date, type: str | None = None) -> list[Case]:
    return [case for case in all_cases if first <= case.day <= last and (type is None or type in case.types)]


def rate(found: list[Case]) -> tuple[int, int]:
    return sum(case.cleared for case in found), len(found)


SEGMENTS = {
    "PROCESSING": ("Received DtTm", "Dispatch DtTm"),
    "TURNOUT": ("Dispatch DtTm", "Response DtTm"),
    "TRAVEL": ("Response DtTm", "On Scene DtTm"),
    "TOTAL": ("Received DtTm", "On Scene DtTm"),
}
PACIFIC = ZoneInfo("America/Los_Angeles")


def moment(text: str) -> datetime | None:
    return datetime.strptime(text, "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=PACIFIC) if text else None


def first_arriving(runs: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Of each call the run that was first on scene; where nobody came, the one that was sent first."""
    calls: dict[str, list[dict[str, str]]] = defaultdict(list)
    for run in runs:
        calls[run["Call Number"]].append(run)
    return [min(sent, key=_rank) for sent in calls.values()]


def _rank(run: dict[str, str]) -> tuple[float, float, int]:
    arrived, sent = moment(run["On Scene DtTm"]), moment(run["Dispatch DtTm"])
    id = source_id("sffd-calls", f"order/{run['RowID']}").int
    return arrived.timestamp() if arrived else inf, sent.timestamp() if sent else inf, id


def seconds(runs: Iterable[dict[str, str]], segment: str) -> tuple[list[int], Counter[str]]:
    """The measured intervals in order, and how many were left out and why."""
    begin, end = SEGMENTS[segment]
    measured: list[int] = []
    excluded: Counter[str] = Counter()
    for run in runs:
        start, stop = moment(run[begin]), moment(run[end])
        if start is None or stop is None:
            excluded["MISSING"] += 1
        elif stop < start:
            excluded["NEGATIVE"] += 1
        else:
            measured.append(round((stop - start).total_seconds()))
    return sorted(measured), excluded


def nearest_rank(ordered: list[int], percent: int) -> int:
    return ordered[ceil(percent * len(ordered) / 100) - 1]
