"""Runs surveys.feature."""

from __future__ import annotations

from datetime import date

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.oversight import surveys
from application.oversight.views import SafetySurveyView
from domain.ids import DivisionCode, SurveyId
from domain.oversight.events import SurveyMethod
from features.city import City
from features.wording import step

scenarios("surveys.feature")


def the_survey(city: City, wave: str, division: str) -> SurveyId:
    return SurveyId(city.id("survey", f"{division}/{wave}"))


def found(city: City, wave: str, division: str, safe: int, asked: int) -> Command:
    first, last = date(2025, 10, 1), date(2025, 10, 20)
    survey, method = the_survey(city, wave, division), SurveyMethod.PHONE
    return surveys.take_in(survey, DivisionCode(division), wave, first, last, method, asked, safe, "statistics bureau")


@given(step('in wave "{wave}" {safe:d} of {asked:d} asked in "{division}" felt safe'))
def was_imported(city: City, wave: str, safe: int, asked: int, division: str) -> None:
    city.happened(found(city, wave, division, safe, asked))


@when(step('in wave "{wave}" {safe:d} of {asked:d} asked in "{division}" are said to have felt safe'))
def import_one(city: City, wave: str, safe: int, asked: int, division: str) -> None:
    city.act(found(city, wave, division, safe, asked))


@when(step('wave "{wave}" in "{division}" is retracted'))
def retract(city: City, wave: str, division: str) -> None:
    city.act(surveys.retract(the_survey(city, wave, division), "A zero was missing."))


@then(step('wave "{wave}" in "{division}" tells {safe:d} of {asked:d} and a share of {share:f}'))
def tells(city: City, wave: str, division: str, safe: int, asked: int, share: float) -> None:
    survey = city.view(SafetySurveyView, the_survey(city, wave, division))
    assert (survey.felt_safe, survey.respondents, survey.share) == (safe, asked, share)


@then(step('wave "{wave}" in "{division}" tells {safe:d} of {asked:d} and no share'))
def tells_no_share(city: City, wave: str, division: str, safe: int, asked: int) -> None:
    survey = city.view(SafetySurveyView, the_survey(city, wave, division))
    assert (survey.felt_safe, survey.respondents, survey.share) == (safe, asked, None)
