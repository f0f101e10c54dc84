"""A measured figure beside its floor, and the table they are shown in."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`ratio` is to the floor named in `floor`; `target` says what it should be, as `>= 5` or `<= 7`."""

    what: str
    database: str
    measured: str
    floor: str = ""
    ratio: float | None = None
    target: str = ""

    @property
    def reached(self) -> bool | None:
        if self.ratio is None or not self.target:
            return None
        sense, number = self.target.split()[:2]
        return self.ratio >= float(number) if sense == ">=" else self.ratio <= float(number)


def best(rounds: int, measures: dict[str, Callable[[], float]], *, lowest: bool = False) -> dict[str, float]:
    """The best of several rounds, in which all measures take turns: what disturbs one disturbs the others."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            taken[name].append(measure())
    return {name: min(values) if lowest else max(values) for name, values in taken.items()}


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_seconds(work: Callable[[], Any], times: int) -> float:
    return statistics.median(seconds(work) for _ in range(times))


def show(rows: Iterable[Row]) -> Sequence[Row]:
    shown = list(rows)
    table = Table(title="Tocsin, best of several rounds, each beside its floor in the same run")
    for heading in ("what", "database", "measured", "floor", "ratio", "target", ""):
        table.add_column(heading, justify="right" if heading in {"measured", "ratio", "target"} else "left")
    for row in shown:
        mark = {True: "[green]reached[/]", False: "[red]missed[/]", None: ""}[row.reached]
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        table.add_row(row.what, row.database, row.measured, row.floor, ratio, row.target, mark)
    Console(width=150).print(table)
    return shown
