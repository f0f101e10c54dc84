"""The queries for figures. Their names and arguments are fixed, for clients are written against them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.freshness import AtLeast
from api.schema.ids import given
from api.schema.oversight.figures import (
    AlarmCount,
    BridgeStep,
    CaseCount,
    CommandTime,
    ContributionTally,
    Demand,
    OutcomeShare,
    ResponseTime,
    SolvingRate,
    TrendPoint,
    answered,
)
from api.schema.oversight.questions import AreaInput, AsOfInput, PeriodInput, question
from api.schema.shapes import many, told
from application.oversight.responding import Basis
from application.oversight.statistics import Area, AsOf, Definition, DemandBy, Granularity, OutcomeBasis, OutcomeScheme, Period, Question
from domain.casework.events import ContributionChannel
from domain.ids import OrganisationId
from domain.oversight.measures import CountUnit, Measure
from domain.rules import InvalidValue, LimitExceeded

MOST_POINTS = 1_100
"""Three years of days."""
ANY: Any = []
for _choice in (Basis, ContributionChannel, CountUnit, Definition, Granularity, OutcomeBasis, OutcomeScheme, Measure):
    told("", _choice)  # the domain's own enums become the schema's
USUAL_DEFINITIONS: Any = [Definition.PERIOD, Definition.COHORT]


class BridgeUnknown(InvalidValue):
    """The bridge leads from PERIOD to COHORT.

    差异分解只支持由 PERIOD 到 COHORT。
    """

    on = "to"


class TooManyPoints(LimitExceeded):
    """A trend by day covers 1,100 days at most; ask for months.

    按日趋势最多 1100 天；请改为按月。
    """

    on = "granularity"


async def _solving_rate(
    info: GraphInfo,
    period: PeriodInput,
    area: AreaInput | None = None,
    types: list[str] = ANY,
    definitions: list[Definition] = USUAL_DEFINITIONS,
    as_of: AsOfInput | None = None,
    unit: CountUnit = CountUnit.CASE,
    show_small: bool = False,  # noqa: FBT001, FBT002 - an argument of the API
) -> list[Any]:
    asked = question(period, area, types, as_of, unit)
    found = await context_of(info).figures.solving_rate(asked, definitions, small=show_small)
    return [answered(SolvingRate, each, asked) for each in found]


async def _case_counts(
    info: GraphInfo,
    period: PeriodInput,
    area: AreaInput | None = None,
    types: list[str] = ANY,
    as_of: AsOfInput | None = None,
    unit: CountUnit = CountUnit.CASE,
) -> Any:
    asked = question(period, area, types, as_of, unit)
    return answered(CaseCount, await context_of(info).figures.case_counts(asked), asked)


async def _bridge(
    info: GraphInfo,
    period: PeriodInput,
    from_: Annotated[Definition, strawberry.argument(name="from")],
    to: Definition,
    area: AreaInput | None = None,
    types: list[str] = ANY,
    as_of: AsOfInput | None = None,
    unit: CountUnit = CountUnit.CASE,
) -> list[Any]:
    if (from_, to) != (Definition.PERIOD, Definition.COHORT):
        raise BridgeUnknown
    asked = question(period, area, types, as_of, unit)
    return [answered(BridgeStep, each, asked) for each in await context_of(info).figures.bridge(asked)]


async def _alarm_counts(
    info: GraphInfo, period: PeriodInput, area: AreaInput | None = None, types: list[str] = ANY, as_of: AsOfInput | None = None
) -> Any:
    asked = question(period, area, types, as_of)
    return answered(AlarmCount, await context_of(info).figures.alarm_counts(asked), asked)


async def _response_times(
    info: GraphInfo,
    period: PeriodInput,
    area: AreaInput | None = None,
    types: list[str] = ANY,
    priority: str | None = None,
    basis: Basis = Basis.RUN,
    as_of: AsOfInput | None = None,
) -> list[Any]:
    asked = question(period, area, types, as_of)
    found = await context_of(info).figures.response_times(asked, priority, basis)
    return [answered(ResponseTime, each, asked, priority=priority) for each in found]


async def _demand(
    info: GraphInfo,
    period: PeriodInput,
    area: AreaInput | None = None,
    types: list[str] = ANY,
    by: DemandBy = DemandBy.STATION,
    as_of: AsOfInput | None = None,
) -> Any:
    asked = question(period, area, types, as_of)
    return answered(Demand, await context_of(info).figures.demand(asked, by), asked)


async def _command_times(
    info: GraphInfo,
    period: PeriodInput,
    area: AreaInput | None = None,
    types: list[str] = ANY,
    as_of: AsOfInput | None = None,
    show_small: bool = False,  # noqa: FBT001, FBT002 - an argument of the API
) -> list[Any]:
    asked = question(period, area, types, as_of)
    return [answered(CommandTime, each, asked) for each in await context_of(info).figures.command_times(asked, small=show_small)]


async def _contribution_tally(
    info: GraphInfo,
    since: date,
    by: ContributionChannel,
    organisation: str | None = None,
    as_of: Annotated[
        date | None,
        strawberry.argument(
            description="What was recorded by the end of this day; now if left out. 截至该日结束时已入库的内容，缺省为当前。"
        ),
    ] = None,
) -> list[Any]:
    area = Area() if organisation is None else Area(organisation=_organisation(organisation))
    asked = Question(period=Period(since, date.max), area=area, as_of=AsOf(day=as_of))
    found = await context_of(info).figures.contributions(asked, by)
    return [answered(ContributionTally, each, asked, channel=by) for each in found]


def _organisation(text: str) -> OrganisationId:
    """A code or a told id; what is neither names no organisation."""
    return OrganisationId(str(given(OrganisationId, text) or text))


async def _outcome_mix(
    info: GraphInfo,
    period: PeriodInput,
    area: AreaInput | None = None,
    types: list[str] = ANY,
    scheme: OutcomeScheme = OutcomeScheme.INTERNAL,
    basis: OutcomeBasis = OutcomeBasis.ASSIGNED_TO,
    as_of: AsOfInput | None = None,
) -> list[Any]:
    asked = question(period, area, types, as_of)
    found = await context_of(info).figures.outcomes(asked, scheme, basis)
    return [answered(OutcomeShare, each, asked) for each in found]


async def _trend(
    info: GraphInfo,
    period: PeriodInput,
    measure: Measure,
    granularity: Granularity = Granularity.MONTH,
    area: AreaInput | None = None,
    types: list[str] = ANY,
    by_type: bool = False,  # noqa: FBT001, FBT002 - an argument of the API
    as_of: AsOfInput | None = None,
    unit: CountUnit = CountUnit.CASE,
) -> list[Any]:
    asked = question(period, area, types, as_of, unit)
    if granularity is Granularity.DAY and (period.last - period.first).days >= MOST_POINTS:
        raise TooManyPoints
    found = await context_of(info).figures.trend(asked, measure, granularity, by_type=by_type)
    ends = _ends([each.start for each in found], asked.period.last)
    known = replace(asked, as_of=AsOf(position=found[0].position)) if found else asked
    return [answered(TrendPoint, each, _stretch(known, each.start, ends[each.start], each.type)) for each in found]


def _ends(starts: list[date], last: date) -> dict[date, date]:
    """The last day of each stretch: the day before the next begins. There may be no stretch at all."""
    days = sorted(set(starts))
    return dict(zip(days, [*(day - timedelta(1) for day in days[1:]), last], strict=False))


def _stretch(asked: Question, first: date, last: date, type: str | None) -> Question:
    types = asked.types if type is None else (type,)
    return Question(period=Period(first, last), area=asked.area, types=types, as_of=asked.as_of, unit=asked.unit)


def _figure(resolver: Any, graphql_type: Any, description: str) -> Any:
    return strawberry.field(resolver=resolver, graphql_type=graphql_type, extensions=[AtLeast()], description=description)


def figure_queries() -> dict[str, Any]:
    return {
        "solving_rate": _figure(_solving_rate, many(SolvingRate), "How many cases are solved, by definition (S7, S8, S9). 破案率。"),
        "case_counts": _figure(_case_counts, CaseCount, "Cases known and cleared, booked and restated (S4, S5, S6). 立案与破案数。"),
        "bridge": _figure(_bridge, many(BridgeStep), "Why two solving rates differ, case by case (S13). 口径差异分解。"),
        "alarm_counts": _figure(_alarm_counts, AlarmCount, "Alarms received, after merges (S1). 警情数。"),
        "response_times": _figure(_response_times, many(ResponseTime), "Seconds by segment, nearest rank (S15). 响应时间（秒）。"),
        "demand": _figure(_demand, Demand, "When alarms came, by area and hour of the week (R29). 分区域分时段的警情需求。"),
        "command_times": _figure(_command_times, many(CommandTime), "Flat command against layered, in seconds (R27). 扁平与逐级指挥用时。"),
        "outcome_mix": _figure(_outcome_mix, many(OutcomeShare), "What came of cases, in one scheme's words (S11). 处理结果构成。"),
        "contribution_tally": _figure(
            _contribution_tally, many(ContributionTally), "What was achieved since a day with a channel's help (S23). 技战法贡献统计。"
        ),
        "trend": _figure(_trend, many(TrendPoint), "How much of a measure was booked, stretch by stretch. 趋势。"),
    }
