"""A town to which things happen, in few words, and how its rates are asked for."""

from __future__ import annotations

from datetime import date

from application.oversight.statistics import Definition, Period
from domain.casework.events import (
    CaseCleared,
    CaseFiled,
    CaseWithdrawn,
    ClearanceKind,
    JurisdictionTransferred,
    Offence,
    ReportRegistered,
    WithdrawalReason,
)
from domain.ids import CaseId, DivisionCode, OrganisationId
from tests.figures.pages import Pages, named

YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
NORTH, SOUTH = DivisionCode("500105"), DivisionCode("500108")


class Town(Pages):
    """Things that happen, in few words. Days are of the year 2020 unless given whole."""

    def register(self, case: str, *, types: tuple[str, ...] = ("THEFT",), division: str = NORTH, day: date) -> CaseId:
        id = CaseId(named(case))
        offences = tuple(Offence(type) for type in types)
        station = OrganisationId(f"station-{division}")
        event = ReportRegistered(number=case, division=DivisionCode(division), station=station, offences=offences)
        self.write(id, event, day)
        return id

    def file(self, case: str, day: date, *, types: tuple[str, ...] = ("THEFT",), division: str = NORTH) -> CaseId:
        id = self.register(case, types=types, division=division, day=day)
        self.write(id, CaseFiled(offences=tuple(Offence(type) for type in types)), day)
        return id

    def clear(self, case: CaseId, day: date, *, dated: bool = True, offences: int = 1, outcome: str = "CHARGED") -> int:
        event = CaseCleared(kind=ClearanceKind.ARREST, outcome=outcome, offences=offences, dated=dated)
        return self.write(case, event, day).position

    def withdraw(self, case: CaseId, day: date, reason: WithdrawalReason) -> None:
        self.write(case, CaseWithdrawn(reason=reason), day)

    def transfer(self, case: CaseId, day: date, old: DivisionCode, new: DivisionCode) -> None:
        here, there = OrganisationId(f"station-{old}"), OrganisationId(f"station-{new}")
        self.write(case, JurisdictionTransferred(from_station=here, from_division=old, to_station=there, to_division=new, reason="r"), day)


def day(month: int, of_month: int = 1, year: int = 2020) -> date:
    return date(year, month, of_month)


async def rates(books, town, question, *definitions, small=True):
    found = await books.fill(town.records).solving_rate(question, definitions or tuple(Definition), small=small)
    return {rate.definition: rate for rate in found}
