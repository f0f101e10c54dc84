"""Runs alarms.feature."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_bdd import given, parsers, scenarios, then

from application.dispatching import alarms, orders, units
from application.identity import OWNER
from application.oversight.responding import Basis, ResponseTime
from application.oversight.statistics import AlarmCount, AsOf, Excluded, Period, Question
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, DivisionCode, OrderId, ReportId, UnitId
from features.city import STATION, City
from features.wording import step

scenarios("alarms.feature")

DIVISION = DivisionCode("500112")
Rows = list[list[str]]


class Reckoning:
    """The figures of today, after the projections have followed the log."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._figures = city.tocsin.statistics.seen_by(OWNER)
        self.known: int | None = None

    def alarms(self, known: int | None = None) -> AlarmCount:
        return asyncio.run(self._figures.alarm_counts(self._question(known)))

    def responses(self, basis: Basis) -> list[ResponseTime]:
        return asyncio.run(self._figures.response_times(self._question(), None, basis))

    def _question(self, known: int | None = None) -> Question:
        self._city.catch_up()
        today = self._city.clock.now().date()
        return Question(period=Period(today, today), as_of=AsOf(position=known))


@pytest.fixture
def reckoning(city: City) -> Reckoning:
    return Reckoning(city)


def alarm_id(city: City, name: str) -> AlarmId:
    return AlarmId(city.id("alarm", name))


def received(city: City, name: str, *, test: bool) -> None:
    report = ReportId(uuid4())
    city.happened(alarms.open(alarm_id(city, name), report, ReportSource.CALL_110, IntakeKind.ALARM, DIVISION, STATION, test=test))


def ready(city: City, call_sign: str, alarm: str, minutes: int) -> tuple[UnitId, OrderId]:
    """A unit on duty is sent after so many minutes."""
    unit, order = UnitId(city.id("unit", call_sign)), OrderId(city.id("order", f"{call_sign}/{alarm}"))
    city.happened(units.register(unit, call_sign, "CAR", STATION))
    city.happened(units.sign_on(unit))
    city.clock.passes(timedelta(minutes=minutes))
    city.happened(orders.send(order, alarm_id(city, alarm), unit))
    return unit, order


@given(step('an alarm "{name}" was received'))
def alarm_received(city: City, name: str) -> None:
    received(city, name, test=False)


@given(step('a test alarm "{name}" was received'))
def drill_received(city: City, name: str) -> None:
    received(city, name, test=True)


@given(step('alarm "{name}" was reported again'))
def reported_again(city: City, name: str) -> None:
    city.happened(alarms.add_report(alarm_id(city, name), ReportId(uuid4()), ReportSource.SMS))


@given(step('alarm "{name}" was merged into "{into}"'))
def merged(city: City, name: str, into: str) -> None:
    city.happened(alarms.merge(alarm_id(city, name), alarm_id(city, into), "the same happening"))


@given(step('alarm "{name}" was taken out of "{out_of}"'))
def unmerged(city: City, name: str, out_of: str) -> None:
    city.happened(alarms.unmerge(alarm_id(city, name), alarm_id(city, out_of), "two happenings"))


@given("that much was known")
def that_much(city: City, reckoning: Reckoning) -> None:
    reckoning.known = city.head()


@given(parsers.parse('unit "{call_sign}" took {sent:d}, {out:d} and {there:d} minutes to be sent to "{alarm}", to set out and to arrive'))
def ran(city: City, call_sign: str, alarm: str, sent: int, out: int, there: int) -> None:
    _, order = ready(city, call_sign, alarm, sent)
    for command, minutes in ((orders.en_route(order), out), (orders.arrive(order, alarm_id(city, alarm)), there)):
        city.clock.passes(timedelta(minutes=minutes))
        city.happened(command)


@given(parsers.parse('unit "{call_sign}" was sent to "{alarm}" and called off'))
def called_off(city: City, call_sign: str, alarm: str) -> None:
    unit, order = ready(city, call_sign, alarm, 1)
    city.happened(orders.cancel(order, alarm_id(city, alarm), unit, "not needed"))


@then(parsers.parse("the count of today is {counted:d} alarms with {reports:d} reports, {merged:d} merged"))
def counted(reckoning: Reckoning, counted: int, reports: int, merged: int) -> None:
    count = reckoning.alarms()
    assert (count.alarms, count.reports, count.merged) == (counted, reports, merged)


@then(parsers.parse("the count of today, by what was known, is {counted:d} alarms with {reports:d} reports, {merged:d} merged"))
def counted_then(reckoning: Reckoning, counted: int, reports: int, merged: int) -> None:
    count = reckoning.alarms(reckoning.known)
    assert (count.alarms, count.reports, count.merged) == (counted, reports, merged)


@then(parsers.parse("{n:d} alarms are left out as {reason}"))
def left_out(reckoning: Reckoning, n: int, reason: str) -> None:
    assert reckoning.alarms().excluded == (Excluded(reason, n),)


@then(parsers.parse("by {basis} these seconds are measured"))
def measured(reckoning: Reckoning, basis: str, datatable: Rows) -> None:
    """The median by nearest rank, and of how many."""
    found = reckoning.responses(Basis(basis))
    assert [[each.segment, "-" if each.p50 is None else str(each.p50), str(each.n)] for each in found] == datatable


@then(parsers.parse("in each of them {n:d} run is left out as {reason}"))
def runs_left_out(reckoning: Reckoning, n: int, reason: str) -> None:
    assert [each.excluded for each in reckoning.responses(Basis.RUN)] == [(Excluded(reason, n),)] * 4
