"""What those outside may learn of figures (G9): counts in steps of ten, small ones not at all, month by month.

Which roles are outside, the policies say. Steps are what keeps a small count from being worked out of larger ones: of a total less
the others each term is uncertain, and with these steps what remains is never a single value. That only goes on as long as no finer
questions are answered, so that periods are whole months, types one or all, and everything is as known when the present month began.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import singledispatch
from typing import Any, TypeVar

from application.oversight.responding import CommandTime, ResponseTime
from application.oversight.statistics import (
    AlarmCount,
    AsOf,
    BridgeStep,
    CaseCount,
    ContributionTally,
    Definition,
    Excluded,
    Granularity,
    Interval,
    OutcomeShare,
    Question,
    SolvingRate,
    TrendPoint,
)
from domain.oversight.intervals import poisson_ratio, wilson
from domain.rules import InvalidValue

F = TypeVar("F")
SMALL = 5
"""Counts below it are not told."""
STEP = 10
"""All others are told in multiples of it, a half upwards; it is even, so that bounds that add up never close around one value."""
FEW_RUNS = 10
"""Fewer, and the ninetieth percentile would be one run's own time."""


class WholeMonths(InvalidValue):
    """For your role, figures cover whole calendar months that are over.

    该角色只能查询已结束的完整自然月。
    """

    on = "period"


class OneTypeOrAll(InvalidValue):
    """For your role, figures cover one type or all types.

    该角色只能查询单一类型或全部类型。
    """

    on = "types"


class AsPublished(InvalidValue):
    """For your role, figures are as known when the present month began, and at no other time.

    该角色只能查询截至本月初的数据。
    """

    on = "asOf"


class NotByDay(InvalidValue):
    """For your role, trends go by month or year.

    该角色只能按月或按年查询趋势。
    """

    on = "granularity"


class NotByHour(InvalidValue):
    """For your role, demand by the hour is not told.

    该角色不能查询分时段警情需求。
    """

    on = "by"


def insist_on_months(question: Question, this_month: date) -> None:
    """Refuse what is finer than may be told."""
    period = question.period
    if period.first > period.last or period.first.day != 1 or (period.last + timedelta(1)).day != 1 or period.last >= this_month:
        raise WholeMonths
    if len(question.types) > 1:
        raise OneTypeOrAll
    if question.as_of != AsOf():
        raise AsPublished


def insist_on_stretches(granularity: Granularity) -> None:
    if granularity is Granularity.DAY:
        raise NotByDay


def coarse(count: int | None) -> int | None:
    """To the nearest step; None where it is small. Amounts booked may be below zero and are treated alike."""
    if count is None or 0 < abs(count) < SMALL:
        return None
    steps = (abs(count) + STEP // 2) // STEP * STEP
    return steps if count > 0 else -steps


def coarsened(figure: F) -> F:
    """The figure as those outside are told it."""
    told: F = _coarsened(figure)
    return told


@singledispatch
def _coarsened(figure: Any) -> Any:
    """What has no rule here is not told."""
    raise NotImplementedError(type(figure).__name__)


@_coarsened.register
def _(figure: SolvingRate) -> SolvingRate:
    """The rate is that of the coarse counts, so that it tells no more than they do."""
    plain = _counts(figure, "numerator", "denominator", "current_clearances", "backlog_clearances", "pending")
    numerator, denominator = plain.numerator, plain.denominator
    plain = replace(plain, value=None, ci=None, maturity=None if figure.maturity is None else round(figure.maturity, 1))
    if figure.value is None or numerator is None or not denominator:
        return plain
    if figure.definition is not Definition.PERIOD:
        numerator = min(numerator, denominator)
    return replace(plain, value=numerator / denominator, ci=_interval(figure.definition, numerator, denominator))


def _interval(definition: Definition, numerator: int, denominator: int) -> Interval | None:
    if definition is Definition.PERIOD:
        return Interval(*poisson_ratio(numerator, denominator)) if numerator >= 0 else None
    return Interval(*wilson(numerator, denominator))


@_coarsened.register
def _(figure: CaseCount) -> CaseCount:
    return _counts(
        figure,
        "known_booked",
        "known_restated",
        "clearances_booked",
        "filed",
        "withdrawn",
        "cleared",
        "revoked",
        "current_clearances",
        "backlog_clearances",
    )


@_coarsened.register
def _(figure: AlarmCount) -> AlarmCount:
    return _counts(figure, "alarms", "reports", "unfounded", "merged")


@_coarsened.register
def _(figure: ContributionTally) -> ContributionTally:
    return _counts(figure, "count")


@_coarsened.register
def _(figure: BridgeStep) -> BridgeStep:
    return _counts(figure, "amount")


@_coarsened.register
def _(figure: TrendPoint) -> TrendPoint:
    return _counts(figure, "amount")


@_coarsened.register
def _(figure: OutcomeShare) -> OutcomeShare:
    plain = _counts(figure, "n", "total")
    if figure.share is None or plain.n is None or not plain.total:
        return replace(plain, share=None)
    return replace(plain, share=plain.n / plain.total)


@_coarsened.register
def _(figure: ResponseTime) -> ResponseTime:
    plain = _counts(figure, "n")
    if figure.n is None or 0 < figure.n < FEW_RUNS:
        return replace(plain, p50=None, p90=None, suppressed=True)
    return plain


@_coarsened.register
def _(figure: CommandTime) -> CommandTime:
    plain = _counts(figure, "n")
    if figure.n is None or 0 < figure.n < FEW_RUNS:
        return replace(plain, median=None, p90=None, suppressed=True)
    return plain


def _counts(figure: F, *names: str) -> F:
    """The figure with these counts, and those of what was left out, made coarse."""
    figures: Any = figure
    counts = {name: coarse(getattr(figure, name)) for name in names}
    left_out = tuple(Excluded(each.reason, coarse(each.n)) for each in getattr(figure, "excluded", ()))
    gone = None in counts.values() or any(each.n is None for each in left_out)
    more = {"excluded": left_out} if left_out else {}
    told: F = replace(figures, **counts, **more, suppressed=gone)
    return told


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)
