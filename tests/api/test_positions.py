"""Positions over HTTP: what a gateway sends, what each fix is answered, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from application.identity import Role
from tests.api.serving import STATIONS, Client, Served, new_id, served, told

REPORT = """mutation ($input: ReportPositionsInput!) { reportPositions(input: $input) { __typename
    ... on ReportPositionsPayload { answers { unitId at outcome outcomeLabel(lang: EN)
        refusal { __typename code message messageZh field } } }
    ... on Refusal { code field } } }"""
UNIT = new_id()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("positions")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        running.client("owner").do("registerUnit", unit=UNIT, callSign="YZ-1", kind="CAR", station=STATIONS[0])
        yield running


def ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat()


def fix(seconds: float = 5, *, unit: str = UNIT, longitude: float = 106.55, **given: Any) -> dict[str, Any]:
    return {"unit": unit, "place": {"longitude": longitude, "latitude": 29.56}, "at": ago(seconds), **given}


def report(client: Client, *fixes: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = client.ask(REPORT, input={"fixes": list(fixes)})["reportPositions"]
    return answer


def test_each_fix_is_answered_by_itself(city: Served) -> None:
    owner = city.client("owner")
    fixes = fix(accuracy=8.0, speed=11.5, heading=90), fix(60), fix(-600), fix(longitude=181), fix(unit=new_id()), fix(4, speed=-1)
    answers = report(owner, *fixes)["answers"]
    assert [each["outcome"] for each in answers] == ["TAKEN", "STALE", *["REFUSED"] * 4]
    assert [each["outcomeLabel"] for each in answers[:2]] == ["Taken", "Not the latest"]
    assert [each["refusal"] and (each["refusal"]["__typename"], each["refusal"]["code"], each["refusal"]["field"]) for each in answers] == [
        None,
        None,
        ("InvalidValue", "FIX_FROM_THE_FUTURE", "at"),
        ("InvalidValue", "PLACE_OFF_THE_MAP", "place"),
        ("NotFound", "NOT_FOUND", "unit"),
        ("InvalidValue", "FIX_OUT_OF_RANGE", "speed"),
    ]
    assert {each["unitId"] for each in answers[:4]} == {told("unit", UNIT)}
    place = "{longitude: 106.56, latitude: 29.56}"
    (position,) = owner.ask(
        f"{{ unitPositions(near: {place}) {{ unitId unit {{ callSign }} place {{ longitude }} speed age distance }} }}"
    )["unitPositions"]
    assert position["unit"] == {"callSign": "YZ-1"}
    assert position["place"] == {"longitude": 106.55}
    assert position["speed"] == 11.5
    assert 5 <= position["age"] < 60
    assert 900 < position["distance"] < 1_000
    track = f'unitTrack(unit: "{UNIT}", from: "{ago(120)}", to: "{ago(0)}", first: 1) {{ fixes {{ at heading }} more }}'
    answered = owner.ask(f"{{ {track} }}")["unitTrack"]
    assert [each["heading"] for each in answered["fixes"]] == [None]
    assert answered["more"] is True


def test_a_dispatcher_sees_where_units_are_and_does_not_say_it(city: Served) -> None:
    report(city.client("owner"), fix(1))
    dispatcher, elsewhere = (city.client(f"d {each}", Role.DISPATCHER, each) for each in STATIONS)  # type: ignore[arg-type]  # codes
    (refused,) = report(dispatcher, fix(0))["answers"]
    assert refused["refusal"]["code"] == "NOT_YOURS"
    assert len(dispatcher.ask("{ unitPositions { age } }")["unitPositions"]) == 1
    assert elsewhere.ask("{ unitPositions { age } }")["unitPositions"] == []
    track = f'{{ unitTrack(unit: "{UNIT}", from: "{ago(120)}", to: "{ago(0)}") {{ more }} }}'
    assert dispatcher.ask(track)["unitTrack"] == {"more": False}
    assert elsewhere.ask(track)["unitTrack"] is None


def test_an_officer_reports_hundreds_of_fixes_at_once_and_no_more(city: Served) -> None:
    officer = city.client("o", Role.UNIT_OFFICER, STATIONS[0])  # type: ignore[arg-type]  # a code
    fixes = [fix(1_000 - number, accuracy=12.5, speed=13.25, heading=271.5) for number in range(300)]
    assert len(report(officer, *fixes)["answers"]) == 300
    assert report(officer, *fixes, fixes[0])["code"] == "TOO_MANY_FIXES"
    assert report(officer)["code"] == "TOO_MANY_FIXES"


def test_a_distance_is_more_than_nothing(city: Served) -> None:
    error = city.client("owner").error("{ unitPositions(within: 0) { age } }")
    assert error["extensions"]["code"] == "DISTANCE_NOT_POSITIVE"
