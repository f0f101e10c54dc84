"""Runs recommending.feature; what only it says stands here."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.dispatching import alarms
from application.dispatching.recommending import surveyed
from application.dispatching.views import RecommendationView
from application.identity import OWNER
from domain.dispatching.events import IntakeKind, ReportSource
from domain.dispatching.positions import Fix, FixOutcome
from domain.dispatching.recommending import Needs
from domain.ids import DivisionCode, RecommendationId, ReportId
from domain.places import Point
from domain.rules import Rejected
from features.city import STATION, City
from features.dispatching.names import Names, sent
from features.wording import step

scenarios("recommending.feature")


@given(step('alarm "{alarm}" was received in division "{division}" at {longitude:g}, {latitude:g}'))
def alarm_received_at(city: City, names: Names, alarm: str, division: str, longitude: float, latitude: float) -> None:
    report, code, place = ReportId(uuid4()), DivisionCode(division), Point(longitude, latitude)
    city.happened(alarms.open(names.alarm(alarm), report, ReportSource.CALL_110, IntakeKind.ALARM, code, STATION, place=place))


@given(step('the receiver of unit "{unit}" told {longitude:g}, {latitude:g} of {seconds:d} seconds ago'))
def told(city: City, names: Names, unit: str, longitude: float, latitude: float, seconds: int) -> None:
    fix = Fix(names.unit(unit), Point(longitude, latitude), city.clock.now() - timedelta(seconds=seconds))

    async def report() -> None:
        assert await city.tocsin.positions.report(OWNER, [fix]) == [FixOutcome.TAKEN]

    city.goes_on(report())


@given(step('{wanted:d} unit was recommended for "{alarm}"'))
def was_recommended(city: City, names: Names, wanted: int, alarm: str) -> None:
    city.happened(recommending(city, names, alarm, wanted))


@when(step('{wanted:d} unit is recommended for "{alarm}"'))
@when(step('{wanted:d} units are recommended for "{alarm}"'))
def is_recommended(city: City, names: Names, wanted: int, alarm: str) -> None:
    try:
        command = recommending(city, names, alarm, wanted)
    except Rejected as refusal:
        city.attempt()
        city.refusal = refusal
        return
    city.act(command)


@when(step('the dispatcher sends unit "{unit}" to "{alarm}"'))
def send(city: City, names: Names, unit: str, alarm: str) -> None:
    city.act(sent(names, unit, alarm, city))


@when(step('the dispatcher sends unit "{unit}" to "{alarm}" because "{reason}"'))
def send_because(city: City, names: Names, unit: str, alarm: str, reason: str) -> None:
    city.act(sent(names, unit, alarm, city, reason=reason))


@then(step('"{unit}" is recommended for "{alarm}", out of'))
def recommended(city: City, names: Names, unit: str, alarm: str, datatable: list[list[str]]) -> None:
    view = shown(city, names, alarm)
    ranking = [(names.known[str(each.unit)], f"{each.position_age:g}", ", ".join(each.reasons)) for each in view.ranking]
    assert ranking == [tuple(row) for row in datatable]
    assert view.recommended == (names.unit(unit),)


@then(step('too few are fit for "{alarm}": {units:d} {reason:Code}'))
def too_few(city: City, names: Names, alarm: str, units: int, reason: str) -> None:
    assert [(each.units, each.reason.value) for each in shown(city, names, alarm).shortfall] == [(units, reason)]


@then(step('the recommendation for "{alarm}" was overridden by sending "{unit}", because "{reason}"'))
def overridden(city: City, names: Names, alarm: str, unit: str, reason: str) -> None:
    view = shown(city, names, alarm)
    assert (view.overridden_by, view.override_reason) == (names.order(unit, alarm), reason)


def recommending(city: City, names: Names, alarm: str, wanted: int) -> Command:
    """As the API puts it together."""
    id, recommendation, needs = names.alarm(alarm), named(city, alarm), Needs(wanted)
    surveys = []

    async def survey() -> None:
        surveys.append(await city.tocsin.surveyor.survey(OWNER, id))

    city.goes_on(survey())
    return surveyed(alarms.recommend(id, recommendation, wanted), recommendation, needs, surveys[0])


def named(city: City, alarm: str) -> RecommendationId:
    return RecommendationId(city.id("recommendation", alarm))


def shown(city: City, names: Names, alarm: str) -> RecommendationView:
    view = city.view(RecommendationView, named(city, alarm))
    assert view.alarm == names.alarm(alarm)
    return view
