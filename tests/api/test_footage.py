"""Footage over HTTP: who may approve it, and that no evidence is told before its reading is on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from application.identity import Role
from domain.ids import OrganisationId
from tests.api.serving import STATIONS, Client, Served, new_id, served, told

NEAR, FAR = (OrganisationId(station) for station in STATIONS)
CAMERA, BASIS, ALARM = new_id(), new_id(), new_id()
SIZE = 5_000_000_000
READ = """query ($id: FootageRequestId!, $purpose: String!) {
    footageEvidence(id: $id, purpose: $purpose) { id sha256 byteSize seal there } }"""
STEPS = """query ($id: FootageRequestId!) { footageRequest(id: $id) { state holder retainUntil limit
    camera { gb28181Id } legalBasis { code } steps { kind by reason taker destination } } }"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("footage")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        owner = running.client("owner")
        stands = {"division": "500103", "station": NEAR, "place": {"longitude": 106.55, "latitude": 29.56}, "range": 80}
        given = {"gb28181Id": "50010300001310000001", "sector": "BANK", "owner": "a bank", "builder": "SOCIAL", **stands}
        assert owner.do("registerCamera", camera=CAMERA, **given)["position"]
        decree = {"code": "O-230", "kind": "DECREE", "titleEn": "Order 230", "titleZh": "市政府令第230号", "validFrom": "2009-12-01"}
        assert owner.do("enactLegalBasis", legalBasis=BASIS, **decree)["position"]
        call = {"report": new_id(), "source": "CALL_110", "kind": "ALARM", "division": "500103", "station": NEAR}
        assert owner.do("openAlarm", alarm=ALARM, **call)["position"]
        yield running


def asked(client: Client, **changed: Any) -> tuple[str, dict[str, Any]]:
    id, now = new_id(), datetime.now(UTC)
    span = {"since": (now - timedelta(hours=2)).isoformat(), "until": (now - timedelta(hours=1)).isoformat()}
    given = {"officers": ["li", "wang"], "purpose": "a theft", "neededBy": (now + timedelta(1)).isoformat(), **span}
    named = {"camera": CAMERA, "legalBasis": BASIS, "alarm": ALARM}
    return id, client.do("requestFootage", "footage { state }", footage=id, **{**given, **named, **changed})


def taken(city: Served) -> str:
    li, head = city.client("li", Role.INVESTIGATOR, NEAR), city.client("zhou", Role.STATION_HEAD, NEAR)
    id, answer = asked(li)
    assert answer["footage"]["state"] == "REQUESTED"
    assert head.do("certifyFootage", footage=id, number="C-1")["position"]
    assert li.do("retrieveFootage", footage=id, sha256="a" * 64, byteSize=SIZE)["position"]
    return id


def test_approving_is_for_heads_at_county_level_and_above(city: Served) -> None:
    id, _ = asked(city.client("li", Role.INVESTIGATOR, NEAR))
    refused = city.client("zhou", Role.STATION_HEAD, NEAR).do("approveFootage", footage=id, number="P-1")
    assert refused["code"] == "NOT_YOURS"
    assert city.client("sun", Role.SUB_BUREAU_HEAD, NEAR).do("approveFootage", footage=id, number="P-1")["position"]


def test_whoever_does_not_see_the_camera_asks_for_nothing(city: Served) -> None:
    _, answer = asked(city.client("li", Role.INVESTIGATOR, FAR))
    assert answer["code"] == "NOT_FOUND"


def test_dispatchers_ask_for_no_footage(city: Served) -> None:
    _, answer = asked(city.client("li", Role.DISPATCHER, NEAR))
    assert answer["code"] == "NOT_YOURS"


def test_evidence_is_told_once_its_reading_is_on_record(city: Served) -> None:
    id = taken(city)
    zhao = city.client("zhao", Role.INVESTIGATOR, NEAR)
    found = zhao.ask(READ, id=id, purpose="trial")["footageEvidence"]
    assert found == {"id": told("footage", id), "sha256": "a" * 64, "byteSize": SIZE, "seal": "", "there": True}
    shown = zhao.ask(STEPS, id=id)["footageRequest"]
    assert (shown["state"], shown["holder"], shown["limit"]) == ("RETRIEVED", "li", "setting")
    assert (shown["camera"], shown["legalBasis"]) == ({"gb28181Id": "50010300001310000001"}, {"code": "O-230"})
    assert [step["kind"] for step in shown["steps"]] == ["REQUESTED", "APPROVED", "RETRIEVED", "ACCESSED"]
    assert shown["steps"][-1] == {"kind": "ACCESSED", "by": "zhao", "reason": "trial", "taker": None, "destination": ""}


def test_who_may_not_read_is_told_nothing_and_leaves_no_reading(city: Served) -> None:
    id = taken(city)
    for client in (city.client("qian", Role.DISPATCHER, NEAR), city.client("qian", Role.INVESTIGATOR, FAR)):
        assert client.error(READ, id=id, purpose="trial")["extensions"]["code"] == "NOT_FOUND"
    auditor = city.client("audit", Role.AUDITOR, NEAR)
    assert auditor.error(READ, id=id, purpose="trial")["extensions"]["code"] == "NOT_YOURS"
    assert [step["kind"] for step in auditor.ask(STEPS, id=id)["footageRequest"]["steps"]] == ["REQUESTED", "APPROVED", "RETRIEVED"]


def test_a_reading_has_a_purpose(city: Served) -> None:
    error = city.client("zhao", Role.INVESTIGATOR, NEAR).error(READ, id=taken(city), purpose=" ")
    assert error["extensions"]["code"] == "TEXT_MISSING"
