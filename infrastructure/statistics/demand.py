"""When alarms come (R29): by station or division and hour of the week in the deployment's zone, so that units can be there before."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, tzinfo

import sqlalchemy as sa

from application.oversight.statistics import Demand, DemandBy, HourDemand, Period
from infrastructure.projections.oversight.tables import alarm_facts
from infrastructure.statistics.alarms import ONE, received
from infrastructure.statistics.cohorts import excluded
from infrastructure.statistics.inquiry import Inquiry, total

QUARTER = 900
"""Seconds: the steps in which zones differ from one another, so that a quarter of an hour lies within one hour of every zone."""
DAY, WEEK = 24, 7


def demand(inquiry: Inquiry, by: DemandBy, zone: tzinfo) -> Demand:
    facts = alarm_facts.c
    real, own = facts.test.is_(False), facts.merged_into.is_(None)
    asked = received(inquiry)
    area = (facts.station if by is DemandBy.STATION else facts.division).label("area")
    quarter = (sa.type_coerce(facts.received_at, sa.BigInteger) // sa.literal_column(str(QUARTER * 1_000_000), sa.BigInteger)).label(
        "quarter"
    )
    rows = inquiry.rows(sa.select(area, quarter, sa.func.count().label("n")).where(real, own, *asked).group_by(area, "quarter"))
    left = inquiry.row(sa.select(total(ONE, ~real).label("tests"), total(ONE, real, ~own).label("merged")).where(*asked))
    came: Counter[tuple[str, int]] = Counter()
    for row in rows:
        came[row.area, _hour(datetime.fromtimestamp(row.quarter * QUARTER, zone))] += row.n
    period = inquiry.question.period
    days = _days(period)
    return Demand(
        by=by,
        period=period,
        alarms=came.total(),
        hours=tuple(HourDemand(key=key, hour=hour, alarms=n, occurrences=days[hour // DAY]) for (key, hour), n in sorted(came.items())),
        excluded=excluded(TEST=left.tests, MERGED=left.merged),
        position=inquiry.moment.position,
    )


def _hour(moment: datetime) -> int:
    """From Monday at midnight on."""
    return moment.weekday() * DAY + moment.hour


def _days(period: Period) -> list[int]:
    """How often each day of the week occurs."""
    whole, rest = divmod((period.last - period.first).days + 1, WEEK)
    more = {(period.first + timedelta(each)).weekday() for each in range(rest)}
    return [whole + (day in more) for day in range(WEEK)]
