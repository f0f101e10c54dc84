"""What an indicator's statistic says of an organisation, as of a position: with what it is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from application.commands import Command
from application.desk import Desk
from application.oversight.disclosure import AsPublished
from application.oversight.figures import Statistics
from application.oversight.responding import Basis, Segment
from application.oversight.statistics import AlarmCount, Area, AsOf, CaseCount, Definition, Period, Question
from domain.ids import OrganisationId
from domain.oversight.assessment import Assessment
from domain.oversight.assessment_rules import ParametersNotUnderstood, StatisticSilent
from domain.oversight.events import EvidenceStatistic, Indicator
from domain.oversight.evidence import COMPUTED, Evidence

SHARES_OF_COHORTS = frozenset(Definition) - {Definition.PERIOD}
"""What is booked in a period is no share of what is filed in it: it may be more than all."""
PERCENTILES = {"50": "p50", "90": "p90"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a statistic is asked with besides organisation, period and position."""

    types: tuple[str, ...] = ()
    definition: Definition = Definition.COHORT
    segment: Segment = Segment.TOTAL
    basis: Basis = Basis.FIRST_ARRIVING
    percentile: str = "p90"
    priority: str | None = None


def _types(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def _definition(text: str) -> Definition:
    return next(each for each in SHARES_OF_COHORTS if each.value == text)


READ: Mapping[str, Callable[[str], Any]] = {
    "types": _types,
    "definition": _definition,
    "segment": Segment,
    "basis": Basis,
    "percentile": PERCENTILES.__getitem__,
    "priority": str,
}
TAKEN = {
    EvidenceStatistic.CASE_COUNTS: {"types"},
    EvidenceStatistic.SOLVING_RATE: {"types", "definition"},
    EvidenceStatistic.ALARM_COUNTS: {"types"},
    EvidenceStatistic.RESPONSE_TIMES: {"types", "segment", "basis", "percentile", "priority"},
}
"""Which parameters each statistic takes."""


def understood(indicator: Indicator) -> Asked:
    """Its parameters, `name=value` between semicolons; those of statistics that are not worked out are a note for people."""
    if indicator.statistic not in COMPUTED:
        return Asked()
    given = [each.partition("=") for each in indicator.parameters.split(";") if each.strip()]
    named = {name.strip(): value.strip() for name, _, value in given}
    if not named.keys() <= TAKEN[indicator.statistic] or len(named) < len(given) or not all(named.values()):
        raise ParametersNotUnderstood
    try:
        return Asked(**{name: READ[name](value) for name, value in named.items()})
    except (ValueError, KeyError, StopIteration):
        raise ParametersNotUnderstood from None


@dataclass(frozen=True, slots=True)
class Scored:
    """What is to be scored, as a command names it."""

    assessment: UUID
    organisation: OrganisationId
    indicator: str
    position: int


async def evidence_for(desk: Desk, figures: Statistics, scored: Scored) -> Evidence | None:
    """What the statistic says; None where it is not worked out, or the decision will say that there is no such thing."""
    found: Assessment | None = (await desk.states([(Assessment, scored.assessment)])).get(scored.assessment)
    indicator = found.indicators.get(scored.indicator) if found is not None and scored.organisation in found.organisations else None
    if found is None or indicator is None or indicator.statistic not in COMPUTED:
        return None
    asked = understood(indicator)
    question = Question(
        period=Period(found.first, found.last),
        area=Area(organisation=scored.organisation),
        types=asked.types,
        as_of=AsOf(position=scored.position),
    )
    try:
        return await _said(figures, indicator.statistic, question, asked)
    except AsPublished:
        return await _published(figures, indicator.statistic, replace(question, as_of=AsOf()), asked, scored.position)


async def _published(figures: Statistics, statistic: EvidenceStatistic, question: Question, asked: Asked, position: int) -> Evidence:
    """Those outside are told figures as they were known when the month began, and made coarse; they score by what they are told."""
    evidence = await _said(figures, statistic, question, asked)
    if not 0 < evidence.position <= position:
        raise StatisticSilent
    return evidence


async def _said(figures: Statistics, statistic: EvidenceStatistic, question: Question, asked: Asked) -> Evidence:
    match statistic:
        case EvidenceStatistic.SOLVING_RATE:
            (rate,) = await figures.solving_rate(question, [asked.definition], small=True)
            if rate.numerator is None or rate.denominator is None:
                raise StatisticSilent
            return Evidence(value=None, numerator=rate.numerator, denominator=rate.denominator, position=rate.position, computed=True)
        case EvidenceStatistic.RESPONSE_TIMES:
            segments = await figures.response_times(question, asked.priority, asked.basis)
            time = next(each for each in segments if each.segment is asked.segment)
            return _amount(getattr(time, asked.percentile), time.position, of=time.n)
        case EvidenceStatistic.ALARM_COUNTS:
            alarms: AlarmCount = await figures.alarm_counts(question)
            return _amount(alarms.alarms, alarms.position)
        case _:
            cases: CaseCount = await figures.case_counts(question)
            return _amount(cases.known_booked, cases.position)


def _amount(value: int | None, position: int, of: int | None = None) -> Evidence:
    """A count, or a time that was measured so many times."""
    if value is None:
        raise StatisticSilent
    return Evidence(value=float(value), numerator=None, denominator=of, position=position, computed=True)


def in_place_of(command: Command, evidenced: Command) -> Command:
    """It stays the same command, so that a repeat is answered like the first time."""
    return evidenced._replace(name=command.name, content=command.content)
