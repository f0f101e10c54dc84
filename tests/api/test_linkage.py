"""Linkage over HTTP: what the reactor finds for a signal, what is told of it, and who is told the rates."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from application.identity import Role
from tests.api.serving import CITY, STATIONS, Client, Served, new_id, served, told
from tests.live.clients import listening

PLACE = {"longitude": 106.55, "latitude": 29.56}
CAMERA = "50010300001320000001"
SIGNAL = "mutation ($input: SignalInput!) { signal(input: $input) { ... on SignalPayload { alarmId } } }"
SHOWN = """query ($id: AlarmId!) { alarm(id: $id) { videoFinding proposedResult proposedResultLabel(lang: EN)
    linkedCameras { gb28181Id reason reasonLabel(lang: EN) distance online }
    verifications { post { id } choice state cameras finding verifiedBy } recommendations { recommended } } }"""
POST, UNIT = new_id(), new_id()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("linkage")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        owner, now = running.client("owner"), datetime.now(UTC)
        where = {"division": "500103", "station": STATIONS[0], "place": PLACE}
        device = {"number": "D-1", "kind": "INTRUSION", "owner": "bank", **where}
        camera = {"gb28181Id": CAMERA, "sector": "BANK", "owner": "bank", "builder": "SOCIAL", "range": 80, **where}
        post = {"number": "M-1", "nameEn": "room", "nameZh": "监控室", "level": "STATION", "staffed24h": False, "validFrom": "2020-01-01"}
        until = (now + timedelta(hours=8)).isoformat()
        shift, roster = {"officer": "owner", "startsAt": now.isoformat(), "endsAt": until}, new_id()
        duty = {"roster": roster, "post": POST, "startsAt": now.isoformat(), "endsAt": until, "shifts": [shift]}
        for mutation, given in (
            ("registerTechAlarmDevice", {"device": new_id(), **device}),
            ("registerCamera", {"camera": new_id(), **camera}),
            ("establishMonitoringPost", {"post": POST, **post, "station": STATIONS[0], "division": "500103"}),
            ("publishDutyRoster", duty),
            ("signOnShift", {"roster": roster, "shift": 0}),
            ("registerUnit", {"unit": UNIT, "callSign": "YZ-1", "kind": "CAR", "station": STATIONS[0]}),
            ("signOnUnit", {"unit": UNIT}),
        ):
            assert owner.do(mutation, **given)["__typename"].endswith("Payload"), mutation
        yield running


def linked(client: Client) -> tuple[str, dict[str, Any]]:
    """A signal, and the alarm once everything was found."""
    id = client.ask(SIGNAL, input={"device": "D-1", "externalId": new_id(), "zone": 1})["signal"]["alarmId"]
    deadline = time.monotonic() + 10
    while True:
        alarm: dict[str, Any] = client.ask(SHOWN, id=id)["alarm"]
        if alarm["verifications"] and alarm["recommendations"]:
            return id, alarm
        assert time.monotonic() < deadline, alarm
        time.sleep(0.05)


def test_a_signal_finds_cameras_the_post_and_a_unit_and_what_is_false_is_proposed(city: Served) -> None:
    owner = city.client("owner")
    id, alarm = linked(owner)
    assert alarm["linkedCameras"] == [
        {"gb28181Id": CAMERA, "reason": "ALL_ROUND", "reasonLabel": "It sees all round", "distance": 0.0, "online": False}
    ]
    (asked,) = alarm["verifications"]
    assert (asked["post"]["id"], asked["choice"], asked["state"], asked["cameras"]) == (told("post", POST), "STATION", "WAITING", [CAMERA])
    watcher = city.client("w", Role.VIDEO_OFFICE, STATIONS[0])  # type: ignore[arg-type]  # a code
    assert watcher.do("verifyByVideo", alarm=id, post=POST, finding="FALSE", camera=CAMERA)["position"]
    seen = owner.ask(SHOWN, id=id)["alarm"]
    assert (seen["videoFinding"], seen["proposedResult"], seen["proposedResultLabel"]) == ("FALSE", "UNFOUNDED", "Unfounded")
    assert [(each["state"], each["finding"], each["verifiedBy"]) for each in seen["verifications"]] == [("VERIFIED", "FALSE", "w")]


def test_the_post_that_is_asked_hears_of_it(city: Served) -> None:
    owner = city.client("owner")
    id, _ = linked(owner)
    owner.do("recordAlarmResult", alarm=id, result="HANDLED")
    owner.do("closeAlarm", alarm=id)
    text = """subscription ($post: PostId!, $after: Position) {
        verificationRequested(post: $post, after: $after) { event { type } alarm { id } } }"""
    with listening(city.address, owner.token) as ear:
        ear.subscribe(text, "theirs", post=new_id(), after=0)
        ear.subscribe(text, "its own", post=POST, after=0)
        heard = ear.next("its own")
        while heard["alarm"]["id"] != id:
            heard = ear.next("its own")
    assert heard["event"] == {"type": "VideoVerificationRequested"}


def test_rates_are_told_to_those_who_count_exactly(city: Served) -> None:
    today = datetime.now(city.tocsin.settings.zone).date().isoformat()
    period = f'period: {{from: "{today}", to: "{today}"}}, showSmall: true'
    text = f"""{{ linkageRate({period}) {{ linked placed percent position }} verifiedByVideoRate({period}) {{ verified linked }}
        falseAlarmRate({period}, by: DEVICE) {{ device {{ number }} unfounded resulted pending percent }} }}"""
    found = city.client("owner").ask(text)
    assert found["linkageRate"]["linked"] == found["linkageRate"]["placed"] >= 1
    assert [each["device"]["number"] for each in found["falseAlarmRate"]] == ["D-1"]
    outside = city.client("g", Role.GOVERNANCE_OFFICE, CITY)
    assert outside.error(f"{{ linkageRate({period}) {{ linked }} }}")["extensions"]["code"] == "NOT_YOURS"
