"""How many people a division had at the end of a year, of one kind: counted anew, the latest count stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from domain.events import Event
from domain.ids import DivisionCode
from domain.jurisdiction.events import PopulationKind, PopulationRecorded
from domain.rules import InvalidValue, required_text

FIRST_YEAR, LAST_YEAR = 1900, 2200


class NobodyLivesThere(InvalidValue):
    """A population is one person at least.

    人口数至少为一人。
    """

    on = "people"


class YearOffTheCalendar(InvalidValue):
    """The year of a population lies between 1900 and 2200.

    人口年份须在 1900 至 2200 年之间。
    """

    on = "year"


@dataclass(frozen=True, slots=True)
class Population:
    """The population (人口数) of one division, year and kind."""

    begins: ClassVar[tuple[type[Event], ...]] = (PopulationRecorded,)

    people: int
    source: str

    @staticmethod
    def record(
        before: Population | None, division: DivisionCode, year: int, kind: PopulationKind, people: int, source: str
    ) -> PopulationRecorded | None:
        if people < 1:
            raise NobodyLivesThere
        source = required_text(source, field="source")
        if before == Population(people, source):
            return None
        return PopulationRecorded(division=division, year=year, kind=kind, people=people, source=source)

    @classmethod
    def begin(cls, event: PopulationRecorded) -> Population:
        return cls(event.people, event.source)

    def apply(self, event: PopulationRecorded) -> Population:
        return self.begin(event)
