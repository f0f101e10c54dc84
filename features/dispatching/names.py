"""The ids behind the names of a feature, and the commands that several features give."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from application.commands import Command
from application.dispatching import alarms, orders
from application.views import View
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, CaseId, DivisionCode, OrderId, OrganisationId, ReportId, UnitId
from features.city import STATION, City

LIMIT = timedelta(minutes=2)


class Names:
    """The ids behind a feature's names. An order is named after its unit and alarm."""

    def __init__(self, city: City) -> None:
        self._city = city
        self.known: dict[str, str] = {}

    def alarm(self, name: str) -> AlarmId:
        return AlarmId(self._id("alarm", name))

    def unit(self, name: str) -> UnitId:
        return UnitId(self._id("unit", name))

    def order(self, unit: str, alarm: str) -> OrderId:
        return OrderId(self._id("order", f"{unit} to {alarm}"))

    def case(self, name: str) -> CaseId:
        return CaseId(self._id("case", name))

    def _id(self, kind: str, name: str) -> UUID:
        id = self._city.id(kind, name)
        self.known[str(id)] = name
        return id


def received(
    names: Names, alarm: str, division: str, station: OrganisationId = STATION, *, test: bool = False, alarm_type: str | None = None
) -> Command:
    report, code = ReportId(uuid4()), DivisionCode(division)
    return alarms.open(names.alarm(alarm), report, ReportSource.CALL_110, IntakeKind.ALARM, code, station, alarm_type, test=test)


def sent(names: Names, unit: str, alarm: str, city: City, *, stacked: bool = False, reason: str = "") -> Command:
    limit = city.clock.now() + LIMIT
    return orders.send(names.order(unit, alarm), names.alarm(alarm), names.unit(unit), stacked, reason, limit)


def reported(names: Names, unit: str, alarm: str, progress: str) -> Command:
    order = names.order(unit, alarm)
    match progress:
        case "acknowledged":
            return orders.acknowledge(order)
        case "en route":
            return orders.en_route(order)
        case "on scene":
            return orders.arrive(order, names.alarm(alarm))
        case "clear":
            return orders.clear(order, names.unit(unit))
        case _:
            raise AssertionError(progress)


def shown(row: View, datatable: list[list[str]], names: dict[str, str]) -> None:
    """Each line of the table is a column and its value; ids go by their names."""
    told = {column: getattr(row, column) for column, _ in datatable}
    told = {column: names.get(str(value), str(value)) for column, value in told.items()}
    assert told == {column: value or "None" for column, value in datatable}
