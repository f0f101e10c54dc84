"""Cameras through the API: each is told of those within reach, and only the video office keeps the registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from application.identity import Principal, Role
from domain.ids import OfficerId, OrganisationId
from domain.jurisdiction.events import KeyAction
from tests.access.twins import FAR, NEAR, NOW, City, named

ASKED = """{ cameraCounts(by: OWNER, asOf: "2026-03-20") { key count total share }
    early: cameraCounts(by: OWNER, asOf: "2020-01-01") { key }
    cameraAcceptance { standard standardVersion accepted total }
    camerasSeeing(place: {longitude: 106.5504, latitude: 29.56}) { distance reason online camera { owner fault } } }"""
REGISTER = """mutation($input: RegisterCameraInput!) { registerCamera(input: $input) { __typename ... on Refusal { code field } } }"""
ACCEPT = """mutation($input: AcceptCameraInput!) { acceptCamera(input: $input) { __typename ... on Refusal { code } } }"""
NEAR_OWNERS = ["near bank", "near traffic police"]
MOVE = """mutation($input: MoveCameraInput!) { moveCamera(input: $input) { __typename ... on Refusal { code } } }"""
HEALTH = """mutation($input: ReportCameraHealthInput!) { reportCameraHealth(input: $input) { ... on ReportCameraHealthPayload {
    answers { camera refusal { code field } } } ... on Refusal { code } } }"""
SUSPEND = """mutation($input: SuspendCameraInput!) { suspendCamera(input: $input) { __typename ... on Refusal { code } } }"""


def who(role: Role, home: str) -> Principal:
    return Principal(OfficerId(f"some {role}"), OrganisationId(home), role, reach=(OrganisationId(home),))


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    city = City(tmp_path_factory.mktemp("city"), ())
    yield city
    city.close()


def told(city: City, principal: Principal) -> Any:
    answer = city.answer(ASKED, principal)
    assert "errors" not in answer
    return answer["data"]


@pytest.mark.parametrize("role", [Role.VIDEO_OFFICE, Role.DISPATCHER, Role.INVESTIGATOR, Role.STATION_HEAD])
def test_who_works_with_cameras_is_told_of_those_within_reach(city: City, role: Role):
    found = told(city, who(role, NEAR))
    assert [(each["key"], each["count"], each["share"]) for each in found["cameraCounts"]] == [(owner, 1, 0.5) for owner in NEAR_OWNERS]
    assert found["early"] == []
    assert found["cameraAcceptance"] == [{"standard": "near standard", "standardVersion": "2006", "accepted": 1, "total": 2}]
    (seen,) = found["camerasSeeing"]
    assert 38 < seen.pop("distance") < 40
    assert seen == {"reason": "IN_SECTOR", "online": True, "camera": {"owner": "near bank", "fault": "near fault"}}


def test_the_governance_office_counts_every_camera_and_sees_none(city: City):
    found = told(city, who(Role.GOVERNANCE_OFFICE, "CQ"))
    owners = ["far bank", "far traffic police", *NEAR_OWNERS]
    assert [(each["key"], each["count"], each["total"]) for each in found["cameraCounts"]] == [(owner, 1, 4) for owner in owners]
    assert found["camerasSeeing"] == []


def registered(station: str) -> dict[str, Any]:
    where = {"division": "500103", "station": station, "place": {"longitude": 106.5, "latitude": 29.5}, "range": 50}
    what = {"gb28181Id": "50010300001310000009", "sector": "SCHOOL", "owner": "S-7", "builder": "POLICE"}
    return {"commandId": str(uuid4()), "camera": str(uuid4()), **what, **where}


@pytest.mark.parametrize(
    ("role", "station", "answer"),
    [
        (Role.STATION_HEAD, NEAR, {"__typename": "OutsideJurisdiction", "code": "NOT_YOURS", "field": None}),
        (Role.INVESTIGATOR, NEAR, {"__typename": "OutsideJurisdiction", "code": "NOT_YOURS", "field": None}),
        (Role.VIDEO_OFFICE, FAR, {"__typename": "OutsideJurisdiction", "code": "NOT_YOURS", "field": None}),
        (Role.VIDEO_OFFICE, NEAR, {"__typename": "RegisterCameraPayload"}),
    ],
)
def test_the_video_office_registers_cameras_within_its_reach(city: City, role: Role, station: str, answer: dict[str, Any]):
    found = city.answer(REGISTER, who(role, NEAR), input=registered(station))
    assert found["data"]["registerCamera"] == answer


@pytest.mark.parametrize(
    ("role", "of", "accepted", "suspended"),
    [
        (Role.DISPATCHER, "near", "OutsideJurisdiction", "OutsideJurisdiction"),
        (Role.VIDEO_OFFICE, "far", "NotFound", "NotFound"),
        (Role.STATION_HEAD, "near", "OutsideJurisdiction", "SuspendCameraPayload"),
    ],
)
def test_heads_change_cameras_and_do_not_accept_them(city: City, role: Role, of: str, accepted: str, suspended: str):
    camera = {"camera": str(named(of, "camera"))}
    accept = {**camera, "commandId": str(uuid4()), "standard": "DB50/216", "standardVersion": "2010"}
    suspend = {**camera, "commandId": str(uuid4()), "reason": "works"}
    assert city.answer(ACCEPT, who(role, NEAR), input=accept)["data"]["acceptCamera"]["__typename"] == accepted
    assert city.answer(SUSPEND, who(role, NEAR), input=suspend)["data"]["suspendCamera"]["__typename"] == suspended


@pytest.mark.parametrize(("to", "answer"), [(FAR, "OutsideJurisdiction"), (NEAR, "MoveCameraPayload")])
def test_nobody_moves_a_camera_to_a_station_outside_their_reach(city: City, to: str, answer: str):
    given = {"camera": str(named("near", "traffic camera")), "place": {"longitude": 106.56, "latitude": 29.57}, "range": 90, "station": to}
    found = city.answer(MOVE, who(Role.VIDEO_OFFICE, NEAR), input={"commandId": str(uuid4()), **given})
    assert found["data"]["moveCamera"]["__typename"] == answer


def key(*actions: KeyAction) -> Principal:
    at = OrganisationId(NEAR)
    return Principal(OfficerId("platform"), at, Role.INTEGRATION, reach=(at,), actions=frozenset(actions))


def reported(city: City, asking: Principal, *reports: dict[str, Any]) -> Any:
    given = [{"camera": "50010300001320000099", "at": NOW.isoformat(), **each} for each in reports]
    return city.answer(HEALTH, asking, input={"reports": given})["data"]["reportCameraHealth"]


def codes(found: Any) -> list[str | None]:
    return [each["refusal"] and each["refusal"]["code"] for each in found["answers"]]


def test_a_key_for_it_tells_how_cameras_are_doing_each_by_itself(city: City):
    reports = [
        {"health": "OFFLINE"},
        {"fault": "no signal"},
        {"fault": "no signal still"},
        {"health": "ONLINE", "repaired": True},
        {"camera": "50010300001320000199", "health": "ONLINE"},
        {"camera": "50010300001320000777", "health": "ONLINE"},
    ]
    first = codes(reported(city, key(KeyAction.CAMERA_HEALTH), *reports))
    assert first == [None, None, "FAULT_IS_OPEN", "REPORT_SAYS_ONE_THING", "NOT_FOUND", "NOT_FOUND"], "what is far is not there"
    assert codes(reported(city, key(KeyAction.CAMERA_HEALTH), *reports[:2])) == [None, None], "again, it was done before"
    assert codes(reported(city, key(KeyAction.CAMERA_HEALTH), {"repaired": True})) == [None]


@pytest.mark.parametrize(("actions", "code"), [((KeyAction.READ,), "NOT_YOURS"), ((KeyAction.CASEWORK,), "NOT_FOUND")])
def test_another_key_tells_nothing_of_cameras(city: City, actions: tuple[KeyAction, ...], code: str):
    assert codes(reported(city, key(*actions), {"health": "DEGRADED"})) == [code]


def test_nothing_and_too_much_are_told_as_such(city: City):
    assert reported(city, key(KeyAction.CAMERA_HEALTH)) == {"code": "TOO_MANY_REPORTS"}
    assert reported(city, key(KeyAction.CAMERA_HEALTH), *[{"health": "ONLINE"}] * 301) == {"code": "TOO_MANY_REPORTS"}
