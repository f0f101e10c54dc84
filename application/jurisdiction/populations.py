"""Commands on populations."""

from __future__ import annotations

from datetime import date

from application.commands import Command, command, keep
from application.naming import naming
from domain.ids import DivisionCode, population_id
from domain.jurisdiction.events import PopulationKind
from domain.jurisdiction.population import FIRST_YEAR, LAST_YEAR, Population, YearOffTheCalendar


@command
def record(division: DivisionCode, year: int, kind: PopulationKind, people: int, source: str) -> Command:
    """Say how many people of a kind a division had at the end of a year, and who counted them; the latest count stands.

    登记行政区划某年末的人口数（常住、户籍或流动）及其来源；以最近登记者为准。
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOffTheCalendar
    id = population_id(division, year, kind)
    recorded = keep(Population, id, lambda before, _: Population.record(before, division, year, kind, people, source))
    return naming(recorded, divisions={"division": division}, on=date(year, 12, 31))
