"""The figures: each question put to one state of the database, off the event loop."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from datetime import date, tzinfo
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from application.identity import Principal, Role
from application.oversight.figures import Statistics
from application.oversight.governing import BuildProgress, OverdueDirective, Ranked
from application.oversight.responding import Basis, CommandTime, ResponseTime, Segment
from application.oversight.statistics import (
    AlarmCount,
    AsOf,
    BridgeItem,
    BridgeStep,
    CaseCount,
    ContributionTally,
    Definition,
    Demand,
    DemandBy,
    Granularity,
    Listed,
    OutcomeBasis,
    OutcomeScheme,
    OutcomeShare,
    Question,
    Side,
    SolvingRate,
    TrendPoint,
)
from application.ports import Clock
from domain.casework.events import ContributionChannel
from domain.ids import AssessmentId, OrganisationId
from domain.oversight.contributions import ContributionOutcome
from domain.oversight.measures import Measure
from infrastructure.access.policy import counts_exactly
from infrastructure.access.seen import Seen
from infrastructure.database import Database
from infrastructure.projections.oversight.figures import NAME
from infrastructure.statistics import (
    alarms,
    bridging,
    building,
    commanding,
    contributions,
    directives,
    outcomes,
    ranking,
    rates,
    responses,
    trends,
)
from infrastructure.statistics.books import booked_cases
from infrastructure.statistics.demand import demand as asked_demand
from infrastructure.statistics.inquiry import Inquiry, Limits, inquire, organisations_below
from infrastructure.statistics.moments import end_of, moment_of_record, moment_on
from infrastructure.statistics.outside import FiguresOutside

R = TypeVar("R")


class SeenFigures:
    """The figures for each principal: they count what is there for them, and tell those outside no more than may leave the house."""

    def __init__(self, database: Database, zone: tzinfo, seen: Seen, clock: Clock) -> None:
        self._database = database
        self._zone = zone
        self._seen = seen
        self._clock = clock

    def seen_by(self, principal: Principal) -> Statistics:
        figures = self.counted_by(principal)
        return figures if counts_exactly(principal) else FiguresOutside(figures, self._zone, self._clock)

    def counted_by(self, principal: Principal) -> Figures:
        if principal.role is Role.OWNER:
            return Figures(self._database, self._zone)
        return Figures(self._database, self._zone, lambda connection: Limits(self._seen, self._seen.sight(connection, principal)))


class Figures:
    """Statistics over one database; business days are those of the zone. Without limits everything is counted."""

    def __init__(self, database: Database, zone: tzinfo, limits: Callable[[sa.Connection], Limits] | None = None) -> None:
        self._database = database
        self._zone = zone
        self._limits = limits

    async def solving_rate(self, question: Question, definitions: Sequence[Definition], *, small: bool) -> list[SolvingRate]:
        return await self._ask(question, lambda inquiry: rates.solving_rates(inquiry, definitions, small=small))

    async def solving_rate_cases(
        self, question: Question, definition: Definition, side: Side, first: int, after: UUID | None
    ) -> Sequence[Listed]:
        return await self._ask(question, lambda inquiry: rates.rate_cases(inquiry, definition, side, first, after))

    async def case_counts(self, question: Question) -> CaseCount:
        return await self._ask(question, rates.case_counts)

    async def cases_booked(self, question: Question, measure: Measure, first: int, after: UUID | None) -> Sequence[Listed]:
        return await self._ask(question, lambda inquiry: booked_cases(inquiry, {measure: 1}, first, after))

    async def bridge(self, question: Question) -> list[BridgeStep]:
        return await self._ask(question, bridging.bridge)

    async def bridge_cases(self, question: Question, item: BridgeItem, side: Side, first: int, after: UUID | None) -> Sequence[Listed]:
        return await self._ask(question, lambda inquiry: bridging.bridge_cases(inquiry, item, side, first, after))

    async def alarm_counts(self, question: Question) -> AlarmCount:
        return await self._ask(question, alarms.alarm_counts)

    async def alarms_counted(self, question: Question, first: int, after: UUID | None) -> Sequence[UUID]:
        return await self._ask(question, lambda inquiry: alarms.alarms_counted(inquiry, first, after))

    async def response_times(self, question: Question, priority: str | None, basis: Basis) -> list[ResponseTime]:
        return await self._ask(question, lambda inquiry: responses.response_times(inquiry, priority, basis))

    async def runs_measured(
        self, question: Question, priority: str | None, basis: Basis, segment: Segment, first: int, after: UUID | None
    ) -> Sequence[UUID]:
        return await self._ask(question, lambda inquiry: responses.runs_measured(inquiry, priority, basis, segment, first, after))

    async def demand(self, question: Question, by: DemandBy) -> Demand:
        return await self._ask(question, lambda inquiry: asked_demand(inquiry, by, self._zone))

    async def command_times(self, question: Question, *, small: bool) -> list[CommandTime]:
        return await self._ask(question, lambda inquiry: commanding.command_times(inquiry, small=small))

    async def outcomes(self, question: Question, scheme: OutcomeScheme, basis: OutcomeBasis) -> list[OutcomeShare]:
        return await self._ask(question, lambda inquiry: outcomes.outcomes(inquiry, scheme, basis))

    async def outcome_cases(
        self, question: Question, scheme: OutcomeScheme, basis: OutcomeBasis, code: str, first: int, after: UUID | None
    ) -> Sequence[Listed]:
        return await self._ask(question, lambda inquiry: outcomes.outcome_cases(inquiry, scheme, basis, code, first, after))

    async def contributions(self, question: Question, channel: ContributionChannel) -> list[ContributionTally]:
        return await self._ask(question, lambda inquiry: contributions.contributions(inquiry, channel))

    async def alarms_contributed(
        self, question: Question, channel: ContributionChannel, outcome: ContributionOutcome, first: int, after: UUID | None
    ) -> Sequence[UUID]:
        return await self._ask(question, lambda inquiry: contributions.alarms_contributed(inquiry, channel, outcome, first, after))

    async def cases_contributed(
        self, question: Question, channel: ContributionChannel, outcome: ContributionOutcome, first: int, after: UUID | None
    ) -> Sequence[Listed]:
        return await self._ask(question, lambda inquiry: contributions.cases_contributed(inquiry, channel, outcome, first, after))

    async def trend(self, question: Question, measure: Measure, granularity: Granularity, *, by_type: bool) -> list[TrendPoint]:
        return await self._ask(question, lambda inquiry: trends.trend(inquiry, measure, granularity, by_type=by_type))

    async def overdue_directives(self, on: date, as_of: AsOf) -> Sequence[OverdueDirective]:
        return await to_thread(self._overdue_directives, on, as_of)

    def _overdue_directives(self, on: date, as_of: AsOf) -> Sequence[OverdueDirective]:
        with self._database.reading() as connection:
            moment = moment_on(connection, ("directives",), as_of, self._zone, on)
            return directives.overdue(connection, moment, end_of(on, self._zone), self._limited(connection))

    async def build_progress(self, on: date, organisation: OrganisationId | None, as_of: AsOf) -> Sequence[BuildProgress]:
        return await to_thread(self._build_progress, on, organisation, as_of)

    def _build_progress(self, on: date, organisation: OrganisationId | None, as_of: AsOf) -> Sequence[BuildProgress]:
        with self._database.reading() as connection:
            moment = moment_on(connection, ("build_plans",), as_of, self._zone, on)
            asked = None if organisation is None else organisations_below(connection, organisation)
            return building.progress(connection, moment, end_of(on, self._zone), asked, self._limited(connection))

    async def ranking(self, assessment: AssessmentId) -> Sequence[Ranked]:
        return await to_thread(self._ranking, assessment)

    def _ranking(self, assessment: AssessmentId) -> Sequence[Ranked]:
        with self._database.reading() as connection:
            return ranking.ranking(connection, assessment, self._limited(connection))

    def _limited(self, connection: sa.Connection) -> Limits | None:
        return None if self._limits is None else self._limits(connection)

    async def _ask(self, question: Question, answer: Callable[[Inquiry], R]) -> R:
        return await to_thread(self.ask, question, answer)

    def ask(self, question: Question, answer: Callable[[Inquiry], R]) -> R:
        with self._database.reading() as connection:
            moment = moment_of_record(connection, NAME, question.as_of, self._zone)
            return answer(inquire(connection, question, moment, self._limited(connection)))
