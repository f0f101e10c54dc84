"""Figures of alarms and runs: what is counted, measured, or told as left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from application.oversight.responding import Basis, Segment
from application.oversight.statistics import AsOf, Excluded, Question
from domain.dispatching.events import (
    AlarmFact,
    AlarmFactCorrected,
    AlarmOpened,
    AlarmResult,
    AlarmResultRecorded,
    AlarmsMerged,
    AlarmTriaged,
    AlarmUnmerged,
    IntakeKind,
    OrderCancelled,
    OrderFact,
    OrderFactCorrected,
    PriorityChanged,
    ReportReceived,
    ReportSource,
    UnitArrived,
    UnitEnRoute,
    UnitOrdered,
)
from domain.ids import AlarmId, CorrectionId, OrganisationId, ReportId, UnitId
from tests.figures.pages import named
from tests.figures.town import NORTH, YEAR, Town

pytestmark = pytest.mark.anyio

NINE = datetime(2020, 5, 1, 1, tzinfo=UTC)
"""In Shanghai."""


def after(seconds: float) -> datetime:
    return NINE + timedelta(seconds=seconds)


class ControlRoom(Town):
    def alarm(self, name: str, at: datetime = NINE, *, test: bool = False, source: ReportSource = ReportSource.CALL_110) -> AlarmId:
        id = AlarmId(named(name))
        station = OrganisationId(f"station-{NORTH}")
        self.write(id, AlarmOpened(kind=IntakeKind.ALARM, division=NORTH, station=station, test=test), at)
        self.write(id, ReportReceived(report=ReportId(named(f"report {name}")), source=source), at)
        self.write(id, AlarmTriaged(alarm_type="FIGHT", priority="1"), at)
        return id

    def run(
        self, name: str, alarm: AlarmId, *, ordered: int | None = None, en_route: int | None = None, arrived: int | None = None
    ) -> None:
        id = named(name)
        self.write(id, UnitOrdered(alarm=alarm, unit=UnitId(named(f"unit {name}"))), after(ordered))
        for seconds, event in ((en_route, UnitEnRoute()), (arrived, UnitArrived())):
            if seconds is not None:
                self.write(id, event, after(seconds))


async def test_alarms_are_counted_after_the_merges_known(books):
    room = ControlRoom()
    one, two = room.alarm("one"), room.alarm("two")
    room.alarm("drill", test=True)
    room.write(two, AlarmsMerged(into=one, reason="r"), NINE)
    merged = len(room.records)
    room.write(one, AlarmResultRecorded(result=AlarmResult.UNFOUNDED), NINE)
    room.write(two, AlarmUnmerged(out_of=one, reason="r"), NINE)
    figures = books.fill(room.records)
    now = await figures.alarm_counts(Question(period=YEAR))
    then = await figures.alarm_counts(Question(period=YEAR, as_of=AsOf(position=merged)))
    assert (now.alarms, now.reports, now.unfounded, now.merged) == (2, 2, 1, 0)
    assert (then.alarms, then.reports, then.unfounded, then.merged) == (1, 2, 0, 1)
    assert now.excluded == then.excluded == (Excluded("TEST", 1),)
    assert await figures.alarms_counted(Question(period=YEAR, as_of=AsOf(position=merged)), 50, None) == [one]
    assert (await figures.alarm_counts(Question(period=YEAR, types=("FIRE",)))).alarms == 0


async def test_a_corrected_receipt_moves_the_alarm(books):
    room = ControlRoom()
    one = room.alarm("one")
    fact = AlarmFactCorrected(
        correction=CorrectionId(named("c")), fact=AlarmFact.RECEIVED_AT, corrects=1, reason="r", instant=NINE - timedelta(days=365)
    )
    room.write(one, fact, NINE)
    figures = books.fill(room.records)
    assert (await figures.alarm_counts(Question(period=YEAR))).alarms == 0
    assert (await figures.alarm_counts(Question(period=YEAR, as_of=AsOf(position=3)))).alarms == 1


async def test_every_run_is_measured_or_counted_as_left_out(books):
    room = ControlRoom()
    one = room.alarm("one")
    room.run("r1", one, ordered=60, en_route=100, arrived=400)
    room.run("r2", one, ordered=70, en_route=130, arrived=300)
    room.run("r3", one, ordered=80, arrived=500)
    room.run("r4", one, ordered=90, en_route=80, arrived=600)
    room.run("r5", one, ordered=95)
    room.write(named("r5"), OrderCancelled(reason="r"), after(120))
    room.run("r6", room.alarm("seen", source=ReportSource.STREET_PATROL), ordered=1, en_route=2, arrived=3)
    room.run("r7", room.alarm("drill", test=True), ordered=1, en_route=2, arrived=3)
    figures, question = books.fill(room.records), Question(period=YEAR)
    by_run = {each.segment: each for each in await figures.response_times(question, None, Basis.RUN)}
    others = {Excluded("TEST", 1), Excluded("SELF_INITIATED", 1), Excluded("CANCELLED_BEFORE_ARRIVAL", 1)}
    assert (by_run[Segment.PROCESSING].p50, by_run[Segment.PROCESSING].p90, by_run[Segment.PROCESSING].n) == (70, 90, 4)
    assert set(by_run[Segment.PROCESSING].excluded) == others
    assert (by_run[Segment.TURNOUT].p50, by_run[Segment.TURNOUT].p90, by_run[Segment.TURNOUT].n) == (40, 60, 2)
    assert set(by_run[Segment.TURNOUT].excluded) == others | {Excluded("MISSING", 1), Excluded("NEGATIVE", 1)}
    assert (by_run[Segment.TRAVEL].p50, by_run[Segment.TRAVEL].p90, by_run[Segment.TRAVEL].n) == (300, 520, 3)
    assert (by_run[Segment.TOTAL].p50, by_run[Segment.TOTAL].p90, by_run[Segment.TOTAL].n) == (400, 600, 4)
    first = {each.segment: each for each in await figures.response_times(question, None, Basis.FIRST_ARRIVING)}
    assert (first[Segment.TOTAL].p50, first[Segment.TOTAL].n) == (300, 1)
    assert await figures.runs_measured(question, None, Basis.FIRST_ARRIVING, Segment.TOTAL, 50, None) == [named("r2")]
    measured = await figures.runs_measured(question, None, Basis.RUN, Segment.TURNOUT, 50, None)
    assert set(measured) == {named("r1"), named("r2")}


async def test_the_first_unit_of_a_merged_happening_stands_for_both_alarms(books):
    room = ControlRoom()
    one, two, three = room.alarm("one"), room.alarm("two"), room.alarm("three")
    room.run("r1", one, ordered=60, en_route=100, arrived=400)
    room.run("r2", three, ordered=60, en_route=100, arrived=300)
    room.write(three, AlarmsMerged(into=two, reason="r"), NINE)
    room.write(two, AlarmsMerged(into=one, reason="r"), NINE)
    figures, question = books.fill(room.records), Question(period=YEAR)
    assert await figures.runs_measured(question, None, Basis.FIRST_ARRIVING, Segment.TOTAL, 50, None) == [named("r2")]


async def test_the_priority_is_that_at_dispatch(books):
    room = ControlRoom()
    one = room.alarm("one")
    room.run("r1", one, ordered=60, en_route=100, arrived=400)
    room.write(one, PriorityChanged(priority="3", reason="r"), after(70))
    room.run("r2", one, ordered=80, en_route=100, arrived=500)
    figures, question = books.fill(room.records), Question(period=YEAR)
    for priority, run in (("1", "r1"), ("3", "r2")):
        assert await figures.runs_measured(question, priority, Basis.RUN, Segment.TOTAL, 50, None) == [named(run)]


async def test_a_corrected_time_of_a_run_counts_from_its_position_on(books):
    room = ControlRoom()
    room.run("r1", room.alarm("one"), ordered=60, en_route=100, arrived=50)
    before = len(room.records)
    fact = OrderFactCorrected(
        correction=CorrectionId(named("c")), fact=OrderFact.ARRIVED_AT, corrects=before, reason="r", instant=after(500)
    )
    room.write(named("r1"), fact, after(1000))
    figures = books.fill(room.records)
    now = (await figures.response_times(Question(period=YEAR), None, Basis.RUN))[2]
    then = (await figures.response_times(Question(period=YEAR, as_of=AsOf(position=before)), None, Basis.RUN))[2]
    assert (now.p50, now.n, now.excluded) == (400, 1, ())
    assert (then.p50, then.n, then.excluded) == (None, 0, (Excluded("NEGATIVE", 1),))
