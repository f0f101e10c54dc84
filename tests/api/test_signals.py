"""Signals over HTTP: which keys may tell, what is answered, and that a repeat is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from infrastructure.identity.keys import new_key
from tests.api.serving import STATIONS, Client, Served, new_id, served

SIGNAL = """mutation ($input: SignalInput!) { signal(input: $input) { __typename
    ... on SignalPayload { position repeated opened deviceKnown alarmId alarm { source test device { number } zone station { code }
        reportsReceived { device zone externalId } } }
    ... on Refusal { code } } }"""
PLACE = {"longitude": 106.55, "latitude": 29.56}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("signals")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        owner = running.client("owner")
        for number, station in (("D-1", STATIONS[0]), ("D-2", STATIONS[1])):
            given = {"kind": "INTRUSION", "owner": "bank", "division": "500103", "station": station, "place": PLACE}
            assert owner.do("registerTechAlarmDevice", device=new_id(), number=number, **given)["position"]
        yield running


def holder(city: Served, *actions: str) -> Client:
    made, until = new_key(), datetime.now(UTC) + timedelta(days=30)
    given = {"prefix": made.prefix, "digest": made.digest, "label": "centre", "organisations": [STATIONS[0]]}
    done = city.client("owner").do("issueApiKey", key=new_id(), actions=list(actions), expiresAt=until.isoformat(), **given)
    assert done["position"]
    return replace(city.client("owner"), token=made.text)


def tell(client: Client, device: str, message: str, zone: int | None = 3, at: str = "2024-05-01T08:30:00Z") -> dict[str, Any]:
    given = {"device": device, "externalId": message, "zone": zone, "deviceAt": at}
    answer: dict[str, Any] = client.ask(SIGNAL, input=given)["signal"]
    return answer


def test_a_key_for_signals_tells_and_reads_nothing(city: Served) -> None:
    found = tell(holder(city, "SIGNAL"), "D-1", "m-1")
    assert (found["opened"], found["deviceKnown"], found["repeated"], found["alarm"]) == (True, True, False, None)
    alarm = city.client("owner").ask("query ($id: AlarmId!) { alarm(id: $id) { source zone device { number } } }", id=found["alarmId"])
    assert alarm["alarm"] == {"source": "TECH_ALARM", "zone": 3, "device": {"number": "D-1"}}


def test_a_key_that_reads_is_shown_the_alarm(city: Served) -> None:
    found = tell(holder(city, "SIGNAL", "READ"), "D-1", "m-2", zone=8)
    reports = [{"device": "D-1", "zone": 8, "externalId": "m-2"}]
    shown = {"source": "TECH_ALARM", "test": False, "device": {"number": "D-1"}, "zone": 8, "station": {"code": STATIONS[0]}}
    assert found["alarm"] == {**shown, "reportsReceived": reports}


def test_a_repeat_is_answered_like_the_first_and_a_new_count_is_none(city: Served) -> None:
    centre = holder(city, "SIGNAL")
    first = tell(centre, "D-1", "m-3", zone=9)
    assert tell(centre, "D-1", "m-3", zone=9) == {**first, "repeated": True}
    later = tell(centre, "D-1", "m-3", zone=9, at="2024-05-01T09:30:00Z")
    assert (later["repeated"], later["opened"], later["alarmId"]) == (False, False, first["alarmId"])


@pytest.mark.parametrize("device", ["D-9", "D-2", "13912345678", ""])
def test_what_is_not_known_where_the_key_reaches_opens_an_alarm_at_its_organisation(city: Served, device: str) -> None:
    found = tell(holder(city, "SIGNAL", "READ"), device, "m-4")
    assert (found["opened"], found["deviceKnown"], found["alarm"]["device"]) == (True, False, None)
    assert found["alarm"]["station"] == {"code": STATIONS[0]}
    assert found["alarm"]["reportsReceived"] == [{"device": device, "zone": 3, "externalId": "m-4"}]


def test_a_key_for_something_else_tells_nothing(city: Served) -> None:
    assert tell(holder(city, "READ", "INTAKE"), "D-1", "m-5")["code"] == "NOT_YOURS"
