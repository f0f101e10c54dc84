"""Runs demand.feature, with the steps that it alone says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_bdd import given, scenarios, then

from application.dispatching import alarms
from domain.ids import OrganisationId
from features.city import City
from features.dispatching.names import Names, received
from features.wording import step

scenarios("demand.feature")


@pytest.fixture(autouse=True)
def spring(city: City) -> None:
    """Weeks after the alarms came."""
    city.clock.passes(timedelta(weeks=3))


@given(step('alarm "{alarm}" came in division "{division}" of station "{station}" at {moment}'))
def came(city: City, names: Names, alarm: str, division: str, station: str, moment: str) -> None:
    city.happened(received(names, alarm, division, OrganisationId(station)), at=datetime.fromisoformat(moment))


@given(step('test alarm "{alarm}" came in division "{division}" of station "{station}" at {moment}'))
def drill_came(city: City, names: Names, alarm: str, division: str, station: str, moment: str) -> None:
    city.happened(received(names, alarm, division, OrganisationId(station), test=True), at=datetime.fromisoformat(moment))


@given(step('alarm "{alarm}" was found to be the same as "{other}"'))
def same(city: City, names: Names, alarm: str, other: str) -> None:
    city.happened(alarms.merge(names.alarm(alarm), names.alarm(other), "the same"))


@then(step("from {first} to {last} the demand by {by:Code} is"))
def demand_is(city: City, first: str, last: str, by: str, datatable: list[list[str]]) -> None:
    told = asked(city, first, last, f"by: {by}")
    assert [[each["key"], *(str(each[name]) for name in ("hour", "alarms", "occurrences"))] for each in told["hours"]] == datatable[1:]
    assert told["alarms"] == sum(each["alarms"] for each in told["hours"])


@then(step("from {first} to {last} of {n:d} alarms {tests:d} are left out as TEST and {merged:d} as MERGED"))
def left_out(city: City, first: str, last: str, n: int, tests: int, merged: int) -> None:
    told = asked(city, first, last)
    assert told["alarms"] == n
    assert {each["reason"]: each["n"] for each in told["excluded"]} == {"TEST": tests, "MERGED": merged}
    assert told["position"] == city.head()


def asked(city: City, first: str, last: str, *more: str) -> dict[str, Any]:
    arguments = ", ".join([f'period: {{from: "{first}", to: "{last}"}}', *more])
    query = f"{{ demand({arguments}) {{ alarms hours {{ key hour alarms occurrences }} excluded {{ reason n }} position }} }}"
    found: dict[str, Any] = city.asked(query)["demand"]
    return found
