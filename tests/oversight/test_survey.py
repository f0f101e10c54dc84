"""What a safety survey decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import DivisionCode
from domain.oversight.events import SurveyImported, SurveyMethod, SurveyRetracted
from domain.oversight.survey import FeltSafeOutOfRange, NobodyAsked, SafetySurvey, SurveyEndsEarly, SurveyIsRetracted
from domain.rules import Rejected, TextMissing

DAY = date(2025, 10, 1)
WANTED = SurveyImported(
    division=DivisionCode("500103"),
    wave="2025-2",
    first=DAY,
    last=DAY,
    method=SurveyMethod.PHONE,
    respondents=1000,
    felt_safe=940,
    source="statistics bureau",
)


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        (SurveyEndsEarly, {"last": date(2025, 9, 30)}),
        (NobodyAsked, {"respondents": 0, "felt_safe": 0}),
        (FeltSafeOutOfRange, {"felt_safe": 1001}),
        (FeltSafeOutOfRange, {"felt_safe": -1}),
        (TextMissing, {"wave": " "}),
        (TextMissing, {"source": ""}),
    ],
)
def test_what_is_no_survey_is_refused(rule, changed):
    with pytest.raises(rule):
        SafetySurvey.take_in(replace(WANTED, **changed))


@given(st.integers(-5, 50), st.integers(-5, 50))
def test_whatever_is_taken_in_is_some_of_those_asked(asked, safe):
    try:
        taken = SafetySurvey.take_in(replace(WANTED, respondents=asked, felt_safe=safe))
    except Rejected:
        assert not 0 <= safe <= asked or asked < 1
    else:
        assert 0 <= taken.felt_safe <= taken.respondents


def test_a_survey_is_retracted_once():
    survey = SafetySurvey.begin(WANTED)
    assert survey.retract("wrong") == SurveyRetracted(reason="wrong")
    with pytest.raises(SurveyIsRetracted):
        survey.apply(SurveyRetracted(reason="wrong")).retract("again")
