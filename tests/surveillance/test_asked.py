"""Cameras through the API: each is told of those within reach, and only the video office keeps the registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from application.identity import Principal, Role
from domain.ids import OfficerId, OrganisationId
from tests.access.twins import FAR, NEAR, City, named

ASKED = """{ cameraCounts(by: OWNER, asOf: "2026-03-20") { key count total share }
    early: cameraCounts(by: OWNER, asOf: "2020-01-01") { key }
    cameraAcceptance { standard standardVersion accepted total }
    camerasSeeing(place: {longitude: 106.5504, latitude: 29.56}) { distance reason online camera { owner fault } } }"""
REGISTER = """mutation($input: RegisterCameraInput!) { registerCamera(input: $input) { __typename ... on Refusal { code field } } }"""
ACCEPT = """mutation($input: AcceptCameraInput!) { acceptCamera(input: $input) { __typename ... on Refusal { code } } }"""
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
    assert found["cameraCounts"] == [{"key": "near bank", "count": 1, "total": 1, "share": 1.0}]
    assert found["early"] == []
    assert found["cameraAcceptance"] == [{"standard": "near standard", "standardVersion": "2006", "accepted": 1, "total": 1}]
    (seen,) = found["camerasSeeing"]
    assert 38 < seen.pop("distance") < 40
    assert seen == {"reason": "IN_SECTOR", "online": True, "camera": {"owner": "near bank", "fault": "near fault"}}


def test_the_governance_office_counts_every_camera_and_sees_none(city: City):
    found = told(city, who(Role.GOVERNANCE_OFFICE, "CQ"))
    assert [(each["key"], each["count"], each["total"]) for each in found["cameraCounts"]] == [("far bank", 1, 2), ("near bank", 1, 2)]
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
