"""Runs inspections.feature; what only it says stands here."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from pytest_bdd import given, scenarios, then, when

from application.surveillance import inspections, posts
from application.surveillance.patrol_views import DutyInspectionView, InspectionFindingView
from application.views import Order, Span, Wanted
from domain.ids import DivisionCode, InspectionId, OrganisationId, PostId
from domain.surveillance.duty_inspection import InspectionOfOneThing
from domain.surveillance.events import PostLevel
from features.city import City
from features.conftest import Rows
from features.wording import step

scenarios("inspections.feature")


def inspection(city: City, name: str) -> InspectionId:
    return InspectionId(city.id("inspection", name))


def found(city: City, wanted: Wanted) -> Rows:
    rows = city.listed(InspectionFindingView, wanted, Order(by="due", descending=False))
    return [[str(row.number), row.finding, str(row.due)] for row in rows]


def overdue(city: City, day: str) -> Rows:
    return found(city, Wanted(any_of={"unresolved": [True]}, within={"due": Span(high=date.fromisoformat(day))}))


@given(step('monitoring post "{name}" of station "{code}" has worked since "{day}"'))
def post_works(city: City, name: str, code: str, day: str) -> None:
    id, where = PostId(city.id("post", name)), (OrganisationId(code), DivisionCode("500103"))
    city.happened(posts.establish(id, name, name, name, PostLevel.STATION, *where, date.fromisoformat(day)))


@given(step('inspection "{name}" of post "{post}" was opened'))
def opened(city: City, name: str, post: str) -> None:
    city.happened(inspections.open(inspection(city, name), PostId(city.id("post", post))))


@given(step('"{finding}" was found in inspection "{name}", due on "{day}"'))
def was_found(city: City, finding: str, name: str, day: str) -> None:
    city.happened(inspections.raise_finding(inspection(city, name), finding, date.fromisoformat(day)))


@given(step('finding {number:d} of inspection "{name}" was closed with "{remedy}"'))
def was_closed(city: City, number: int, name: str, remedy: str) -> None:
    city.happened(inspections.close_finding(inspection(city, name), number, remedy))


@when(step('"{finding}" is found in inspection "{name}", due on "{day}"'))
def find(city: City, finding: str, name: str, day: str) -> None:
    city.act(inspections.raise_finding(inspection(city, name), finding, date.fromisoformat(day)))


@when(step('finding {number:d} of inspection "{name}" is closed with "{remedy}"'))
def close(city: City, number: int, name: str, remedy: str) -> None:
    city.act(inspections.close_finding(inspection(city, name), number, remedy))


@then("open findings are")
def open_findings(city: City, datatable: Rows) -> None:
    assert found(city, Wanted(any_of={"unresolved": [True]})) == datatable


@then(step('overdue on "{day}" are'))
def overdue_are(city: City, day: str, datatable: Rows) -> None:
    assert overdue(city, day) == datatable


@then(step('overdue on "{day}" is nothing'))
def overdue_is_nothing(city: City, day: str) -> None:
    assert overdue(city, day) == []


@then(step('inspection "{name}" has {findings:d} findings, {unresolved:d} of them open'))
def has_findings(city: City, name: str, findings: int, unresolved: int) -> None:
    row = city.view(DutyInspectionView, inspection(city, name))
    assert (row.findings, row.unresolved) == (findings, unresolved)


def test_an_inspection_looks_at_one_thing() -> None:
    with pytest.raises(InspectionOfOneThing):
        inspections.open(InspectionId(UUID(int=1)))
