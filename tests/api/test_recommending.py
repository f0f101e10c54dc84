"""Recommendations over HTTP: who may ask for one, what it says, and that it is asked for once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from application.identity import Role
from tests.api.serving import STATIONS, Client, Served, new_id, served, told

NEAR, FAR, ELSEWHERE = new_id(), new_id(), new_id()
SHOWN = """recommendation { id wanted capabilities recommended place { longitude } overriddenBy { id } overrideReason recommendedBy
    ranking { unit fit reasons travelSeconds distance positionAge } shortfall { reason reasonLabel(lang: EN) units } }"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("recommending")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        owner = running.client("owner")
        for unit, station, longitude in ((NEAR, 0, 106.551), (FAR, 0, 106.56), (ELSEWHERE, 1, 106.55)):
            given = {"callSign": unit[-4:], "kind": "CAR", "station": STATIONS[station], "capabilities": ["ARMED"]}
            assert owner.do("registerUnit", unit=unit, **given)["position"]
            assert owner.do("signOnUnit", unit=unit)["position"]
            fix = {"unit": unit, "place": {"longitude": longitude, "latitude": 29.56}, "at": datetime.now(UTC).isoformat()}
            owner.ask("mutation ($input: ReportPositionsInput!) { reportPositions(input: $input) { __typename } }", input={"fixes": [fix]})
        yield running


def opened(client: Client, **place: float) -> str:
    alarm = new_id()
    given = {"report": new_id(), "source": "CALL_110", "kind": "ALARM", "division": "500103", "station": STATIONS[0]}
    assert client.do("openAlarm", alarm=alarm, place=place or {"longitude": 106.55, "latitude": 29.56}, **given)["position"]
    return alarm


def recommend(client: Client, alarm: str, **given: Any) -> dict[str, Any]:
    return client.do("recommendUnits", SHOWN, **{"alarm": alarm, "recommendation": new_id(), **given})


def test_units_of_ones_own_are_ranked_and_others_are_not_there(city: Served) -> None:
    dispatcher = city.client("d", Role.DISPATCHER, STATIONS[0])  # type: ignore[arg-type]  # a code
    found = recommend(dispatcher, opened(dispatcher), wanted=3, capabilities=["ARMED"])["recommendation"]
    assert [each["unit"] for each in found["ranking"]] == [told("unit", NEAR), told("unit", FAR)]
    assert [each["fit"] for each in found["ranking"]] == [True, True]
    assert found["ranking"][0]["travelSeconds"] == pytest.approx(found["ranking"][0]["distance"] / 40 * 3.6)
    assert found["recommended"] == [told("unit", NEAR), told("unit", FAR)]
    assert (found["recommendedBy"], found["shortfall"]) == ("d", [])


def test_what_is_missing_is_said(city: Served) -> None:
    owner = city.client("owner")
    found = recommend(owner, opened(owner), capabilities=["DIVER"])["recommendation"]
    assert found["recommended"] == []
    assert found["shortfall"] == [{"reason": "LACKS_CAPABILITY", "reasonLabel": "Lacks a capability", "units": 3}]
    stations = recommend(owner, opened(owner), stations=[STATIONS[0]])["recommendation"]
    assert [each["reasons"] for each in stations["ranking"]] == [[], [], ["OUTSIDE"]]


def test_another_choice_is_on_record_with_its_reason(city: Served) -> None:
    owner = city.client("owner")
    alarm, order = opened(owner), new_id()
    id = recommend(owner, alarm, stations=[STATIONS[0]])["recommendation"]["id"]
    refused = owner.do("sendOrder", order=order, alarm=alarm, unit=FAR)
    assert (refused["code"], refused["field"]) == ("OVERRIDE_NEEDS_REASON", "overrideReason")
    sent = owner.do("sendOrder", order=order, alarm=alarm, unit=FAR, overrideReason="knows the house")
    text = "query ($id: AlarmId!, $at: Position) { alarm(id: $id, atLeast: $at) { recommendations { id overriddenById overrideReason } } }"
    (found,) = owner.ask(text, id=alarm, at=sent["position"])["alarm"]["recommendations"]
    assert found == {"id": id, "overriddenById": told("order", order), "overrideReason": "knows the house"}
    owner.do("cancelOrder", order=order, alarm=alarm, unit=FAR, reason="done")


def test_a_repeated_request_is_answered_like_the_first_although_units_have_moved(city: Served) -> None:
    owner, command = city.client("owner"), str(uuid4())
    alarm, recommendation = opened(owner), new_id()
    first = recommend(owner, alarm, recommendation=recommendation, command=command)
    owner.do("changeUnitStatus", unit=ELSEWHERE, status="OUT_OF_SERVICE")
    again = recommend(owner, alarm, recommendation=recommendation, command=command)
    owner.do("changeUnitStatus", unit=ELSEWHERE, status="AVAILABLE")
    assert again == {**first, "repeated": True}


def test_who_may_not_dispatch_is_not_told_and_wrong_values_are_refused(city: Served) -> None:
    owner = city.client("owner")
    alarm = opened(owner)
    intake = city.client("i", Role.INTAKE, STATIONS[0])  # type: ignore[arg-type]  # a code
    assert recommend(intake, alarm)["code"] == "NOT_YOURS"
    elsewhere = city.client("e", Role.DISPATCHER, STATIONS[1])  # type: ignore[arg-type]  # a code
    assert recommend(elsewhere, alarm)["code"] == "NOT_FOUND"
    assert recommend(owner, alarm, wanted=0)["code"] == "TOO_FEW_WANTED"
    assert recommend(owner, new_id())["code"] == "NOT_FOUND"
