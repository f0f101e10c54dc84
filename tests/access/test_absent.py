"""Invisible means absent: to somebody a city with what they must not know of looks like one in which it never happened.

Everything that can be asked is asked, of both cities, by everybody: each field of each type, from each query that leads
there; each id; each event of each subscription. Only how long the log is may differ, and the version of an alarm from
which a case was opened that is sealed now: who changes the alarm has to know it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from itertools import product

import orjson
import pytest

from api.requests import Asked
from application.identity import OWNER, Principal, Role
from domain.ids import CameraId, OfficerId, OrganisationId
from domain.jurisdiction.events import KeyAction
from tests.access.twins import FAR, NEAR, City, camera_of, ids, named
from tests.access.walking import SCHEMA, documents, reachable

MONTH = 'period: {from: "2026-03-01", to: "2026-03-31"}'
FIGURES = {
    "solvingRate": f"({MONTH}, definitions: [PERIOD, COHORT, WINDOW_30D], showSmall: true)",
    "caseCounts": f"({MONTH})",
    "bridge": '(period: {from: "2026-03-05", to: "2026-03-31"}, from: PERIOD, to: COHORT)',
    "alarmCounts": f"({MONTH})",
    "responseTimes": f"({MONTH}, basis: FIRST_ARRIVING)",
    "demand": f"({MONTH})",
    "deploymentActual": f'(organisation: "S-1", {MONTH})',
    "commandTimes": f"({MONTH}, showSmall: true)",
    "outcomeMix": f"({MONTH})",
    "contributionTally": '(since: "2026-03-01", by: VIDEO)',
    "caseRate": f'(division: "500103", {MONTH})',
    "safetyBesideCrime": f'(division: "500103", {MONTH})',
    "assessmentRanking": f'(assessment: "assessment_{named("near", "assessment").hex}")',
    "buildProgress": '(on: "2026-03-20")',
    "overdueDirectives": '(on: "2026-03-20")',
    "linkageRate": f"({MONTH}, showSmall: true)",
    "verifiedByVideoRate": f"({MONTH}, showSmall: true)",
    "falseAlarmRate": f"({MONTH}, showSmall: true)",
    "trend": f"({MONTH}, measure: FILED, byType: true)",
    "cameraCounts": "(by: OWNER)",
    "cameraAcceptance": "",
    "priorityCoverage": '(asOf: "2026-03-20", showSmall: true)',
    "blindTimes": f"({MONTH})",
    "cameraRepairs": f"({MONTH})",
    "trafficViolations": f"({MONTH})",
    "patrolFinds": f"({MONTH})",
    "cameraOnlineRate": f"({MONTH})",
    "camerasSeeing": "(place: {longitude: 106.55, latitude: 29.56})",
}
LISTS = dict.fromkeys(
    (
        "alarms",
        "reports",
        "recommendations",
        "responsePlans",
        "unitStates",
        "deploymentPlans",
        "planActivations",
        "activatedSteps",
        "linkedCameras",
        "verifications",
        "duplicates",
        "orders",
        "units",
        "cases",
        "approvals",
        "corrections",
        "divisions",
        "boundaries",
        "populations",
        "limitSets",
        "codeLists",
        "organisations",
        "areaGroups",
        "legalBases",
        "serviceLevels",
        "apiKeys",
        "grants",
        "exports",
        "webhooks",
        "cameras",
        "techAlarmDevices",
        "deviceZones",
        "monitoringPosts",
        "dutyRosters",
        "shifts",
        "footageRequests",
        "priorityPlaces",
        "patrolTasks",
        "patrolObservations",
        "dutyInspections",
        "inspectionFindings",
        "footageSteps",
        "directives",
        "receipts",
        "buildPlans",
        "assessments",
        "scores",
        "safetySurveys",
    ),
    "(first: 100)",
) | {"alarms": "(first: 20)"}
STAFFING = {
    "coverage": '(asOf: "2026-03-20", showSmall: true)',
    "postCounts": '(asOf: "2026-03-20")',
    "fillRate": f"({MONTH})",
    "unstaffedPosts": "",
    "watching": '(camera: "50010300001320000001", at: "2026-03-20T00:00:00Z")',
}
PLACES = {"whereIs": '(place: {longitude: 106.55, latitude: 29.56}, on: "2026-03-20")'}
PLANS = {"overdueSteps": "", "plansForAlarm": f'(alarm: "{named("far", "alarm")}")'}
POSITIONS = {"unitPositions": "(first: 100)"}
TRACK = 'from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z"'
FEED = {"events": "(first: 100)"}
"""Its pages are stretches of the log, so it is compared from end to end."""
OWN = {"me": "", "outcomeCodes": "", "homeOfficeCodes": "", "offenceTypes": "", "enumLabels": "", "responsibilities": ""}
PUBLIC = {
    "divisions": "division",
    "boundaries": "boundary",
    "populations": "population",
    "limitSets": "limitSet",
    "codeLists": "codeList",
    "organisations": "organisation",
    "areaGroups": "areaGroup",
    "legalBases": "legalBasis",
    "responsePlans": "responsePlan",
    "unitStates": "unitState",
    "serviceLevels": "serviceLevel",
}
"""Lists of what everybody may see, each with the query for one of them."""
ELSEWHERE = {"status", "person", "findPersons", "footageEvidence"}
"""How far the projections are is how long the log is; the vault, and what is recorded before it is told, have tests of their own."""
THINGS = {
    "alarm": "alarm",
    "report": "report",
    "recommendation": "recommendation",
    "link": "linkedCamera",
    "verification": "verification",
    "duplicate": "duplicate",
    "order": "order",
    "unit": "unit",
    "case": "case",
    "approval": "approval",
} | {
    "correction": "correction",
    "key": "apiKey",
    "grant": "grant",
    "export": "export",
    "webhook": "webhook",
    "camera": "camera",
    "post": "monitoringPost",
    "device": "techAlarmDevice",
    "zone": "deviceZone",
    "roster": "dutyRoster",
    "shift": "shift",
    "footage": "footageRequest",
    "priority": "priorityPlace",
    "patrol": "patrolTask",
    "observation": "patrolObservation",
    "inspection": "dutyInspection",
    "finding": "inspectionFinding",
    "footagestep": "footageStep",
    "directive": "directive",
    "receipt": "receipt",
    "plan": "buildPlan",
    "assessment": "assessment",
    "score": "score",
    "deployment": "deploymentPlan",
    "activation": "planActivation",
    "step": "activatedStep",
}
OF_EVERYBODY = {"safetySurveys", "whereIs"}
OF_NO_CASE = {
    "export",
    "exports",
    "webhook",
    "webhooks",
    "camera",
    "cameras",
    "techAlarmDevice",
    "techAlarmDevices",
    "deviceZone",
    "deviceZones",
    "monitoringPost",
    "monitoringPosts",
    "dutyRoster",
    "dutyRosters",
    "shift",
    "shifts",
    *STAFFING,
    "cameraCounts",
    "cameraAcceptance",
    "priorityPlace",
    "priorityPlaces",
    "patrolTask",
    "patrolTasks",
    "patrolObservation",
    "patrolObservations",
    "patrolFinds",
    "dutyInspection",
    "dutyInspections",
    "inspectionFinding",
    "inspectionFindings",
    "priorityCoverage",
    "blindTimes",
    "cameraRepairs",
    "trafficViolations",
    "cameraOnlineRate",
    "camerasSeeing",
    "directive",
    "directives",
    "receipt",
    "receipts",
    "overdueDirectives",
    "buildPlan",
    "buildPlans",
    "buildProgress",
    "assessment",
    "assessments",
    "score",
    "scores",
    "assessmentRanking",
    "recommendation",
    "recommendations",
    "plansForAlarm",
    "orders",
    "units",
    "unitPositions",
    "unitTrack",
    "apiKeys",
    "grants",
    "responseTimes",
    "linkageRate",
    "verifiedByVideoRate",
    "falseAlarmRate",
    "commandTimes",
    "demand",
    "deploymentPlan",
    "deploymentPlans",
    "deploymentActual",
    "report",
    "order",
    "unit",
    "apiKey",
    "grant",
}
PLACED = re.compile(r'"(position|corrects|causation|version)":\d+')
CITY, NORTH = OrganisationId("CQ"), OrganisationId("N")
READS = frozenset({KeyAction.READ, KeyAction.FIGURES})


def who(role: Role, home: OrganisationId, actions: frozenset[KeyAction] = frozenset()) -> Principal:
    return Principal(OfficerId(f"somebody {role}"), home, role, reach=(home,), actions=actions)


DISPATCHER = who(Role.DISPATCHER, NEAR)
BESIDE = [
    who(role, NEAR) for role in (Role.INTAKE, Role.DISPATCHER, Role.UNIT_OFFICER, Role.INVESTIGATOR, Role.STATION_HEAD, Role.VIDEO_OFFICE)
] + [who(Role.SUB_BUREAU_HEAD, NORTH), who(Role.INTEGRATION, NEAR, READS), who(Role.INTEGRATION, NEAR)]
"""Whose reach ends near: to them what is far is not there, and what is sealed neither."""
ABOVE = [who(role, CITY) for role in (Role.CITY_HEAD, Role.AUDITOR, Role.GOVERNANCE_OFFICE, Role.SYSTEM_ADMINISTRATOR)] + [
    who(Role.INTEGRATION, CITY, READS)
]
"""Who sees the whole city, except what is sealed."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    yield from opened(tmp_path_factory)


@pytest.fixture(scope="module")
def near_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    yield from opened(tmp_path_factory, "far", "sealed")


@pytest.fixture(scope="module")
def unsealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    yield from opened(tmp_path_factory, "sealed")


def opened(folders: pytest.TempPathFactory, *hidden: str) -> Iterator[City]:
    city = City(folders.mktemp("city"), hidden)
    yield city
    city.close()


def told(city: City, text: str, principal: Principal) -> str:
    """Places in the log left out."""
    return PLACED.sub(r'"\1":0', orjson.dumps(city.answer(text, principal), default=str).decode())


def everything() -> Iterator[tuple[str, str]]:
    """Each document with the query it begins with."""
    for each in documents(FIGURES | STAFFING | LISTS | POSITIONS | PLANS | PLACES | OWN, places=False):
        yield each.query, each.text
    for owner in ("near", "far"):
        for each in documents({"unitTrack": f'(unit: "{named(owner, "unit")}", {TRACK})'}, places=False):
            yield each.query, each.text
    for kind, id in ids("near", "far", "sealed"):
        for each in documents({THINGS[kind]: f'(id: "{id}")'}, places=False):
            yield each.query, each.text
    for _, id in ids("near", "far", "sealed"):
        yield "node", f'{{ node(id: "{id}") {{ __typename id }} }}'
        yield "nodes", f'{{ nodes(ids: ["{id}"]) {{ __typename id }} }}'
    yield "bridge", '{ bridge(period: {from: "2026-03-09", to: "2026-03-31"}, from: PERIOD, to: COHORT) { item side amount } }'
    far = f'(assessment: "assessment_{named("far", "assessment").hex}")'
    yield "assessmentRanking", f"{{ assessmentRanking{far} {{ rank points organisation {{ id }} }} }}"
    for station in (NEAR, FAR):
        for name in ("alarms", "cases"):
            yield name, f'{{ {name}(filter: {{station: ["{station}"]}}) {{ totalCount pageInfo {{ hasNextPage }} nodes {{ id }} }} }}'
        for name in ("caseCounts", "alarmCounts"):
            yield name, f'{{ {name}({MONTH}, area: {{organisation: "{station}"}}) {{ __typename suppressed }} }}'
        yield "solvingRate", f'{{ solvingRate({MONTH}, area: {{organisation: "{station}"}}, showSmall: true) {{ numerator denominator }} }}'


ALL = list(everything())
EVENT = "thing version effectiveAt deviceAt recordedAt by organisation commandId correlation type data"


def fed(city: City, principal: Principal) -> str:
    """The feed from its beginning to its end."""
    nodes, after, more = [], 0, True
    while more:
        page = city.answer(f"{{ events(after: {after}, first: 100) {{ position more nodes {{ {EVENT} }} }} }}", principal)["data"]["events"]
        nodes += page["nodes"]
        after, more = page["position"], page["more"]
    return PLACED.sub(r'"\1":0', orjson.dumps(nodes, default=str).decode())


@pytest.mark.parametrize("principal", BESIDE, ids=lambda each: f"{each.role}{len(each.actions)}")
def test_what_is_elsewhere_or_sealed_is_as_if_it_had_never_been(whole: City, near_alone: City, principal: Principal) -> None:
    for _, text in ALL:
        assert told(whole, text, principal) == told(near_alone, text, principal), text
    assert fed(whole, principal) == fed(near_alone, principal)


def versions(city: City, principal: Principal) -> dict[str, int]:
    lists = ["alarms", "orders", "units", "cases"]
    answers = [city.answer(f"{{ {name}(first: 100) {{ nodes {{ id version }} }} }}", principal)["data"] or {} for name in lists]
    return {node["id"]: node["version"] for answer in answers for found in answer.values() for node in found["nodes"]}


@pytest.mark.parametrize("principal", [*BESIDE, *ABOVE], ids=lambda each: f"{each.role}{len(each.actions)}")
def test_versions_are_the_same_but_for_the_alarm_that_led_to_the_sealed_case(
    whole: City, near_alone: City, unsealed: City, principal: Principal
) -> None:
    one, other = versions(whole, principal), versions(near_alone if principal in BESIDE else unsealed, principal)
    assert one.keys() == other.keys()
    led = f"alarm_{named('near', 'waiting alarm').hex}"
    assert {id for id, version in one.items() if other[id] != version} == {led} & one.keys()


@pytest.mark.parametrize("principal", ABOVE, ids=lambda each: f"{each.role}{len(each.actions)}")
def test_what_is_sealed_is_as_if_it_had_never_been(whole: City, unsealed: City, principal: Principal) -> None:
    for _, text in ALL:
        assert told(whole, text, principal) == told(unsealed, text, principal), text
    assert fed(whole, principal) == fed(unsealed, principal)


def linking(alarm: str, number: CameraId, version: int | None) -> str:
    given = f'commandId: "{named("nobody", "command")}", alarm: "alarm_{named(alarm, "waiting alarm").hex}", camera: "{number}"'
    expected = "null" if version is None else version
    return f"mutation {{ linkCamera(input: {{{given}, expectedVersion: {expected}}}) {{ __typename ... on Refusal {{ code field }} }} }}"


@pytest.mark.parametrize("principal", BESIDE, ids=lambda each: f"{each.role}{len(each.actions)}")
def test_a_number_that_a_command_names_tells_nothing_of_a_camera_elsewhere(whole: City, near_alone: City, principal: Principal) -> None:
    for alarm, version in product(("near", "far"), (None, 10_000)):
        text = linking(alarm, camera_of(FAR), version)
        assert told(whole, text, principal) == told(near_alone, text, principal), text


def test_who_sees_a_camera_may_name_it(whole: City) -> None:
    """And is then told what else is wrong."""
    answers = [whole.answer(linking("near", camera_of(station), 10_000), DISPATCHER)["data"]["linkCamera"] for station in (NEAR, FAR)]
    assert answers == [
        {"__typename": "VersionConflict", "code": "VERSION_CONFLICT", "field": "expectedVersion"},
        {"__typename": "NotFound", "code": "CAMERA_NOT_REGISTERED", "field": "camera"},
    ]


def test_the_cities_do_differ_in_each_of_these_questions(whole: City, near_alone: City, unsealed: City) -> None:
    """Whoever may see everything sees it, so that the tests above compare something."""
    assert alike(whole, near_alone) == {*PUBLIC, *OF_EVERYBODY, *OWN}
    assert alike(whole, unsealed) == {*PUBLIC, *OF_EVERYBODY, *OWN, *OF_NO_CASE}


def alike(one: City, other: City) -> set[str]:
    differing = {query for query, text in ALL if told(one, text, OWNER) != told(other, text, OWNER)}
    return {query for query, _ in ALL} - differing


def test_every_field_that_leads_to_data_is_asked_for(whole: City) -> None:
    """A type or field that comes to be is compared as well, or this says that it is not."""
    things = {
        name: f'(id: "{next(id for kind, id in ids("near", "far") if THINGS[kind] == name)}")' for name in dict.fromkeys(THINGS.values())
    }
    case = dict(ids("near"))["case"]
    extra = {"node": f'(id: "{case}")', "nodes": f'(ids: ["{case}"])'}
    for several, one in PUBLIC.items():
        found = whole.answer(f"{{ {several} {{ nodes {{ id }} }} }}", OWNER)["data"][several]["nodes"]
        extra[one] = f'(id: "{found[0]["id"]}")'
    extra["safetySurvey"] = f'(id: "survey_{named("everybody", "survey").hex}")'
    positions = POSITIONS | {"unitTrack": f'(unit: "{named("near", "unit")}", {TRACK})'}
    asked = list(documents(FIGURES | STAFFING | LISTS | PLANS | PLACES | FEED | OWN | things | extra | positions, places=True))
    for each in asked:
        answer = whole.answer(each.text, OWNER)
        assert "errors" not in answer, (each.text, answer["errors"])
    queries = {each.query for each in asked}
    assert SCHEMA.query_type is not None
    assert queries | ELSEWHERE == set(SCHEMA.query_type.fields)
    assert {pair for each in asked for pair in each.pairs} == reachable(queries)


SUBSCRIPTIONS = {
    "events": "subscription { events(after: 0) { type thing version data by effectiveAt } }",
    "alarmChanged": "subscription { alarmChanged(after: 0) { event { type thing data } alarm { id state summary reports } } }",
    "orderChanged": "subscription { orderChanged(after: 0) { event { type thing data } order { id state } } }",
    "orderEscalated": "subscription { orderEscalated(after: 0) { event { type thing } order { id } } }",
}


class Ear:
    """Hears all there is to hear up to the log's end."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def hear(self, position: int, message: str) -> None:  # noqa: ARG002 - the port's signature
        self.heard.append(PLACED.sub(r'"\1":0', message))

    async def room(self) -> None:
        """There is always room."""


async def listened(city: City, text: str, principal: Principal) -> list[str]:
    question, ear = Asked(text, {}, None), Ear()
    document = city.graphql.documents.asked(question, free=True).planned.node
    subscription = await city.telling.subscribe(document, question, principal, ear)
    head = await city.tocsin.feed.head()
    while subscription.position < head:  # noqa: ASYNC110 - there is nothing to wait for that would tell
        await asyncio.sleep(0)
    subscription.end()
    return ear.heard


def heard(city: City, principal: Principal) -> dict[str, list[str]]:
    cases = [id for kind, id in ids("near", "far", "sealed") if kind == "case"]
    texts = SUBSCRIPTIONS | {
        id: f'subscription {{ caseChanged(id: "{id}", after: 0) {{ event {{ type data }} case {{ number }} }} }}' for id in cases
    }
    return {name: city.run(listened(city, text, principal)) for name, text in texts.items()}


@pytest.mark.parametrize("principal", BESIDE, ids=lambda each: f"{each.role}{len(each.actions)}")
def test_nothing_is_heard_of_what_is_elsewhere_or_sealed(whole: City, near_alone: City, principal: Principal) -> None:
    assert heard(whole, principal) == heard(near_alone, principal)


@pytest.mark.parametrize("principal", ABOVE, ids=lambda each: f"{each.role}{len(each.actions)}")
def test_nothing_is_heard_of_what_is_sealed(whole: City, unsealed: City, principal: Principal) -> None:
    assert heard(whole, principal) == heard(unsealed, principal)


def test_whoever_may_hear_everything_hears_it(whole: City, near_alone: City) -> None:
    all, some = heard(whole, OWNER), heard(near_alone, OWNER)
    assert all["events"] != some["events"]
    assert all["alarmChanged"] != some["alarmChanged"]
    assert [name for name, messages in all.items() if not messages] == ["orderEscalated"]
