"""Cases known per 100,000 people: the figure S4 over a population that is named with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from application.oversight.statistics import CaseCount
from domain.jurisdiction.events import PopulationCount, PopulationKind

PER = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRate:
    """S4 per 100,000 people of a kind, at the end of a year; nothing where nobody has counted them by then, or the count is not told.

    每十万人立案数：注明所用人口的年份与口径；无人口数或案件数不公布时为空。
    """

    known: int | None
    people: int | None
    year: int
    kind: PopulationKind
    source: str | None
    counted_position: int | None
    value: float | None
    position: int
    suppressed: bool


def case_rate(count: CaseCount, year: int, kind: PopulationKind, populations: Sequence[PopulationCount]) -> CaseRate:
    """By the latest count of the people that was known at the figure's own position."""
    people = next((each for each in reversed(populations) if each.position <= count.position), None)
    known = count.known_booked
    return CaseRate(
        known=known,
        people=people.people if people else None,
        year=year,
        kind=kind,
        source=people.source if people else None,
        counted_position=people.position if people else None,
        value=None if people is None or known is None else known * PER / people.people,
        position=count.position,
        suppressed=count.suppressed,
    )
