"""What can be read of populations."""

from __future__ import annotations

from datetime import datetime

from application.views import View
from domain.ids import DivisionCode, PopulationId
from domain.jurisdiction.events import PopulationCount, PopulationKind


class PopulationView(View):
    """How many people of a kind a division had at the end of a year, with every count there was; the latest one stands.

    行政区划某年末的人口数及历次登记；以最近登记者为准。
    """

    filters = ("division", "year", "kind")
    orders = ("year", "division")

    id: PopulationId
    version: int
    division: DivisionCode
    year: int
    kind: PopulationKind
    people: int
    source: str
    recorded_at: datetime
    counts: tuple[PopulationCount, ...]
