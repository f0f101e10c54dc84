"""Subscriptions over WebSockets, asked of a real server over both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from infrastructure.database import Database
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.api.serving import FOUNDED, Client, Served, new_id, served
from tests.live.clients import Listening, listening, stream

ALARM = """subscription ($scope: AlarmScope, $after: Position) {
  alarmChanged(scope: $scope, after: $after) { position event { type } alarm { id station: stationId state } } }"""
CASE = "subscription ($case: CaseId!, $after: Position) { caseChanged(id: $case, after: $after) { event { type } case { id state } } }"
ORDER = """subscription ($unit: UnitId, $after: Position) {
  orderChanged(unit: $unit, after: $after) { event { type thing } order { unit: unitId } } }"""


@pytest.fixture
def city(database_url: str, tmp_path: Path) -> Iterator[Served]:
    if database_url.startswith("postgresql"):
        database = Database.open(database_url)
        install(database, catalogue(Settings().zone))
        database.close()
    with served(database_url, tmp_path) as running:
        yield running


@pytest.fixture
def zhang(city: Served) -> Client:
    return city.client("zhang")


@pytest.fixture
def ear(city: Served, zhang: Client) -> Iterator[Listening]:
    with listening(city.address, zhang.token) as client:
        yield client


def same(shown: str, id: str) -> bool:
    """Things' ids are told with their kind in front."""
    return shown.partition("_")[2] == id.replace("-", "")


def raise_alarm(client: Client, station: str = "CQ-YZ-01") -> str:
    id = new_id()
    done = client.do("openAlarm", alarm=id, report=new_id(), source="CALL_110", kind="ALARM", division="500103", station=station)
    assert done["__typename"] == "OpenAlarmPayload", done
    return id


# --- What is told -------------------------------------------------------------------------------------------------------


def test_what_happens_is_told_with_its_position(ear: Listening, zhang: Client) -> None:
    ear.subscribe(after=FOUNDED)
    raise_alarm(zhang)
    assert [(each["position"], each["type"]) for each in ear.some(2)] == [(FOUNDED + 1, "AlarmOpened"), (FOUNDED + 2, "ReportReceived")]
    raise_alarm(zhang)
    assert [(each["position"], each["type"]) for each in ear.some(2)] == [(FOUNDED + 3, "AlarmOpened"), (FOUNDED + 4, "ReportReceived")]


def test_a_position_replays_what_follows_it_and_goes_on_from_there(ear: Listening, zhang: Client) -> None:
    for _ in range(5):
        raise_alarm(zhang)
    ear.subscribe(after=FOUNDED + 3)
    assert [each["position"] for each in ear.some(7)] == list(range(FOUNDED + 4, FOUNDED + 11))
    raise_alarm(zhang)
    assert [each["position"] for each in ear.some(2)] == [FOUNDED + 11, FOUNDED + 12]


def test_types_are_chosen(ear: Listening, zhang: Client) -> None:
    raise_alarm(zhang)
    ear.subscribe(after=0, types=["ReportReceived"])
    raise_alarm(zhang)
    assert [each["position"] for each in ear.some(2)] == [FOUNDED + 2, FOUNDED + 4]


def test_an_alarm_is_told_to_who_looks_at_its_station_and_once_more_as_it_leaves(ear: Listening, zhang: Client) -> None:
    here, there = raise_alarm(zhang, "CQ-YZ-01"), raise_alarm(zhang, "CQ-YZ-02")
    ear.subscribe(ALARM, scope={"stations": ["CQ-YZ-02"]}, after=0)
    assert all(same(ear.next()["alarm"]["id"], there) for _ in range(2))
    place: dict[str, Any] = {"place": {"longitude": 106.5, "latitude": 29.5}, "division": "500103"}
    zhang.do("resolveAlarmLocation", alarm=here, station="CQ-YZ-02", **place)
    arrived = ear.next()["alarm"]
    assert (same(arrived["id"], here), arrived["station"], arrived["state"]) == (True, "CQ-YZ-02", "RECEIVED")
    zhang.do("resolveAlarmLocation", alarm=there, station="CQ-YZ-01", **place)
    assert same(ear.next()["alarm"]["id"], there)
    zhang.do("triageAlarm", alarm=there, alarmType="THEFT", priority="2")
    zhang.do("triageAlarm", alarm=here, alarmType="THEFT", priority="2")
    told = ear.next()
    assert same(told["alarm"]["id"], here), "what has left is told no more"
    with stream(f"{zhang.address}", zhang.token, ALARM, scope={"stations": ["CQ-YZ-02"]}, after=0) as replayed:
        positions = [next(replayed)["data"]["data"]["alarmChanged"]["position"] for _ in range(5)]
    assert positions == [FOUNDED + 3, FOUNDED + 4, FOUNDED + 5, FOUNDED + 6, told["position"]], "a replay finds what was found then"


def test_one_case_is_followed(ear: Listening, zhang: Client) -> None:
    case, other = new_id(), new_id()
    raise_alarm(zhang)
    for number, id in (("A-1", case), ("A-2", other)):
        given: dict[str, Any] = {"number": number, "division": "500103", "station": "CQ-YZ-01", "offences": [{"type": "THEFT"}]}
        assert zhang.do("registerCase", case=id, **given)["__typename"] == "RegisterCasePayload"
    ear.subscribe(CASE, case=case, after=0)
    zhang.do("acceptCase", case=other)
    zhang.do("acceptCase", case=case)
    told = ear.some(2)
    assert [each["event"]["type"] for each in told] == ["ReportRegistered", "CaseAccepted"]
    assert same(told[1]["case"]["id"], case)
    assert told[1]["case"]["state"] == "ACCEPTED"


def test_orders_are_told_to_who_follows_their_unit(ear: Listening, zhang: Client) -> None:
    first, second = new_id(), new_id()
    for unit, sign in ((first, "N-1"), (second, "N-2")):
        zhang.do("registerUnit", unit=unit, callSign=sign, kind="PATROL", station="CQ-YZ-01")
        zhang.do("signOnUnit", unit=unit)
    orders = {unit: new_id() for unit in (first, second)}
    ear.subscribe(ORDER, unit=second, after=0)
    for unit, order in orders.items():
        done = zhang.do("sendOrder", alarm=raise_alarm(zhang), order=order, unit=unit)
        assert done["__typename"] == "SendOrderPayload", done
    for order in orders.values():
        zhang.do("acknowledgeOrder", order=order)
    told = ear.some(2)
    assert [each["event"] for each in told] == [{"type": kind, "thing": orders[second]} for kind in ("UnitOrdered", "OrderAcknowledged")]
    assert same(told[1]["order"]["unit"], second)
