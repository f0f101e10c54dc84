"""Nothing is readable or writable without a rule: what comes to be and is forgotten here fails, before it is ever denied."""

from __future__ import annotations

import re

import cedarpy
import pytest
from graphql import GraphQLObjectType

from api.schema.build import schema
from api.schema.queries import several
from api.schema.things import VIEWS
from application.casework.views import CaseView
from application.commands import REGISTRY
from application.identity import Role
from infrastructure.access.conditions import allowed
from infrastructure.access.policy import PolicyFails, Residual, Standing, policy_text, residual, schema_text
from infrastructure.access.records import CASE_FIELDS, VIEW_OF
from infrastructure.access.rows import City, rows_of
from tests.test_completeness import EVENTS

THINGS = {
    "alarm",
    "report",
    "recommendation",
    "linkedCamera",
    "verification",
    "duplicate",
    "order",
    "unit",
    "unitState",
    "responsePlan",
    "deploymentPlan",
    "planActivation",
    "activatedStep",
    "case",
    "approval",
    "correction",
    "division",
    "organisation",
    "boundary",
    "population",
    "areaGroup",
    "legalBasis",
    "serviceLevel",
    "limitSet",
    "codeList",
    "apiKey",
    "webhook",
    "grant",
    "export",
    "camera",
    "techAlarmDevice",
    "deviceZone",
    "monitoringPost",
    "dutyRoster",
    "shift",
    "footageRequest",
    "footageStep",
    "priorityPlace",
    "patrolTask",
    "patrolObservation",
    "dutyInspection",
    "inspectionFinding",
    "directive",
    "receipt",
    "buildPlan",
    "assessment",
    "score",
    "safetySurvey",
}
FIGURES = {
    "solvingRate",
    "caseCounts",
    "bridge",
    "alarmCounts",
    "responseTimes",
    "commandTimes",
    "demand",
    "outcomeMix",
    "contributionTally",
    "trend",
}
LINKAGE = {"linkageRate", "verifiedByVideoRate", "falseAlarmRate"}
STAFFING = {"coverage", "postCounts", "fillRate", "unstaffedPosts", "watching"}
SEEING = {"cameraCounts", "cameraAcceptance", "cameraOnlineRate", "camerasSeeing"}
UPKEEP = {"priorityCoverage", "blindTimes", "cameraRepairs", "trafficViolations", "patrolFinds"}
FOR_EVERYBODY = {"me", "status", "outcomeCodes", "enumLabels", "homeOfficeCodes", "offenceTypes", "responsibilities"}
"""They tell nothing of what happened: code lists, who asks, who may do what, how far the projections are."""
PERSONAL = {"persons.register", "persons.record_details", "persons.read", "persons.search", "persons.erase"}
"""Commands that only the vault's own mutations and query give."""
EXPORTING = {"exports.request", "exports.download"}
"""Commands that only the export's own mutation and the download give."""
PREPARED = {"webhooks.register", "webhooks.revise", "webhooks.change_secret"}
"""Commands whose mutations look at the schema or make a secret first."""
SURVEYED = {"alarms.recommend", "signals.take"}
"""Commands whose mutations look at the units, or at the device, first."""
READING = {"footage.access"}
"""A command that only the query for the evidence gives."""
VAULT = {"person", "findPersons"}
PLACES = {"whereIs"}
"""Where boundaries are is public."""
EVIDENCE = {"footageEvidence"}
"""It is recorded before it is told."""
GOVERNING = {"overdueDirectives", "buildProgress", "assessmentRanking", "safetyBesideCrime", "caseRate"}
PLANS = {"plansForAlarm", "overdueSteps", "deploymentActual"}
POSITIONS = {"unitPositions", "unitTrack"}
"""They stand beside the log and are shown as their units are."""
NODES = {"node", "nodes"}
EVENTS_FIELDS = {"events"}


def test_the_policies_fit_their_schema():
    answer = cedarpy.validate_policies(policy_text(), schema_text())
    assert answer.validation_passed, [str(error) for error in answer.errors]


def test_a_policy_that_speaks_of_what_is_not_there_does_not_fit():
    assert not cedarpy.validate_policies(policy_text().replace("resource.sealed", "resource.seal"), schema_text()).validation_passed


def test_every_command_is_an_action_that_some_policy_speaks_of():
    assert set(re.findall(r'"([a-z_]+\.[a-z_]+)"', schema_text())) == set(REGISTRY) | PERSONAL | EXPORTING | PREPARED | SURVEYED | READING


def test_every_group_of_actions_is_spoken_of():
    groups = set(re.findall(r"\bin \[([\w, ]+)\]\s+appliesTo", schema_text()))
    spoken = set(re.findall(r'Action::"(\w+)"', policy_text()))
    assert {name.strip() for group in groups for name in group.split(",")} <= spoken


def test_every_role_is_spoken_of():
    roles = set(re.findall(r'"([A-Z_]+)"', policy_text()))
    assert {role.value for role in Role} <= roles


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.__name__)
@pytest.mark.parametrize("role", Role)
def test_every_view_has_an_answer_for_every_role(view, role):
    who = Standing(role.value, "home", frozenset({"home"}), False, frozenset({"0190a5d2-7c3e-7b1a-9c51-3f2b6a1c9e10"}), frozenset())
    allowed(residual(who, "view"), rows_of(view, City(lambda ids: ids, anything_sealed=True)))


def test_every_event_is_somebodys_to_see():
    assert set(EVENTS) == set(VIEW_OF)
    assert set(CASE_FIELDS) == set(VIEW_OF)


def test_every_query_is_one_of_those_that_ask_for_permission():
    """A new field of the schema stands here only once somebody has thought of who may see it."""
    query = schema()._schema.query_type
    assert isinstance(query, GraphQLObjectType)
    things = THINGS | {several(name) for name in THINGS}
    told = (
        FIGURES
        | LINKAGE
        | STAFFING
        | SEEING
        | UPKEEP
        | FOR_EVERYBODY
        | NODES
        | EVENTS_FIELDS
        | VAULT
        | EVIDENCE
        | GOVERNING
        | POSITIONS
        | PLACES
        | PLANS
    )
    assert set(query.fields) == things | told


@pytest.mark.parametrize(
    "condition",
    [
        'resource.station like "S*"',
        "resource.number < 3",
        'resource.names.contains("a")',
        "if resource.sealed then true else false",
        "resource has sealed",
    ],
)
def test_what_sql_does_not_know_is_refused(condition):
    text = f'permit (principal, action == Action::"view", resource) when {{ {condition} }};'
    request = {"principal": 'Officer::"asking"', "action": 'Action::"view"', "resource": None, "context": {}}
    answer = cedarpy.is_authorized_partial(request, text, [])
    bodies = tuple(each["conditions"][0]["body"] for each in answer.residuals.values())
    with pytest.raises(PolicyFails):
        allowed(Residual(bodies, ()), rows_of(CaseView, City(lambda ids: ids, anything_sealed=True)))
