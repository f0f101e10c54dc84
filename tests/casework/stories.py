"""Short ways to tell a case's story in unit tests: who acts, when, and what happened so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from application.commands import Command
from domain.aggregates import Act
from domain.casework.case import Case
from domain.casework.events import Offence, ReportRegistered
from domain.events import At, Event, Recorded
from domain.ids import CaseId, DivisionCode, OfficerId, OrganisationId, PersonId, RequestId, SeriesId

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
LI, WANG = OfficerId("officer-1"), OfficerId("officer-2")
STATION, OTHER_STATION = OrganisationId("500103001000"), OrganisationId("500106001000")
DIVISION, OTHER_DIVISION = DivisionCode("500103"), DivisionCode("500106")
THEFTS = (Offence("THEFT", 3),)


def named(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


CASE, OTHER_CASE = CaseId(named("case")), CaseId(named("other case"))
REQUEST, OTHER_REQUEST = RequestId(named("request")), RequestId(named("other request"))
SUSPECT, VICTIM = PersonId(named("suspect")), PersonId(named("victim"))
SERIES, OTHER_SERIES = SeriesId(named("series")), SeriesId(named("other series"))


def act(by: OfficerId = LI, at: datetime = NOON, now: datetime | None = None) -> Act:
    return Act(by=by, organisation=STATION, effective_at=at, now=now or at)


def registered(**given: Any) -> ReportRegistered:
    return ReportRegistered(**({"number": "A1", "division": DIVISION, "station": STATION, "offences": THEFTS} | given))


def case(*events: Event, report: ReportRegistered | None = None) -> Case:
    state = Case.begin(report or registered())
    for event in events:
        state = state.apply(event)  # type: ignore[arg-type]
    return state


def bare(decision: Event | At | None) -> Any:
    return decision.event if isinstance(decision, At) else decision


@dataclass
class Office:
    """Carries commands out on cases in memory, all steps or none, and remembers the events of each."""

    states: dict[UUID, Any] = field(default_factory=dict)
    events: dict[UUID, list[Event]] = field(default_factory=dict)
    now: datetime = NOON
    records: dict[int, Recorded[Any]] = field(default_factory=dict)

    def carry_out(self, command: Command, by: OfficerId = LI, at: datetime | None = None) -> list[Event]:
        states, done = dict(self.states), list[tuple[UUID, Event]]()
        the_act = self._act(command, by, at)
        for step in command.steps:
            event = bare(step.decide(None if step.new else states[step.id], the_act))
            if event is not None:
                states[step.id] = step.aggregate.begin(event) if step.new else states[step.id].apply(event)
                done.append((step.id, event))
        self.states = states
        for id, event in done:
            self.events.setdefault(id, []).append(event)
        return [event for _, event in done]

    def both(self, request: Callable[[RequestId], Command], case: CaseId, approve: Callable[[CaseId, RequestId], Command]) -> list[Event]:
        """Ask as one officer and approve as another."""
        name = RequestId(named(f"request {sum(map(len, self.events.values()))}"))
        self.carry_out(request(name), LI)
        return self.carry_out(approve(case, name), WANG)

    def later(self, hours: int = 1) -> None:
        self.now += timedelta(hours=hours)

    def _act(self, command: Command, by: OfficerId, at: datetime | None) -> Act:
        needed = {(step.aggregate, step.id) for step in command.steps} | set(command.looks)
        seen = {(kind, id): self.states[id] for kind, id in needed if id in self.states}
        return Act(by=by, organisation=STATION, effective_at=at or self.now, now=self.now, seen=seen, records=self.records)


def replayed(events: Iterable[Event], kind: type[Any]) -> Any:
    first, *rest = events
    state = kind.begin(first)
    for event in rest:
        state = state.apply(event)
    return state
