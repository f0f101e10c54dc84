"""Cases by the names a feature gives them: their commands, and how they are listed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from application.casework import cases
from application.casework.views import ApprovalView, CaseView
from application.commands import Command
from domain.casework.events import ClearanceKind, ExceptionalGrounds, ExceptionalReason, Offence, WithdrawalReason
from domain.events import Event
from domain.ids import AlarmId, CaseId, CorrectionId, DivisionCode, OrganisationId, PersonId, RequestId, SeriesId
from features.city import City

STATION, DIVISION = OrganisationId("S-1"), DivisionCode("500103")
THEFTS = (Offence("THEFT", 3),)
ALL_FACTS = ExceptionalGrounds(
    offender_identified=True, evidence_sufficient=True, location_known=True, reason=ExceptionalReason.DEATH_OF_OFFENDER
)


class Office:
    """What was last asked for waits as `asked`: a case and the request upon it."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.asked: tuple[CaseId, RequestId] | None = None
        self.correction = CorrectionId(city.id("correction", "the one"))

    def case(self, number: str) -> CaseId:
        return CaseId(self.city.id("case", number))

    def suspect(self, number: str) -> PersonId:
        return PersonId(self.city.id("suspect", number))

    def series(self, name: str) -> SeriesId:
        return SeriesId(self.city.id("series", name))

    def alarm(self, name: str) -> AlarmId:
        return AlarmId(self.city.id("alarm", name))

    def listed(self, number: str) -> CaseView:
        return self.city.view(CaseView, self.case(number))

    def waiting(self) -> ApprovalView:
        return self.city.view(ApprovalView, self._waiting()[1])

    def position(self, number: str, kind: type[Event]) -> int:
        """Where the case's only event of this kind stands."""
        of_case = [record for record in self.city.records(0) if record.originator_id == self.case(number)]
        (position,) = (record.position for record in of_case if isinstance(record.event, kind))
        return position

    # --- What is done in one go

    def file(self, number: str) -> None:
        for command in (self.registration(number), cases.accept(self.case(number)), cases.file(self.case(number))):
            self.city.happened(command)

    def approve_at_once(self, request: Command) -> None:
        self.city.happened(request, by="Li")
        self.city.happened(self.approval(), by="Wang")

    # --- Commands

    def ask(self, number: str) -> RequestId:
        """The name of a new request, the one that waits from now on."""
        self.asked = self.case(number), RequestId(uuid4())
        return self.asked[1]

    def registration(self, number: str, *, under: str | None = None, alarm: str | None = None, hours_ago: int | None = None) -> Command:
        occurred = None if hours_ago is None else self.city.clock.now() - timedelta(hours=hours_ago)
        from_alarm = self.alarm(alarm) if alarm else None
        return cases.register(self.case(number), under or number, DIVISION, STATION, THEFTS, alarm=from_alarm, occurred_from=occurred)

    def by_arrest(self, number: str) -> Command:
        return cases.clear(self.case(number), self.ask(number), ClearanceKind.ARREST, "CHARGED")

    def by_death(self, number: str, grounds: ExceptionalGrounds = ALL_FACTS) -> Command:
        return cases.clear(self.case(number), self.ask(number), ClearanceKind.EXCEPTIONAL, "OFFENDER_DIED", grounds=grounds)

    def withdrawal(self, number: str, reason: WithdrawalReason) -> Command:
        return cases.withdraw(self.case(number), self.ask(number), reason)

    def change_of_offences(self, number: str, count: int, type: str) -> Command:
        return cases.reclassify(self.case(number), self.ask(number), (Offence(type, count),), "It turned out so.")

    def approval(self) -> Command:
        return cases.approve(*self._waiting())

    def rejection(self) -> Command:
        return cases.reject(*self._waiting(), "Not proven.")

    def _waiting(self) -> tuple[CaseId, RequestId]:
        assert self.asked is not None
        return self.asked
