"""The inspection of those on duty: what was found, and what was put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import OrganisationId
from domain.rules import InvalidTransition, InvalidValue, NotFound, required_text
from domain.surveillance.events import FindingClosed, FindingRaised, InspectionChange, InspectionOpened


class InspectionOfOneThing(InvalidValue):
    """An inspection looks at one monitoring post or at one roster.

    查勤须针对一个监控中心(室)或一份值班表。
    """

    on = "post"


class FindingDueTooEarly(InvalidValue):
    """A finding is to be put right on the day on which it is raised, or later.

    整改期限不得早于提出之日。
    """

    on = "due"


class FindingUnknown(NotFound):
    """The inspection has no finding with this number.

    该次查勤没有此序号的问题。
    """

    on = "number"


class FindingIsClosed(InvalidTransition):
    """The finding is closed already.

    该问题已整改销号。
    """

    on = "number"


@dataclass(frozen=True)
class DutyInspection:
    """An inspection of those on duty (查勤). Findings are numbered from 1."""

    begins: ClassVar[tuple[type[Event], ...]] = (InspectionOpened,)

    station: OrganisationId
    findings: int = 0
    closed: frozenset[int] = frozenset()

    def raise_finding(self, finding: str, due: date, today: date) -> FindingRaised:
        if due < today:
            raise FindingDueTooEarly
        finding = required_text(finding, field="finding")
        return FindingRaised(number=self.findings + 1, station=self.station, finding=finding, due=due)

    def close_finding(self, number: int, remedy: str) -> FindingClosed:
        if not 1 <= number <= self.findings:
            raise FindingUnknown
        if number in self.closed:
            raise FindingIsClosed
        return FindingClosed(number=number, remedy=required_text(remedy, field="remedy"))

    @classmethod
    def begin(cls, event: InspectionOpened) -> DutyInspection:
        return cls(station=event.station)

    def apply(self, event: InspectionChange) -> DutyInspection:
        match event:
            case FindingRaised(number=number):
                return evolve(self, findings=number)
            case FindingClosed(number=number):
                return evolve(self, closed=self.closed | {number})
            case _:
                assert_never(event)
