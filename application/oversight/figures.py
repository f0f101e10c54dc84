"""The figures as the application needs them: what may be asked of whoever counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

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
from domain.casework.events import ContributionChannel
from domain.ids import AssessmentId, OrganisationId
from domain.oversight.contributions import ContributionOutcome
from domain.oversight.measures import Measure


class Statistics(Protocol):
    """The figures. Each is one SELECT, or a few, over the ledger or the versioned facts."""

    async def solving_rate(self, question: Question, definitions: Sequence[Definition], *, small: bool) -> list[SolvingRate]: ...

    async def solving_rate_cases(
        self, question: Question, definition: Definition, side: Side, first: int, after: UUID | None
    ) -> Sequence[Listed]: ...

    async def case_counts(self, question: Question) -> CaseCount: ...

    async def cases_booked(self, question: Question, measure: Measure, first: int, after: UUID | None) -> Sequence[Listed]:
        """What stands behind S4, S6 and a trend: cases with amounts of a measure in the period."""
        ...

    async def bridge(self, question: Question) -> list[BridgeStep]: ...

    async def bridge_cases(self, question: Question, item: BridgeItem, side: Side, first: int, after: UUID | None) -> Sequence[Listed]: ...

    async def alarm_counts(self, question: Question) -> AlarmCount: ...

    async def alarms_counted(self, question: Question, first: int, after: UUID | None) -> Sequence[UUID]: ...

    async def response_times(self, question: Question, priority: str | None, basis: Basis) -> list[ResponseTime]: ...

    async def runs_measured(
        self, question: Question, priority: str | None, basis: Basis, segment: Segment, first: int, after: UUID | None
    ) -> Sequence[UUID]: ...

    async def demand(self, question: Question, by: DemandBy) -> Demand: ...

    async def command_times(self, question: Question, *, small: bool) -> list[CommandTime]:
        """Both ways of command by each segment."""
        ...

    async def outcomes(self, question: Question, scheme: OutcomeScheme, basis: OutcomeBasis) -> list[OutcomeShare]: ...

    async def outcome_cases(
        self, question: Question, scheme: OutcomeScheme, basis: OutcomeBasis, code: str, first: int, after: UUID | None
    ) -> Sequence[Listed]: ...

    async def contributions(self, question: Question, channel: ContributionChannel) -> list[ContributionTally]:
        """All outcomes, whether there were any or not."""
        ...

    async def alarms_contributed(
        self, question: Question, channel: ContributionChannel, outcome: ContributionOutcome, first: int, after: UUID | None
    ) -> Sequence[UUID]: ...

    async def cases_contributed(
        self, question: Question, channel: ContributionChannel, outcome: ContributionOutcome, first: int, after: UUID | None
    ) -> Sequence[Listed]: ...

    async def trend(self, question: Question, measure: Measure, granularity: Granularity, *, by_type: bool) -> list[TrendPoint]: ...

    async def overdue_directives(self, on: date, as_of: AsOf) -> Sequence[OverdueDirective]:
        """By addressee, as it stood at the end of the day."""
        ...

    async def build_progress(self, on: date, organisation: OrganisationId | None, as_of: AsOf) -> Sequence[BuildProgress]:
        """By organisation, of one with all below it or of all, as it stood at the end of the day."""
        ...

    async def ranking(self, assessment: AssessmentId) -> Sequence[Ranked]:
        """Refused until the assessment is sealed."""
        ...
