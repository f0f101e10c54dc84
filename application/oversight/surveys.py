"""Commands on safety surveys."""

from __future__ import annotations

from datetime import date

from application.commands import Command, begin, change, command
from application.naming import naming
from domain.ids import DivisionCode, SurveyId
from domain.oversight.events import SurveyImported, SurveyMethod
from domain.oversight.survey import SafetySurvey


@command
def take_in(
    survey: SurveyId,
    division: DivisionCode,
    wave: str,
    first: date,
    last: date,
    method: SurveyMethod,
    respondents: int,
    felt_safe: int,
    source: str,
) -> Command:
    """Import what a safety survey found in a division in one wave.

    导入某行政区划一期群众安全感调查结果。
    """
    found = SurveyImported(
        division=division,
        wave=wave,
        first=first,
        last=last,
        method=method,
        respondents=respondents,
        felt_safe=felt_safe,
        source=source,
    )
    return naming(begin(SafetySurvey, survey, lambda _: SafetySurvey.take_in(found)), divisions={"division": division}, on=last)


@command
def retract(survey: SurveyId, reason: str) -> Command:
    """Retract a survey that was imported wrongly; it stays on record.

    撤回错误导入的调查结果，原记录保留。
    """
    return change(SafetySurvey, survey, lambda it, _: it.retract(reason))
