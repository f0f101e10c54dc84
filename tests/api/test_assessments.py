"""Assessments as their users meet them: what is worked out, and what is told to whoever gives something wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from application.identity import Role
from domain.ids import OrganisationId
from tests.api.serving import CITY, STATIONS, Client, Served, new_id, served

SCORE = """query ($id: AssessmentId!) { scores(filter: {assessment: [$id]}) {
  nodes { indicator value numerator denominator evidencePosition computed points } } }"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("assessments")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as answering:
        yield answering


def indicator(statistic: str, weight: int = 100, **more: Any) -> dict[str, Any]:
    return {"code": statistic, "nameEn": statistic, "nameZh": statistic, "weight": weight, "target": 2.0, "statistic": statistic, **more}


def scheme(*indicators: dict[str, Any], **more: Any) -> dict[str, Any]:
    period = {"first": "2026-01-01", "last": "2030-12-31"}
    return {
        "assessment": new_id(),
        "titleEn": "Year",
        "titleZh": "年终考评",
        **period,
        "organisations": STATIONS[:1],
        "indicators": indicators,
        **more,
    }


def opened(who: Client, *indicators: dict[str, Any]) -> str:
    given = scheme(*indicators)
    assert who.do("openAssessment", **given)["__typename"] == "OpenAssessmentPayload"
    return str(given["assessment"])


def score(who: Client, assessment: str, statistic: str, position: int, **given: Any) -> dict[str, Any]:
    named = {"assessment": assessment, "organisation": STATIONS[0], "indicator": statistic}
    return who.do("scoreIndicator", **named, evidencePosition=position, **given)


def received(who: Client) -> int:
    call = {"alarm": new_id(), "report": new_id(), "source": "CALL_110", "kind": "ALARM", "division": "500103", "station": STATIONS[0]}
    return int(who.do("openAlarm", **call)["position"])


def the_score(who: Client, assessment: str) -> dict[str, Any]:
    (found,) = who.ask(SCORE, id=assessment)["scores"]["nodes"]
    return dict(found)


def test_a_score_is_worked_out_as_of_the_position_and_a_repeat_is_answered_like_the_first_time(city: Served) -> None:
    who = city.client("assessor")
    assessment, position = opened(who, indicator("ALARM_COUNTS")), received(who)
    received(who)
    command = new_id()
    first = score(who, assessment, "ALARM_COUNTS", position, command=command)
    assert first["__typename"] == "ScoreIndicatorPayload", first
    found = the_score(who, assessment)
    assert (found["value"], found["computed"], found["evidencePosition"], found["points"]) == (1.0, True, position, 50.0)
    again = score(who, assessment, "ALARM_COUNTS", position, command=command)
    assert (again["repeated"], again["position"]) == (True, first["position"])


def test_a_batch_works_scores_out_as_well(city: Served) -> None:
    who = city.client("assessor")
    assessment, position = opened(who, indicator("ALARM_COUNTS")), received(who)
    given = {"assessment": assessment, "organisation": STATIONS[0], "indicator": "ALARM_COUNTS", "evidencePosition": position}
    batch = {"commands": [{"scoreIndicator": {"commandId": new_id(), **given}}]}
    text = "mutation ($input: CarryOutInput!) { carryOut(input: $input) { ... on CarryOutPayload { answers { result { __typename } } } } }"
    (answer,) = who.ask(text, input=batch)["carryOut"]["answers"]
    assert answer["result"]["__typename"] == "ScoreIndicatorPayload"
    assert the_score(who, assessment)["computed"]


def test_a_share_tells_what_it_was_divided_from_and_is_refused_on_a_small_base(city: Served) -> None:
    who = city.client("assessor")
    assessment = opened(who, indicator("SOLVING_RATE", 0), indicator("INSPECTION"))
    assert score(who, assessment, "SOLVING_RATE", received(who))["code"] == "BASE_TOO_SMALL"


def test_those_outside_have_nothing_worked_out_that_they_may_not_be_told(city: Served) -> None:
    who, office = city.client("assessor"), city.client("office", Role.GOVERNANCE_OFFICE, CITY)
    names = {"nameEn": "N", "nameZh": "名", "division": "500103", "validFrom": "2020-01-01"}
    for organisation, kind, parent in ((CITY, "CITY_BUREAU", None), ("CQ-NEW", "SUB_BUREAU", CITY)):
        given = {"organisation": organisation, "kind": kind, "parent": parent, **names}
        answer = who.do("establishOrganisation", **given)
        assert answer["__typename"] == "EstablishOrganisationPayload", answer
    position, first = received(who), {"first": "2026-01-01", "organisations": ["CQ-NEW"]}
    for last, code in (("2030-12-31", "WHOLE_MONTHS"), ("2026-01-31", "STATISTIC_SILENT")):  # not over; and nothing was known then
        given = scheme(indicator("ALARM_COUNTS"), last=last, **first)
        assert office.do("openAssessment", **given)["__typename"] == "OpenAssessmentPayload"
        named = {"assessment": given["assessment"], "organisation": "CQ-NEW", "indicator": "ALARM_COUNTS"}
        assert office.do("scoreIndicator", **named, evidencePosition=position)["code"] == code


@pytest.mark.parametrize(
    ("indicators", "code", "field"),
    [
        ([indicator("SOLVING_RATE")], "RANKS_ON_CASE_COUNTS", "override"),
        ([indicator("CASE_COUNTS", 1), indicator("INSPECTION", 99)], "RANKS_ON_CASE_COUNTS", "override"),
        ([indicator("INSPECTION", 60), indicator("BUILD_PROGRESS", 60)], "WEIGHTS_NOT_HUNDRED", "indicators"),
        ([indicator("INSPECTION", 130), indicator("BUILD_PROGRESS", -30)], "WEIGHT_NEGATIVE", "indicators"),
        ([indicator("INSPECTION", 50), indicator("INSPECTION", 50)], "INDICATOR_CODE_TWICE", "indicators"),
        ([indicator("ALARM_COUNTS", parameters="by station")], "PARAMETERS_NOT_UNDERSTOOD", "indicators"),
        ([], "WEIGHTS_NOT_HUNDRED", "indicators"),
    ],
)
def test_a_scheme_that_will_not_do_is_refused_where_it_is_wrong(city: Served, indicators: list[Any], code: str, field: str) -> None:
    answer = city.client("assessor").do("openAssessment", **scheme(*indicators))
    assert (answer["code"], answer["field"]) == (code, field)


def test_an_override_without_words_is_none(city: Served) -> None:
    answer = city.client("assessor").do("openAssessment", **scheme(indicator("SOLVING_RATE"), override="  "))
    assert answer["code"] == "RANKS_ON_CASE_COUNTS"


def test_what_is_wrong_with_a_score_is_told(city: Served) -> None:
    who = city.client("assessor")
    assessment, position = (
        opened(who, indicator("INSPECTION", 50), indicator("FILING_IN_TIME", 50), indicator("ALARM_COUNTS", 0)),
        received(who),
    )

    def refused(statistic: str, position: int = position, **given: Any) -> tuple[str, str]:
        answer = score(who, assessment, statistic, position, **given)
        return answer["code"], answer["field"]

    assert refused("INSPECTION") == ("VALUE_MISSING", "value")
    assert refused("FILING_IN_TIME", value=0.9) == ("SHARE_MALFORMED", "numerator")
    assert refused("FILING_IN_TIME", numerator=31, denominator=30) == ("SHARE_MALFORMED", "numerator")
    assert refused("FILING_IN_TIME", numerator=3, denominator=10) == ("BASE_TOO_SMALL", "denominator")
    assert refused("ALARM_COUNTS", value=3.0) == ("VALUE_IS_COMPUTED", "value")
    assert refused("ALARM_COUNTS", position + 100_000) == ("EVIDENCE_NOT_RECORDED", "evidencePosition")
    assert refused("ALARM_COUNTS", 0) == ("EVIDENCE_NOT_RECORDED", "evidencePosition")
    assert refused("NOTHING", value=3.0) == ("INDICATOR_UNKNOWN", "indicator")


def test_from_the_first_score_to_the_seal(city: Served) -> None:
    who, other = city.client("assessor"), city.client("other")
    station = city.client("head", Role.STATION_HEAD, OrganisationId(STATIONS[0]))
    assessment, position = opened(who, indicator("INSPECTION")), received(who)
    named = {"assessment": assessment, "organisation": STATIONS[0], "indicator": "INSPECTION"}
    ranking = f'{{ assessmentRanking(assessment: "{assessment}") {{ rank }} }}'
    assert who.do("sealAssessment", assessment=assessment)["code"] == "NOT_ALL_SCORED"
    assert station.do("appealScore", **named, reason="Wrong.")["code"] == "INDICATOR_NOT_SCORED"
    assert score(who, assessment, "INSPECTION", position, value=1.0)["__typename"] == "ScoreIndicatorPayload"
    assert score(who, assessment, "INSPECTION", position, value=1.5)["__typename"] == "ScoreIndicatorPayload"  # until somebody appeals
    assert station.do("appealScore", **named, reason="Wrong.")["__typename"] == "AppealScorePayload"
    assert station.do("appealScore", **named, reason="Wrong.")["code"] == "APPEAL_PENDING"
    assert score(who, assessment, "INSPECTION", position, value=2.0)["code"] == "APPEAL_PENDING"
    assert who.do("sealAssessment", assessment=assessment)["code"] == "APPEALS_PENDING"
    assert who.error(ranking)["extensions"]["code"] == "ASSESSMENT_NOT_SEALED"
    upheld = {**named, "reason": "Right.", "evidencePosition": position}
    assert who.do("upholdAppeal", **upheld, value=2.0)["code"] == "APPEAL_OF_ONESELF"
    assert other.do("upholdAppeal", **upheld)["code"] == "VALUE_MISSING"
    assert other.do("upholdAppeal", **upheld, value=2.0)["__typename"] == "UpholdAppealPayload"
    assert other.do("sealAssessment", assessment=assessment)["__typename"] == "SealAssessmentPayload"
    assert other.do("sealAssessment", assessment=assessment)["code"] == "ASSESSMENT_IS_SEALED"
    assert station.do("appealScore", **named, reason="Wrong.")["code"] == "ASSESSMENT_IS_SEALED"
    assert score(who, assessment, "INSPECTION", position, value=1.0)["code"] == "ASSESSMENT_IS_SEALED"
    assert who.ask(ranking)["assessmentRanking"] == [{"rank": 1}]
