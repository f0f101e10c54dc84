"""Runs directives.feature; whose officer acts is said by the organisation."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from application.commands import Command
from application.identity import OWNER
from application.oversight import directives
from application.oversight.statistics import AsOf
from domain.ids import DirectiveId, OrganisationId
from features.city import City
from features.wording import step

scenarios("directives.feature")

Rows = list[list[str]]


def the_directive(city: City, name: str = "the one") -> DirectiveId:
    return DirectiveId(city.id("directive", name))


def issue(city: City, number: str, addressees: str, due: str, name: str = "the one") -> Command:
    to = tuple(OrganisationId(each) for each in addressees.split(", "))
    return directives.issue(the_directive(city, name), number, "Opinion", "实施意见", to, date.fromisoformat(due))


def overdue(city: City, on: str) -> Rows:
    found = asyncio.run(city.tocsin.statistics.seen_by(OWNER).overdue_directives(date.fromisoformat(on), AsOf()))
    assert {each.directive for each in found} <= {the_directive(city)}
    return [[each.organisation, "acknowledged" if each.acknowledged else "silent", str(each.days_overdue)] for each in found]


@given(step('"{issuer}" issued directive "{number}" to "{addressees}", due on {due}'))
def issued(city: City, issuer: str, number: str, addressees: str, due: str) -> None:
    city.happened(issue(city, number, addressees, due), of=issuer)


@when(step('"{issuer}" issues a directive to "{addressees}", due on {due}'))
def issue_one(city: City, issuer: str, addressees: str, due: str) -> None:
    city.act(issue(city, "2", addressees, due, "another"), of=issuer)


@given(step('an officer of "{organisation}" acknowledged the directive'))
def acknowledged(city: City, organisation: str) -> None:
    city.happened(directives.acknowledge(the_directive(city)), of=organisation)


@when(step('an officer of "{organisation}" acknowledges the directive'))
def acknowledge(city: City, organisation: str) -> None:
    city.act(directives.acknowledge(the_directive(city)), of=organisation)


@given(step('an officer of "{organisation}" fulfilled the directive'))
def fulfilled(city: City, organisation: str) -> None:
    city.happened(directives.fulfil(the_directive(city), "All rooms are staffed."), of=organisation)


@when(step('an officer of "{organisation}" reports the directive as fulfilled'))
def fulfil(city: City, organisation: str) -> None:
    city.act(directives.fulfil(the_directive(city), "All rooms are staffed."), of=organisation)


@given(step('an officer of "{organisation}" withdrew the directive'))
def withdrew(city: City, organisation: str) -> None:
    city.happened(directives.withdraw(the_directive(city), "Superseded."), of=organisation)


@when(step('an officer of "{organisation}" withdraws the directive'))
def withdraw(city: City, organisation: str) -> None:
    city.act(directives.withdraw(the_directive(city), "Superseded."), of=organisation)


@given(parsers.parse("{days:d} days went by"))
def days_went_by(city: City, days: int) -> None:
    city.clock.passes(timedelta(days))


@then(parsers.parse("nothing is overdue on {day}"))
def nothing_overdue(city: City, day: str) -> None:
    assert overdue(city, day) == []


@then(parsers.parse("on {day} these are overdue"))
def these_overdue(city: City, day: str, datatable: Rows) -> None:
    assert overdue(city, day) == datatable
