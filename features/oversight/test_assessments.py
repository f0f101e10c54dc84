"""Runs assessments.feature; the assessor is the governance office, whose officers are named."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.commands import Command
from application.dispatching import alarms
from application.identity import OWNER
from application.oversight import assessments
from application.oversight.scoring import Scored, evidence_for
from application.oversight.views import ScoreView
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, AssessmentId, DivisionCode, OrganisationId, ReportId, score_of
from domain.oversight.events import EvidenceStatistic, Indicator, Polarity
from domain.rules import Rejected
from features.city import City
from features.wording import step

scenarios("assessments.feature")

OFFICE = OrganisationId("ZZB")
Rows = list[list[str]]


def the_assessment(city: City) -> AssessmentId:
    return AssessmentId(city.id("assessment", "the one"))


def opened(city: City, organisations: str, scheme: Rows, override: str = "") -> Command:
    indicators = tuple(
        Indicator(code, code, code, int(weight), float(target), EvidenceStatistic(statistic), polarity=Polarity(polarity))
        for code, statistic, polarity, weight, target in scheme
    )
    of = tuple(OrganisationId(each) for each in organisations.split(", "))
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    return assessments.open(the_assessment(city), "Year", "年终考评", first, last, of, indicators, override=override)


def scored(city: City, organisation: str, indicator: str, value: float, position: int = 1) -> Command:
    return assessments.score(the_assessment(city), OrganisationId(organisation), indicator, position, value=value)


@given(step('"{assessor}" opened an assessment of "{organisations}" by'))
def was_opened(city: City, assessor: str, organisations: str, datatable: Rows) -> None:
    city.happened(opened(city, organisations, datatable), of=assessor)


@when(step('an assessment of "{organisations}" is opened by'))
def open_one(city: City, organisations: str, datatable: Rows) -> None:
    city.act(opened(city, organisations, datatable), of=OFFICE)


@when(step('an assessment of "{organisations}" is opened, overridden for "{reason}" by'))
def open_overridden(city: City, organisations: str, reason: str, datatable: Rows) -> None:
    city.act(opened(city, organisations, datatable, reason), of=OFFICE)


@given(step('"{officer}" scored "{organisation}" {value:d} by {indicator:Code}'))
def was_scored(city: City, officer: str, organisation: str, value: int, indicator: str) -> None:
    city.happened(scored(city, organisation, indicator, value), by=officer, of=OFFICE)


@given(step('"{officer}" scored "{organisation}" {value:d} by {indicator:Code} and {other:d} by {another:Code}'))
def were_scored(city: City, officer: str, organisation: str, value: int, indicator: str, other: int, another: str) -> None:
    was_scored(city, officer, organisation, value, indicator)
    was_scored(city, officer, organisation, other, another)


@when(step('"{officer}" scores "{organisation}" {value:d} by {indicator:Code}'))
def score(city: City, officer: str, organisation: str, value: int, indicator: str) -> None:
    city.act(scored(city, organisation, indicator, value), by=officer, of=OFFICE)


@when(step('"{officer}" scores "{organisation}" by {indicator:Code} with evidence at position {position:d}'))
def score_by(city: City, officer: str, organisation: str, indicator: str, position: int) -> None:
    city.act(scored(city, organisation, indicator, 1, position), by=officer, of=OFFICE)


@when(step('an assessment of "{organisation}" is opened that ranks on {statistic} asked with "{parameters}"'))
def open_asking(city: City, organisation: str, statistic: str, parameters: str) -> None:
    indicator = Indicator("ONE", "One", "一", 100, 1.0, EvidenceStatistic(statistic), parameters)
    first, last, of = date(2025, 1, 1), date(2025, 12, 31), (OrganisationId(organisation),)
    city.act(assessments.open(the_assessment(city), "Year", "年终考评", first, last, of, (indicator,)), of=OFFICE)


@given(step('{count:d} alarms were received at "{station}" in 2025'))
def received(city: City, count: int, station: str) -> None:
    for _ in range(count):
        opened = alarms.open(
            AlarmId(uuid4()), ReportId(uuid4()), ReportSource.CALL_110, IntakeKind.ALARM, DivisionCode("500103"), OrganisationId(station)
        )
        city.happened(opened, at=datetime(2025, 6, 1, tzinfo=UTC))


@given(step('"{officer}" had "{organisation}" scored by {indicator:Code}'), target_fixture="counted")
def had_scored(city: City, officer: str, organisation: str, indicator: str) -> int:
    return let_score(city, officer, organisation, indicator)


@when(step('"{officer}" has "{organisation}" scored by {indicator:Code}'))
def let_score(city: City, officer: str, organisation: str, indicator: str, position: int | None = None) -> int:
    """As the API does it: what the statistic says is asked for first."""
    city.catch_up()
    asked = position or city.head()
    of = OrganisationId(organisation)
    figures = city.tocsin.statistics.seen_by(OWNER)
    evidence = city.answered(evidence_for(city.tocsin.desk, figures, Scored(the_assessment(city), of, indicator, asked)))
    assert evidence is not None
    city.act(assessments.scored(the_assessment(city), of, indicator, evidence), by=officer, of=OFFICE)
    assert city.refusal is None
    return asked


@when(step('"{officer}" has "{organisation}" scored by {indicator:Code}, as of then'))
def let_score_then(city: City, officer: str, organisation: str, indicator: str, counted: int) -> None:
    let_score(city, officer, organisation, indicator, counted)


@then(step('"{organisation}" has {value:g} by {indicator:Code}, worked out, which is worth {points:g} points'))
def has(city: City, organisation: str, value: float, indicator: str, points: float) -> None:
    row = city.view(ScoreView, score_of(the_assessment(city), OrganisationId(organisation), indicator))
    assert (row.value, row.computed, row.points) == (value, True, points)


@when(step('an officer of "{organisation}" appeals against {indicator:Code}'))
@given(step('an officer of "{organisation}" appealed against {indicator:Code}'))
def appealed(city: City, organisation: str, indicator: str) -> None:
    appeal = assessments.appeal(the_assessment(city), OrganisationId(organisation), indicator, "Counted before the last delivery.")
    city.happened(appeal, of=organisation)


@when(step('"{officer}" upholds the appeal of "{organisation}" against {indicator:Code} with {value:d}'))
def uphold(city: City, officer: str, organisation: str, indicator: str, value: int) -> None:
    of = OrganisationId(organisation)
    upheld = assessments.uphold_appeal(the_assessment(city), of, indicator, "Right.", 1, value=value)
    city.act(upheld, by=officer, of=OFFICE)


@given("the assessment was sealed")
def was_sealed(city: City) -> None:
    city.happened(assessments.seal(the_assessment(city)), of=OFFICE)


@when("the assessment is sealed")
def seal(city: City) -> None:
    city.act(assessments.seal(the_assessment(city)), of=OFFICE)


@then("the ranking is")
def ranking(city: City, datatable: Rows) -> None:
    found = asyncio.run(city.tocsin.statistics.seen_by(OWNER).ranking(the_assessment(city)))
    assert [[str(each.rank), each.organisation, str(each.points)] for each in found] == datatable


@then(parsers.parse('there is no ranking: "{sentence}"'))
def no_ranking(city: City, sentence: str) -> None:
    with pytest.raises(Rejected) as refusal:
        asyncio.run(city.tocsin.statistics.seen_by(OWNER).ranking(the_assessment(city)))
    assert refusal.value.message == sentence
