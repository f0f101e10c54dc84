"""The figures for those outside: as known when the present month began, and made coarse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from application.oversight.disclosure import NotByHour, coarsened, insist_on_months, insist_on_stretches, month_of
from application.oversight.figures import Statistics
from application.oversight.governing import BuildProgress, OverdueDirective, Ranked
from application.oversight.responding import Basis, CommandTime, ResponseTime
from application.oversight.statistics import (
    AlarmCount,
    AsOf,
    BridgeStep,
    CaseCount,
    ContributionTally,
    Definition,
    Demand,
    DemandBy,
    Granularity,
    OutcomeBasis,
    OutcomeScheme,
    OutcomeShare,
    Period,
    Question,
    SolvingRate,
    TrendPoint,
)
from application.ports import Clock
from domain.casework.events import ContributionChannel
from domain.ids import AssessmentId, OrganisationId
from domain.oversight.measures import Measure


class FiguresOutside:
    """What stands behind figures is listed to nobody outside: how many there are would tell what the count does not."""

    def __init__(self, figures: Statistics, zone: tzinfo, clock: Clock) -> None:
        self._figures = figures
        self._zone = zone
        self._clock = clock

    async def solving_rate(self, question: Question, definitions: Sequence[Definition], *, small: bool) -> list[SolvingRate]:
        return [coarsened(each) for each in await self._figures.solving_rate(self._published(question), definitions, small=small)]

    async def case_counts(self, question: Question) -> CaseCount:
        return coarsened(await self._figures.case_counts(self._published(question)))

    async def bridge(self, question: Question) -> list[BridgeStep]:
        return [coarsened(each) for each in await self._figures.bridge(self._published(question))]

    async def alarm_counts(self, question: Question) -> AlarmCount:
        return coarsened(await self._figures.alarm_counts(self._published(question)))

    async def response_times(self, question: Question, priority: str | None, basis: Basis) -> list[ResponseTime]:
        return [coarsened(each) for each in await self._figures.response_times(self._published(question), priority, basis)]

    async def demand(self, question: Question, by: DemandBy) -> Demand:  # noqa: ARG002 - whatever is asked
        raise NotByHour

    async def command_times(self, question: Question, *, small: bool) -> list[CommandTime]:
        return [coarsened(each) for each in await self._figures.command_times(self._published(question), small=small)]

    async def outcomes(self, question: Question, scheme: OutcomeScheme, basis: OutcomeBasis) -> list[OutcomeShare]:
        return [coarsened(each) for each in await self._figures.outcomes(self._published(question), scheme, basis)]

    async def contributions(self, question: Question, channel: ContributionChannel) -> list[ContributionTally]:
        """Since a day means until the last month that is over."""
        over = month_of(self._clock.now().astimezone(self._zone).date()) - timedelta(1)
        until = replace(question, period=Period(question.period.first, over))
        return [coarsened(each) for each in await self._figures.contributions(self._published(until), channel)]

    async def trend(self, question: Question, measure: Measure, granularity: Granularity, *, by_type: bool) -> list[TrendPoint]:
        insist_on_stretches(granularity)
        return [coarsened(each) for each in await self._figures.trend(self._published(question), measure, granularity, by_type=by_type)]

    async def overdue_directives(self, on: date, as_of: AsOf) -> Sequence[OverdueDirective]:
        """No figure of what happened in the city: whoever sees the directive sees who owes an answer."""
        return await self._figures.overdue_directives(on, as_of)

    async def build_progress(self, on: date, organisation: OrganisationId | None, as_of: AsOf) -> Sequence[BuildProgress]:
        """Devices are nobody's secret to those who see the plans."""
        return await self._figures.build_progress(on, organisation, as_of)

    async def ranking(self, assessment: AssessmentId) -> Sequence[Ranked]:
        """Whoever sees an assessment sees how it ended."""
        return await self._figures.ranking(assessment)

    async def _nothing(self, *_: Any, **__: Any) -> Sequence[Any]:
        return ()

    solving_rate_cases = cases_booked = bridge_cases = outcome_cases = alarms_counted = runs_measured = _nothing
    alarms_contributed = cases_contributed = _nothing

    def _published(self, question: Question) -> Question:
        this_month = month_of(self._clock.now().astimezone(self._zone).date())
        insist_on_months(question, this_month)
        began = datetime(this_month.year, this_month.month, 1, tzinfo=self._zone)
        return replace(question, as_of=AsOf(recorded_at=began))
