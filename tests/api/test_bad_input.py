"""What comes in wrong is refused with its field and a sentence in both languages, and nothing that came with it is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.api.serving import Client, Served, new_id, served
from tests.api.test_batches import carried_out, opened

HAN, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{3}")
STATION, OTHER = "CQ-YZ-01", "CQ-YZ-02"
SQUARE = {"type": "Polygon", "coordinates": [[[106.5, 29.5], [106.6, 29.5], [106.6, 29.6], [106.5, 29.6], [106.5, 29.5]]]}
CAMERA, POST, BASIS, UNIT, NEIGHBOUR = (new_id() for _ in range(5))
HERE, THERE = new_id(), new_id()
PLACE = {"longitude": 106.55, "latitude": 29.55}
REPORT = """mutation ($fixes: [FixInput!]!) { reportPositions(input: {fixes: $fixes}) { ... on ReportPositionsPayload {
    answers { at outcome refusal { code message messageZh field } } } } }"""


def command(mutation: str, **given: Any) -> dict[str, Any]:
    return {mutation: {"commandId": new_id(), **given}}


def camera(number: str) -> dict[str, Any]:
    fixed = {"sector": "BANK", "owner": "bank", "builder": "SOCIAL", "division": "500103", "station": STATION, "place": PLACE, "range": 80}
    return command("registerCamera", camera=new_id(), gb28181Id=number, **fixed)


def with_gap() -> dict[str, Any]:
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    spans = ((0, 8), (9, 24))

    def at(hours: int) -> str:
        return (start + timedelta(hours=hours)).isoformat()

    shifts = [{"officer": f"o-{begin}", "startsAt": at(begin), "endsAt": at(end)} for begin, end in spans]
    whole = {"startsAt": at(0), "endsAt": at(24)}
    return command("publishDutyRoster", roster=new_id(), post=POST, shifts=shifts, **whole)


def by_one_officer() -> dict[str, Any]:
    now = datetime.now(UTC)
    span = {"since": (now - timedelta(hours=2)).isoformat(), "until": (now - timedelta(hours=1)).isoformat()}
    asked = {"camera": CAMERA, "officers": ["o-1"], "purpose": "theft", "neededBy": (now + timedelta(days=1)).isoformat(), **span}
    return command("requestFootage", footage=new_id(), alarm=HERE, legalBasis=BASIS, **asked)


BAD = {
    "a number of 19 digits": (lambda: camera("5001030000132000001"), "gb28181Id"),
    "a number of an unknown type": (lambda: camera("50010300001180000001"), "gb28181Id"),
    "a number of a foreign division": (lambda: camera("11010100001320000001"), "gb28181Id"),
    "overlapping boundaries": (lambda: command("setDivisionBoundary", division="500105", area=SQUARE, validFrom="2020-01-01"), "area"),
    "a roster with a gap": (with_gap, "shifts"),
    "a merge across jurisdictions": (lambda: command("mergeAlarm", alarm=HERE, into=THERE, reason="the same"), "into"),
    "a footage request by one officer": (by_one_officer, "officers"),
}


@pytest.fixture(scope="module")
def zhang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder: Path = tmp_path_factory.mktemp("bad")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        yield founded(running)


def founded(running: Served) -> Client:
    client = running.client("zhang")
    room = {"nameEn": "Room", "nameZh": "监控室", "level": "STATION", "station": STATION, "division": "500103"}
    district = {"nameEn": "Jiangbei", "nameZh": "江北区", "level": "COUNTY", "validFrom": "1990-01-01"}
    answers = carried_out(
        client,
        command("establishDivision", division=NEIGHBOUR, code="500105", **district),
        command("setDivisionBoundary", division="500103", area=SQUARE, validFrom="2020-01-01"),
        {"registerCamera": camera("50010300001320000001")["registerCamera"] | {"camera": CAMERA}},
        command("establishMonitoringPost", post=POST, number="P-1", validFrom="2020-01-01", **room),
        command("enactLegalBasis", legalBasis=BASIS, code="O-230", kind="DECREE", titleEn="Order", titleZh="令", validFrom="2009-01-01"),
        command("registerUnit", unit=UNIT, callSign="N-12", kind="CAR", station=STATION),
        opened(HERE),
        opened(THERE, division="500105", station=OTHER),
    )["answers"]
    assert all(each["result"]["__typename"].endswith("Payload") for each in answers), answers
    return client


@pytest.mark.parametrize("what", BAD)
def test_it_is_refused_and_what_came_with_it_is_done(zhang: Client, what: str) -> None:
    make, field = BAD[what]
    before, after = opened(new_id()), opened(new_id())
    first, bad, last = (each["result"] for each in carried_out(zhang, before, make(), after)["answers"])
    assert (first["__typename"], last["__typename"]) == ("OpenAlarmPayload", "OpenAlarmPayload")
    told_why(bad)
    assert bad["field"] == field


def test_a_position_from_the_future_is_refused_and_those_beside_it_are_taken(zhang: Client) -> None:
    now = datetime.now(UTC)
    moments = [now - timedelta(minutes=2), now + timedelta(hours=1), now - timedelta(minutes=1)]
    fixes = [{"unit": UNIT, "place": PLACE, "at": moment.isoformat()} for moment in moments]
    first, bad, last = zhang.ask(REPORT, fixes=fixes)["reportPositions"]["answers"]
    assert first["refusal"] is last["refusal"] is None
    told_why(bad["refusal"])


def told_why(refusal: dict[str, Any]) -> None:
    assert re.fullmatch(r"[A-Z_0-9]+", refusal["code"])
    assert LATIN.search(refusal["message"])
    assert HAN.search(refusal["messageZh"])
