"""Runs build_plans.feature: the days are business days."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time

from pytest_bdd import given, parsers, scenarios, then, when

from application.identity import OWNER
from application.oversight import build_plans
from application.oversight.statistics import AsOf
from domain.ids import BuildPlanId, OrganisationId
from domain.oversight.events import BuildKind, BuildStage, Milestone
from features.city import City
from features.wording import step
from infrastructure.settings import Settings

scenarios("build_plans.feature")

ZONE = Settings().zone
Rows = list[list[str]]


def the_plan(city: City) -> BuildPlanId:
    return BuildPlanId(city.id("plan", "the one"))


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), ZONE)


def milestones(rows: Rows) -> tuple[Milestone, ...]:
    return tuple(Milestone(BuildStage(stage), int(quantity), date.fromisoformat(due)) for stage, quantity, due in rows)


@given(step('the plan for "{organisation}" was set on {day}'))
def was_set(city: City, organisation: str, day: str, datatable: Rows) -> None:
    plan = build_plans.set(the_plan(city), OrganisationId(organisation), BuildKind.CAMERA, milestones(datatable))
    city.happened(plan, at=noon(day))


@given(parsers.parse("the plan was revised on {day}"))
def was_revised(city: City, day: str, datatable: Rows) -> None:
    city.happened(build_plans.revise(the_plan(city), milestones(datatable), "less money"), at=noon(day))


@when("the plan is revised")
def revise(city: City, datatable: Rows) -> None:
    city.act(build_plans.revise(the_plan(city), milestones(datatable), "less money"))


@given(parsers.parse("the plan was cancelled on {day}"))
def was_cancelled(city: City, day: str) -> None:
    city.happened(build_plans.cancel(the_plan(city), "another plan"), at=noon(day))


@given(parsers.parse("{quantity:d} were {stage} on {day}"))
def were_done(city: City, quantity: int, stage: str, day: str) -> None:
    city.happened(build_plans.record_progress(the_plan(city), BuildStage(stage), quantity), at=noon(day))


@when(step("{quantity:d} are recorded as {stage:Code}"))
def record(city: City, quantity: int, stage: str) -> None:
    city.act(build_plans.record_progress(the_plan(city), BuildStage(stage), quantity))


@when(step('{quantity:d} are recorded as {stage:Code}, for "{reason}"'))
def record_for(city: City, quantity: int, stage: str, reason: str) -> None:
    city.act(build_plans.record_progress(the_plan(city), BuildStage(stage), quantity, reason))


@then(step('the progress of "{organisation}" is'))
def progress(city: City, organisation: str, datatable: Rows) -> None:
    assert [told(city, organisation, day) for day, *_ in datatable[1:]] == datatable[1:]


def told(city: City, organisation: str, day: str) -> list[str]:
    city.catch_up()
    figures = city.tocsin.statistics.seen_by(OWNER)
    found = asyncio.run(figures.build_progress(date.fromisoformat(day), OrganisationId(organisation), AsOf()))
    if not found:
        return [day, *["-"] * 7]
    (row,) = found
    numbers = (row.planned, row.built, row.built_due, row.networked, row.networked_due, row.accepted, row.accepted_due)
    return [day, *map(str, numbers)]
