"""Runs plans.feature, with the steps that it alone says."""

from __future__ import annotations

from typing import Any

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.dispatching import plan_activations, response_plans
from application.dispatching.plan_views import ActivatedStepView
from application.views import Order, Wanted
from domain.dispatching.events import PlanStep, PlanTrigger
from domain.ids import PlanActivationId, ResponsePlanId
from domain.rules import Rejected
from features.city import City
from features.dispatching.names import Names
from features.wording import step

scenarios("plans.feature")

MINUTE = 60


def plan(city: City, code: str, edition: str) -> ResponsePlanId:
    return ResponsePlanId(city.id("response plan", f"{code} {edition}"))


def activation(city: City, code: str, alarm: str) -> PlanActivationId:
    return PlanActivationId(city.id("activation", f"{code} {alarm}"))


def drafted(city: City, code: str, edition: str, alarm_type: str, steps: tuple[PlanStep, ...]) -> Command:
    trigger = PlanTrigger(alarm_types=(alarm_type,))
    return response_plans.draft(plan(city, code, edition), code, edition, code, "预案", steps, trigger=trigger)


def activated(city: City, names: Names, code: str, edition: str, alarm: str, run: str = "") -> Command:
    return plan_activations.activate(activation(city, code, alarm + run), names.alarm(alarm), plan(city, code, edition))


@given(step('version "{edition}" of plan "{code}" for "{alarm_type}" has the steps'))
def has_steps(city: City, edition: str, code: str, alarm_type: str, datatable: list[list[str]]) -> None:
    steps = tuple(PlanStep(name, name, "步骤", int(seconds)) for name, seconds in datatable[1:])
    city.happened(drafted(city, code, edition, alarm_type, steps))


@given(step('version "{edition}" of plan "{code}" was adopted'))
def was_adopted(city: City, edition: str, code: str) -> None:
    city.happened(response_plans.adopt(plan(city, code, edition)))


@when(step('version "{edition}" of plan "{code}" is adopted'))
def adopt(city: City, edition: str, code: str) -> None:
    city.act(response_plans.adopt(plan(city, code, edition)))


@when(step('version "{edition}" of plan "{code}" is adopted in place of "{before}"'))
def adopt_in_place(city: City, edition: str, code: str, before: str) -> None:
    city.act(response_plans.adopt(plan(city, code, edition), plan(city, code, before)))


@given(step('plan "{code}" version "{edition}" was activated for "{alarm}"'))
def was_activated(city: City, names: Names, code: str, edition: str, alarm: str) -> None:
    city.happened(activated(city, names, code, edition, alarm))


@when(step('plan "{code}" version "{edition}" is activated for "{alarm}"'))
def activate(city: City, names: Names, code: str, edition: str, alarm: str) -> None:
    city.act(activated(city, names, code, edition, alarm))


@when(step('plan "{code}" version "{edition}" is activated for "{alarm}" again'))
def activate_again(city: City, names: Names, code: str, edition: str, alarm: str) -> None:
    city.act(activated(city, names, code, edition, alarm, " again"))


@given(step('step "{name}" of plan "{code}" was done at "{alarm}"'))
def was_done(city: City, name: str, code: str, alarm: str) -> None:
    city.happened(plan_activations.do_step(activation(city, code, alarm), name))


@when(step('step "{name}" of plan "{code}" is done at "{alarm}"'))
def do_step(city: City, name: str, code: str, alarm: str) -> None:
    city.act(plan_activations.do_step(activation(city, code, alarm), name))


@when(step('step "{name}" of plan "{code}" is skipped at "{alarm}" because of "{reason}"'))
def skip_step(city: City, name: str, code: str, alarm: str, reason: str) -> None:
    city.act(plan_activations.skip_step(activation(city, code, alarm), name, reason))


@when(step('plan "{code}" is ended at "{alarm}" because of "{reason}"'))
@when(step('plan "{code}" is ended at "{alarm}" because of ""'))
def end(city: City, code: str, alarm: str, reason: str = "") -> None:
    city.act(plan_activations.end(activation(city, code, alarm), reason))


@when("these are drafted in one commit", target_fixture="answers")
def draft_several(city: City, datatable: list[list[str]]) -> list[Any]:
    commands = [drafted(city, code, "2026-1", "FIRE", tuple(map(_step, filter(None, steps.split(", "))))) for code, steps in datatable[1:]]
    return city.in_one_commit(*map(city.request, commands))


@then("the drafts were refused with")
def were_refused(answers: list[Any], datatable: list[list[str]]) -> None:
    assert [each.message for each in answers if isinstance(each, Rejected)] == [row[0] for row in datatable]


@then(step('plan "{code}" version "{edition}" fits "{alarm}"'))
def fits(city: City, names: Names, code: str, edition: str, alarm: str) -> None:
    assert fitting(city, names, alarm) == [(code, edition)]


@then(step('no plan fits "{alarm}"'))
def none_fits(city: City, names: Names, alarm: str) -> None:
    assert fitting(city, names, alarm) == []


@then(step('the steps at "{alarm}" are'))
def steps_are(city: City, names: Names, alarm: str, datatable: list[list[str]]) -> None:
    wanted = Wanted(any_of={"alarm": [names.alarm(alarm)]})
    rows = city.listed(ActivatedStepView, wanted, Order(by="due_at", descending=False))
    begun = min(each.due_at for each in rows)
    first = int(datatable[1][2])
    told = [[each.code, each.state.value, str(first + int((each.due_at - begun).total_seconds()) // MINUTE)] for each in rows]
    assert told == datatable[1:]


@then(step('the overdue steps are "{names}"'))
def overdue(city: City, names: str) -> None:
    found = city.asked("{ overdueSteps { nodes { code } } }")["overdueSteps"]["nodes"]
    assert [each["code"] for each in found] == ([] if names == "none" else names.split(", "))


def fitting(city: City, names: Names, alarm: str) -> list[tuple[str, str]]:
    query = f'{{ plansForAlarm(alarm: "{names.alarm(alarm)}") {{ code edition }} }}'
    return [(each["code"], each["edition"]) for each in city.asked(query)["plansForAlarm"]]


def _step(text: str) -> PlanStep:
    code, seconds = text.split(": ")
    return PlanStep(code, code, "步骤", int(seconds))
