"""Runs deployment.feature, with the steps that it alone says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.dispatching import deployment_plans, units
from application.jurisdiction import organisations
from domain.dispatching.events import DeploymentGrounds, DeploymentSlot, UnitStatus
from domain.ids import DeploymentPlanId, DivisionCode, OrganisationId
from domain.jurisdiction.events import OrganisationKind
from features.asking import Window, officer
from features.city import City
from features.dispatching.names import Names
from features.wording import step

scenarios("deployment.feature")

SPRING, END = date(2026, 3, 2), date(2026, 4, 1)
GROUNDS = DeploymentGrounds("demand", date(2025, 12, 1), date(2026, 2, 28), 1)
WEEKDAY = (DeploymentSlot(1, 8, 12, 2),)
SLOT = "slot { weekday fromHour } days wantedMinutes onDutyMinutes metMinutes outOfServiceMinutes percent"


@pytest.fixture(autouse=True)
def weeks_after(city: City) -> None:
    """It is 16 o'clock of a Monday in the city."""
    city.clock.passes(timedelta(weeks=3))


def plan(city: City, name: str) -> DeploymentPlanId:
    return DeploymentPlanId(city.id("deployment plan", name))


def drafted(
    city: City,
    *,
    name: str = "another",
    of: str = "N-1",
    first: date = SPRING,
    until: date = END,
    slots: tuple[DeploymentSlot, ...] = WEEKDAY,
    grounds: DeploymentGrounds = GROUNDS,
) -> Command:
    return deployment_plans.draft(plan(city, name), OrganisationId(of), first, until, slots, grounds)


@given(step('plan "{name}" of "{of}" from {first} until {until} wants'))
def wants(city: City, name: str, of: str, first: str, until: str, datatable: list[list[str]]) -> None:
    slots = tuple(_slot(f"{day} {since}-{until} {wanted}", capability) for day, since, until, wanted, capability in datatable[1:])
    city.happened(drafted(city, name=name, of=of, first=date.fromisoformat(first), until=date.fromisoformat(until), slots=slots))


@given(step('plan "{name}" was published'))
def was_published(city: City, name: str) -> None:
    city.happened(deployment_plans.publish(plan(city, name)))


@given(step('plan "{name}" was published in place of "{before}"'))
def was_published_in_place(city: City, name: str, before: str) -> None:
    city.happened(deployment_plans.publish(plan(city, name), plan(city, before)))


@when(step('plan "{name}" is published'))
def publish(city: City, name: str) -> None:
    city.act(deployment_plans.publish(plan(city, name)))


@when(step('plan "{name}" is published in place of "{before}"'))
def publish_in_place(city: City, name: str, before: str) -> None:
    city.act(deployment_plans.publish(plan(city, name), plan(city, before)))


@when(step('plan "{name}" is revised to {wanted:d} units'))
def revise(city: City, name: str, wanted: int) -> None:
    city.act(deployment_plans.revise(plan(city, name), SPRING, END, (DeploymentSlot(1, 8, 12, wanted),), GROUNDS))


@when(step('a plan with the slots "{slots}" is drafted'))
def draft_with_slots(city: City, slots: str) -> None:
    city.act(drafted(city, slots=() if slots == "none" else tuple(map(_slot, slots.split(", ")))))


@when(step("a plan from {first} until {until} is drafted"))
def draft_with_span(city: City, first: str, until: str) -> None:
    city.act(drafted(city, first=date.fromisoformat(first), until=date.fromisoformat(until)))


@when(step('a plan that rests on figure "{figure}" is drafted'))
def draft_with_grounds(city: City, figure: str) -> None:
    city.act(drafted(city, grounds=DeploymentGrounds(figure, SPRING, SPRING, 1)))


@given(step('{kind:Code} "{code}" was established'))
@given(step('{kind:Code} "{code}" was established under "{parent}"'))
def established(city: City, kind: str, code: str, parent: str | None = None) -> None:
    above = None if parent is None else OrganisationId(parent)
    of, since = DivisionCode("500103"), date(2020, 1, 1)
    city.happened(organisations.establish(OrganisationId(code), OrganisationKind(kind), code, code, of, since, above))


@when(step('a plan of "{of}" is drafted'))
def draft_of(city: City, of: str) -> None:
    city.act(drafted(city, of=of))


@when("a plan that rests on a position that is not recorded yet is drafted")
def draft_with_position(city: City) -> None:
    city.act(drafted(city, grounds=replace(GROUNDS, position=city.head() + 1)))


@given(step('unit "{unit}" of "{station}" was on duty from {since} until {until}'))
@given(step('unit "{unit}" of "{station}" was on duty from {since} until {until} with "{capability}"'))
def was_on_duty(city: City, names: Names, unit: str, station: str, since: str, until: str, capability: str = "") -> None:
    signed_on(city, names, unit, station, since, *([capability] if capability else []))
    city.happened(units.sign_off(names.unit(unit)), at=datetime.fromisoformat(until))


@given(step('unit "{unit}" of "{station}" signed on at {since}'))
def signed_on(city: City, names: Names, unit: str, station: str, since: str, *capabilities: str) -> None:
    at = datetime.fromisoformat(since)
    city.happened(units.register(names.unit(unit), unit, "CAR", OrganisationId(station), capabilities), at=at - timedelta(hours=1))
    city.happened(units.sign_on(names.unit(unit)), at=at)


@given(step('unit "{unit}" was out of service from {since} until {until}'))
def was_out_of_service(city: City, names: Names, unit: str, since: str, until: str) -> None:
    city.happened(units.change_status(names.unit(unit), UnitStatus.OUT_OF_SERVICE), at=datetime.fromisoformat(since))
    city.happened(units.change_status(names.unit(unit), UnitStatus.AVAILABLE), at=datetime.fromisoformat(until))


@then(step('the plans of "{of}" are'))
def plans_are(city: City, of: str, datatable: list[list[str]]) -> None:
    query = f'{{ deploymentPlans(filter: {{organisation: ["{of}"]}}) {{ nodes {{ state validFrom validTo }} }} }}'
    found = city.asked(query)["deploymentPlans"]["nodes"]
    assert sorted([str(value) for value in each.values()] for each in found) == sorted(datatable[1:])


@then(step('from {first} to {last} the plans of "{of}" came to'))
def came_to(city: City, first: str, last: str, of: str, datatable: list[list[str]]) -> None:
    told = actual(city, first, last, of)
    rows = [[*each.pop("slot").values(), *each.values()] for each in told["slots"]]
    assert [list(map(str, row)) for row in rows] == datatable[1:]
    for name in ("wantedMinutes", "onDutyMinutes", "metMinutes", "outOfServiceMinutes"):
        assert told[name] == sum(each[name] for each in told["slots"])
    assert told["position"] == city.head()


@then(step("from {first} to {last} of {wanted:d} unit-minutes wanted {met:d} were met, on {planned:d} planned days of {days:d}"))
def were_met(city: City, first: str, last: str, wanted: int, met: int, planned: int, days: int) -> None:
    told = actual(city, first, last, "N-1")
    assert [told[name] for name in ("wantedMinutes", "metMinutes", "plannedDays", "days")] == [wanted, met, planned, days]
    assert told["percent"] == (100 * met / wanted if wanted else None)


@then(step('{role:Code} of "{home}" may draft a plan of "{of}"'))
def may_draft(city: City, role: str, home: str, of: str) -> None:
    assert tried(city, role, home, of)["__typename"] == "DraftDeploymentPlanPayload"


@then(step('{role:Code} of "{home}" may not draft a plan of "{of}"'))
def may_not_draft(city: City, role: str, home: str, of: str) -> None:
    assert tried(city, role, home, of)["code"] == "NOT_YOURS"


@then(step('{role:Code} of "{home}" sees plan "{name}"'))
def sees(city: City, role: str, home: str, name: str) -> None:
    assert seen(city, role, home, name) is not None


@then(step('{role:Code} of "{home}" does not see plan "{name}"'))
def does_not_see(city: City, role: str, home: str, name: str) -> None:
    assert seen(city, role, home, name) is None


def actual(city: City, first: str, last: str, of: str) -> dict[str, Any]:
    totals = "days plannedDays wantedMinutes onDutyMinutes metMinutes outOfServiceMinutes percent position"
    query = f'{{ deploymentActual(organisation: "{of}", period: {{from: "{first}", to: "{last}"}}) {{ {totals} slots {{ {SLOT} }} }} }}'
    found: dict[str, Any] = city.asked(query)["deploymentActual"]
    return found


def tried(city: City, role: str, home: str, of: str) -> dict[str, Any]:
    given: dict[str, Any] = {
        "deploymentPlan": str(city.id("deployment plan", f"of {role} in {home}")),
        "organisation": of,
        "validFrom": "2026-03-02",
        "validTo": "2026-04-01",
        "slots": [{"weekday": 1, "fromHour": 8, "toHour": 12, "units": 2}],
        "grounds": {"figure": "demand", "first": "2025-12-01", "last": "2026-02-28", "position": 1},
    }
    return Window(city).do(officer("somebody", role, home), "draftDeploymentPlan", **given)


def seen(city: City, role: str, home: str, name: str) -> Any:
    query = f'{{ deploymentPlan(id: "{plan(city, name)}") {{ state }} }}'
    return Window(city).data(officer("somebody", role, home), query)["deploymentPlan"]


def _slot(text: str, capability: str = "") -> DeploymentSlot:
    weekday, hours, wanted = text.split(" ")
    since, until = hours.split("-")
    return DeploymentSlot(int(weekday), int(since), int(until), int(wanted), capability)
