"""Runs footage.feature; what only it says stands here."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.dispatching import alarms
from application.jurisdiction import legal_bases, limit_sets
from application.surveillance import footage
from application.surveillance.footage_views import FootageRequestView, FootageStepView
from application.views import Order, Wanted
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, DivisionCode, FootageRequestId, LegalBasisId, LimitSetId, OfficerId, ReportId
from domain.jurisdiction.events import LegalBasisKind, LimitMatter, LimitScope, TimeLimit
from domain.jurisdiction.limit_set import MATTERS
from features.city import STATION, City
from features.conftest import Rows
from features.surveillance.conftest import camera, registered
from features.wording import step

scenarios("footage.feature")


@pytest.fixture
def basis(city: City) -> LegalBasisId:
    return LegalBasisId(city.id("basis", "order 230"))


@pytest.fixture
def request_id(city: City) -> FootageRequestId:
    return FootageRequestId(city.id("footage", "1"))


def today(city: City, time: str) -> datetime:
    return datetime.combine(city.clock.now().date(), datetime.strptime(time, "%H:%M").time(), UTC)  # noqa: DTZ007 - UTC is given


def asked(city: City, basis: LegalBasisId, officers: tuple[str, ...], number: str, name: str = "1", **values: Any) -> Command:
    since, needed = values.get("since", today(city, "06:00")), city.clock.now() + timedelta(1)
    until = values.get("until", since + timedelta(hours=1))
    named = tuple(map(OfficerId, officers))
    id, alarm = FootageRequestId(city.id("footage", name)), AlarmId(city.id("alarm", "A-1"))
    important = values.get("important", False)
    return footage.request(id, camera(city, number), named, "a theft", since, until, needed, basis, alarm=alarm, important=important)


def took(city: City, basis: LegalBasisId, officers: tuple[str, str], number: str, name: str = "1", *, important: bool = False) -> None:
    id = FootageRequestId(city.id("footage", name))
    city.happened(asked(city, basis, officers, number, name, important=important), by=officers[0])
    city.happened(footage.certify(id, "C-1"), by="zhou")
    city.happened(footage.retrieve(id, "0" * 64, 1), by=officers[0])


@given(step('camera "{number}" of a {sector:Code} was registered'))
def camera_was_registered(city: City, number: str, sector: str) -> None:
    city.happened(registered(number, sector, camera(city, number)))


@given(step('the alarm "{name}" was received'))
def received(city: City, name: str) -> None:
    id, report = AlarmId(city.id("alarm", name)), ReportId(city.id("report", name))
    city.happened(alarms.open(id, report, ReportSource.CALL_110, IntakeKind.ALARM, DivisionCode("500103"), STATION))


@given(step('the legal basis ended on "{day}"'))
def basis_ended(city: City, basis: LegalBasisId, day: str) -> None:
    decree, since = LegalBasisKind.DECREE, date(2009, 1, 1)
    city.happened(legal_bases.enact(basis, "O-230", decree, "Order 230", "市政府令第230号", since, valid_to=date.fromisoformat(day)))


@given(step('"{one}" and "{other}" asked for footage of "{number}" from "{start}" to "{end}"'))
def was_asked(city: City, basis: LegalBasisId, one: str, other: str, number: str, start: str, end: str) -> None:
    city.happened(asked(city, basis, (one, other), number, since=today(city, start), until=today(city, end)), by=one)


@given(step('"{one}" and "{other}" took footage of "{number}"'))
def was_taken(city: City, basis: LegalBasisId, one: str, other: str, number: str) -> None:
    took(city, basis, (one, other), number)


@given(step('"{one}" and "{other}" took important footage of "{number}"'))
def important_was_taken(city: City, basis: LegalBasisId, one: str, other: str, number: str) -> None:
    took(city, basis, (one, other), number, "important", important=True)


@given("a hold was placed on it")
def held(city: City, request_id: FootageRequestId) -> None:
    city.happened(footage.place_hold(request_id, "appeal"), by="zhou")


@given("the hold was lifted")
def lifted(city: City, request_id: FootageRequestId) -> None:
    city.happened(footage.lift_hold(request_id, "the appeal is over"), by="zhou")


@when(step('"{one}" and "{other}" ask for footage of "{number}" from "{start}" to "{end}"'))
def ask(city: City, basis: LegalBasisId, one: str, other: str, number: str, start: str, end: str) -> None:
    city.act(asked(city, basis, (one, other), number, since=today(city, start), until=today(city, end)), by=one)


@when(step('"{one}" alone asks for footage of "{number}"'))
def ask_alone(city: City, basis: LegalBasisId, one: str, number: str) -> None:
    city.act(asked(city, basis, (one,), number), by=one)


@when(step('"{one}" and "{other}" ask for footage of "{number}" of {days:d} days ago'))
def ask_late(city: City, basis: LegalBasisId, one: str, other: str, number: str, days: int) -> None:
    city.act(asked(city, basis, (one, other), number, since=city.clock.now() - timedelta(days)), by=one)


@when(step('head "{head}" approves it by paper "{number}"'))
def approve(city: City, request_id: FootageRequestId, head: str, number: str) -> None:
    city.act(footage.approve(request_id, number), by=head)


@when("it is destroyed")
def destroy(city: City, request_id: FootageRequestId) -> None:
    city.act(footage.destroy(request_id, "over"), by="zhou")


@when("the clock is looked at")
def looked_at(city: City) -> None:
    city.duties_are_swept()


@then(step('after head "{head}" approves it by paper "{number}"'))
def approved(city: City, request_id: FootageRequestId, head: str, number: str) -> None:
    city.happened(footage.approve(request_id, number), by=head)


@then(step('after "{officer}" takes it with {size:d} bytes'))
def taken(city: City, request_id: FootageRequestId, officer: str, size: int) -> None:
    city.happened(footage.retrieve(request_id, "0" * 64, size), by=officer)


@then(step('after "{officer}" seals it with "{seal}"'))
def sealed(city: City, request_id: FootageRequestId, officer: str, seal: str) -> None:
    city.happened(footage.seal(request_id, seal), by=officer)


@then(step('after "{officer}" hands it to "{to}" at "{place}" for "{reason}"'))
def handed_over(city: City, request_id: FootageRequestId, officer: str, to: str, place: str, reason: str) -> None:
    city.happened(footage.transfer(request_id, OfficerId(to), place, reason), by=officer)


@then(step('after "{officer}" reads it for "{purpose}"'))
def was_read(city: City, request_id: FootageRequestId, officer: str, purpose: str) -> None:
    city.happened(footage.access(request_id, purpose), by=officer)


@then("the register says")
def register_says(city: City, request_id: FootageRequestId, datatable: Rows) -> None:
    rows = city.listed(FootageStepView, Wanted(any_of={"footage": [request_id]}), Order(by="at", descending=False))
    told = sorted(rows, key=lambda row: row.version)
    assert [[row.kind, row.by, row.taker or "", row.destination, row.reason] for row in told] == datatable


@then(step('the footage is {state:Code}, held by "{holder}" and kept for {days:d} days'))
def footage_is(city: City, request_id: FootageRequestId, state: str, holder: str, days: int) -> None:
    row = city.view(FootageRequestView, request_id)
    assert (row.state, row.holder, row.retain_until, row.limit) == (state, holder, city.clock.now() + timedelta(days), "setting")


@given(step('footage is kept for {days:d} days by the limit set "{code}"'))
def kept_by_limit_set(city: City, days: int, code: str) -> None:
    limits = LimitSetId(city.id("limit set", code))
    told = tuple(TimeLimit(matter, 730 if matter is LimitMatter.IMPORTANT_FOOTAGE else days) for matter in MATTERS[LimitScope.RETENTION])
    city.happened(limit_sets.draft(limits, code, LimitScope.RETENTION, told))
    city.happened(limit_sets.activate(limits, city.clock.now()))


@then(step('the footage is kept for {days:d} days by "{code}"'))
def kept_by(city: City, request_id: FootageRequestId, days: int, code: str) -> None:
    row = city.view(FootageRequestView, request_id)
    assert (row.retain_until, row.limit) == (city.clock.now() + timedelta(days), code)
