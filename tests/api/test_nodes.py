"""Ids: what the API tells is found again by it, and the format never changes."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.schema import ids
from api.schema.build import schema
from api.schema.things import TYPES, VIEWS
from domain.ids import AlarmId, CaseId, OrganisationId
from tests.api.serving import Client, new_id, served, told

SCHEMA = schema()._schema
KEY = "0190a5d2-7c3e-7b1a-9c51-3f2b6a1c9e10"
FROZEN = {
    "AlarmId": "alarm_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ReportId": "report_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "LinkId": "link_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "VerificationId": "verification_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "DuplicateId": "duplicate_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "OrderId": "order_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "UnitId": "unit_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ResponsePlanId": "response_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "DeploymentPlanId": "deployment_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "PlanActivationId": "activation_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "StepId": "step_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "UnitStateId": "state_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "CaseId": "case_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "SeriesId": "series_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "RequestId": "approval_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "CorrectionId": "correction_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "PersonId": "person_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "DivisionId": "division_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "AreaGroupId": "group_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "BoundaryId": "boundary_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "PopulationId": "population_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "LegalBasisId": "basis_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ServiceLevelId": "level_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "LimitSetId": "limits_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "CodeListId": "codelist_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ApiKeyId": "key_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "WebhookId": "webhook_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "GrantId": "grant_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "DirectiveId": "directive_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "BuildPlanId": "plan_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "AssessmentId": "assessment_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ScoreId": "score_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "SurveyId": "survey_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ReceiptId": "receipt_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "RecommendationId": "recommendation_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ExportId": "export_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "RegisteredCameraId": "camera_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "DeviceId": "device_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ZoneId": "zone_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "PostId": "post_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "RosterId": "roster_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "PatrolId": "patrol_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ObservationId": "observation_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "InspectionId": "inspection_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "FindingId": "finding_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "PriorityPlaceId": "priority_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "FootageRequestId": "footage_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "FootageStepId": "footagestep_0190a5d27c3e7b1a9c513f2b6a1c9e10",
    "ShiftId": "shift_0190a5d27c3e7b1a9c513f2b6a1c9e10",
}
"""Clients have stored these. Add a line for a new kind; never change one."""


@pytest.fixture(scope="module")
def zhang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("nodes")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        yield running.client("zhang")


def alarm(zhang: Client, id: str) -> int:
    given = {"report": new_id(), "source": "CALL_110", "kind": "ALARM", "division": "500103", "station": "CQ-YZ-01"}
    return int(zhang.do("openAlarm", alarm=id, **given)["position"])


@pytest.mark.parametrize("kind", ids.KINDS, ids=lambda kind: kind.__name__)
def test_the_format_is_frozen(kind: type) -> None:
    if kind is OrganisationId:
        assert ids.teller(kind)("CQ-YZ-01") == "organisation_CQ-YZ-01"
    else:
        assert ids.teller(kind)(UUID(KEY)) == FROZEN[kind.__name__]


def test_everything_that_can_be_shown_is_a_node() -> None:
    assert set(VIEWS) <= set(ids.KINDS)
    node = SCHEMA.get_type("Node")
    for kind in TYPES.values():
        named = SCHEMA.get_type(kind.__name__)
        assert node in named.interfaces  # type: ignore[union-attr]
        assert str(named.fields["id"].type) == "ID!"  # type: ignore[union-attr]


@settings(max_examples=100)
@given(st.sampled_from([kind for kind in ids.KINDS if kind is not OrganisationId]), st.uuids())
def test_an_id_comes_back_as_it_went_out(kind: type, key: UUID) -> None:
    text = ids.teller(kind)(key)
    assert ids.understood(text) == (kind, key)
    assert ids.given(kind, text) == ids.given(kind, str(key)) == key
    assert ids.given(CaseId if kind is AlarmId else AlarmId, text) is None or kind is AlarmId


@settings(max_examples=100)
@given(st.text() | st.sampled_from(["alarm_", "case_x", "organisation_ ", f"alarm_{KEY}", f"alarm_{UUID(KEY).hex.upper()}", f"_{KEY}"]))
def test_nothing_else_is_an_id(text: str) -> None:
    assert ids.understood(text) is None


def test_a_thing_is_found_again_by_the_id_that_was_told(zhang: Client) -> None:
    id = new_id()
    position = alarm(zhang, id)
    text = """query ($id: ID!, $p: Position) { node(id: $id, atLeast: $p) { __typename id
        ... on Alarm { uuid stationId station { id code nameEn } reportsReceived { id } } } }"""
    found = zhang.ask(text, id=told("alarm", id), p=position)["node"]
    assert (found["__typename"], found["id"], found["uuid"]) == ("Alarm", told("alarm", id), id)
    assert found["station"] == {"id": "organisation_CQ-YZ-01", "code": "CQ-YZ-01", "nameEn": "Station CQ-YZ-01"}
    assert found["stationId"] == "CQ-YZ-01"
    (report,) = found["reportsReceived"]
    several = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    asked = ["organisation_CQ-YZ-01", told("case", id), report["id"], found["id"]]
    assert [each and each["__typename"] for each in zhang.ask(several, ids=asked)["nodes"]] == ["Organisation", None, "Report", "Alarm"]


def test_every_input_takes_the_told_id_and_the_bare_one(zhang: Client) -> None:
    id = new_id()
    alarm(zhang, told("alarm", id))
    for form in (id, told("alarm", id), id.replace("-", "")):
        assert zhang.ask("query ($id: AlarmId!) { alarm(id: $id) { uuid } }", id=form)["alarm"] == {"uuid": id}
    for form in ("CQ-YZ-01", "organisation_CQ-YZ-01"):
        assert zhang.ask("query ($id: OrganisationId!) { organisation(id: $id) { code } }", id=form)["organisation"] == {"code": "CQ-YZ-01"}
    error = zhang.error("query ($id: AlarmId!) { alarm(id: $id) { uuid } }", id=told("case", id))
    assert "The id of one alarm is needed" in error["message"]


def test_what_is_no_id_and_too_many_of_them_are_refused(zhang: Client) -> None:
    error = zhang.error('{ node(id: "x") { id } }')
    assert (error["extensions"]["code"], error["extensions"]["field"]) == ("ID_UNKNOWN", "id")
    assert zhang.ask(f'{{ node(id: "series_{UUID(KEY).hex}") {{ id }} }}')["node"] is None, "a kind that is not shown by itself"
    text = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert zhang.error(text, ids=["alarm_x"])["extensions"]["field"] == "ids"
    assert zhang.error(text, ids=[told("alarm", KEY)] * 101)["extensions"]["code"] == "TOO_MANY_IDS"


def test_a_count_says_where_it_was_capped(zhang: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    alarm(zhang, new_id())
    alarm(zhang, new_id())
    text = "{ alarms(first: 1) { totalCount totalCountCapped pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
    page = zhang.ask(text)["alarms"]
    assert (page["totalCount"] >= 2, page["totalCountCapped"]) == (True, False)
    assert page["pageInfo"]["startCursor"] == page["pageInfo"]["endCursor"]
    assert (page["pageInfo"]["hasNextPage"], page["pageInfo"]["hasPreviousPage"]) == (True, False)
    monkeypatch.setattr("api.schema.connections.COUNTED", 1)
    capped = zhang.ask(text)["alarms"]
    assert (capped["totalCount"], capped["totalCountCapped"]) == (1, True)


def test_values_of_enums_are_told_by_their_labels(zhang: Client) -> None:
    id = new_id()
    alarm(zhang, id)
    text = "query ($id: AlarmId!) { alarm(id: $id) { state stateLabel en: stateLabel(lang: EN) resultLabel sourceLabel } }"
    shown = zhang.ask(text, id=id)["alarm"]
    assert shown == {"state": "RECEIVED", "stateLabel": "已接警", "en": "Received", "resultLabel": None, "sourceLabel": "110 电话"}
    (labels,) = zhang.ask('{ enumLabels(names: ["CountUnit"]) { name values { value label(lang: ZH) en: label(lang: EN) } } }')[
        "enumLabels"
    ]
    assert labels["values"][0] == {"value": "CASE", "label": "按案件", "en": "Cases"}
    assert len(zhang.ask("{ enumLabels { name } }")["enumLabels"]) > 30
