"""What every figure is asked with: a period, an area, types, and as of when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry

from api.schema.scalars import Position
from application.oversight.statistics import Area, AsOf, Period, Question
from domain.ids import DivisionCode, OrganisationId
from domain.oversight.measures import CountUnit
from domain.rules import InvalidValue


class PeriodBackwards(InvalidValue):
    """The period ends before it begins.

    时段的结束日期早于开始日期。
    """

    on = "period"


class AreaUnclear(InvalidValue):
    """An area is a division, an organisation or an area group, one of them.

    区域须为行政区划、机构或片区之一，不能同时指定。
    """

    on = "area"


@strawberry.input(description="Days in the deployment's zone, both included. 起止日期，均含。")
class PeriodInput:
    first: date = strawberry.field(name="from")
    last: date = strawberry.field(name="to")


@strawberry.input(description="A division or an organisation with all below it, or an area group; everywhere if none. 区域。")
class AreaInput:
    division: DivisionCode | None = None
    organisation: OrganisationId | None = None
    group: str | None = None


@strawberry.input(one_of=True, description="What was known at a position, or at a time of recording. 截至某位置或入库时间。")
class AsOfInput:
    position: Position | None = strawberry.UNSET
    recorded_at: datetime | None = strawberry.UNSET


def question(period: Any, area: Any, types: list[str], as_of: Any, unit: CountUnit = CountUnit.CASE) -> Question:
    return Question(period=period_given(period), area=_area(area), types=tuple(types), as_of=as_of_given(as_of), unit=unit)


def period_given(period: PeriodInput) -> Period:
    if period.last < period.first:
        raise PeriodBackwards
    return Period(period.first, period.last)


def _area(given: AreaInput | None) -> Area:
    if given is None:
        return Area()
    if sum(each is not None for each in (given.division, given.organisation, given.group)) > 1:
        raise AreaUnclear
    return Area(given.division, given.organisation, given.group)


def as_of_given(given: AsOfInput | None) -> AsOf:
    """Position 0 is a moment too: nothing had been recorded."""
    if given is None:
        return AsOf()
    return AsOf(given.position, None) if isinstance(given.position, int) else AsOf(None, given.recorded_at)
