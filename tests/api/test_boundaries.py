"""Boundaries by GraphQL: GeoJSON in and out, a batch of which one is refused, and who is competent at a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from application.identity import Role
from domain.ids import OrganisationId
from tests.api.serving import Client, Served, new_id, served

SET = """mutation ($input: CarryOutInput!) { carryOut(input: $input) { ... on CarryOutPayload { position answers { result {
    __typename ... on Refusal { code field message } } } } } }"""
WHERE = """query ($place: PointInput!, $on: Date, $p: Position) { whereIs(place: $place, on: $on, atLeast: $p) {
    divisions { code } station { code } } }"""
YUZHONG = {"longitude": 106.55, "latitude": 29.55}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("boundaries")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        yield running


def square(west: float, side: float = 0.1) -> dict[str, Any]:
    east, south, north = west + side, 29.5, 29.5 + side
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}


def division(code: str, area: dict[str, Any]) -> dict[str, Any]:
    return {"setDivisionBoundary": {"commandId": new_id(), "division": code, "area": area, "validFrom": "2006-01-01"}}


def station(code: str, area: dict[str, Any]) -> dict[str, Any]:
    return {"setOrganisationBoundary": {"commandId": new_id(), "organisation": code, "area": area, "validFrom": "2006-01-01"}}


def sent(client: Client, *commands: dict[str, Any]) -> tuple[int, list[Any]]:
    told = client.ask(SET, input={"commands": list(commands)})["carryOut"]
    return told["position"], [answer["result"] for answer in told["answers"]]


def test_of_a_batch_only_what_is_wrong_is_refused(city: Served):
    open_ring = square(107.0)
    open_ring["coordinates"][0].pop()
    owner = city.client("owner")
    position, told = sent(
        owner,
        division("500103", square(106.5)),
        division("500100", square(106.55)),
        division("500100", open_ring),
        division("599999", square(108.0)),
        division("500100", square(106.6)),
        station("CQ-YZ-01", square(106.5, 0.06)),
    )
    assert [each.get("code", each["__typename"]) for each in told] == [
        "SetDivisionBoundaryPayload",
        "BOUNDARIES_OVERLAP",
        "RING_NOT_CLOSED",
        "DIVISION_NOT_REGISTERED",
        "SetDivisionBoundaryPayload",
        "SetOrganisationBoundaryPayload",
    ]
    assert told[1]["message"].endswith("The other one is 500103.")
    for day, found in (("2006-01-01", ["500103"]), ("2005-12-31", [])):
        place = owner.ask(WHERE, place=YUZHONG, on=day, p=position)["whereIs"]
        assert ([each["code"] for each in place["divisions"]], place["station"]) == (found, {"code": "CQ-YZ-01"} if found else None)
    assert owner.ask(WHERE, place={"longitude": 0, "latitude": 0})["whereIs"] == {"divisions": [], "station": None}


def test_areas_are_listed_as_geojson_to_everybody(city: Served):
    text = """query ($day: Date) { boundaries(filter: {level: COUNTY, validOn: $day}) { nodes { id code area validFrom levelLabel } } }"""
    asked = city.client("zhang", Role.DISPATCHER, OrganisationId("CQ-YZ-01")).ask(text, day="2026-01-01")["boundaries"]["nodes"]
    assert [(each["code"], each["area"], each["levelLabel"]) for each in asked] == [
        ("500100", square(106.6), "县级"),
        ("500103", square(106.5), "县级"),
    ]


def test_only_who_administers_draws(city: Served):
    (answer,) = sent(city.client("zhang", Role.DISPATCHER, OrganisationId("CQ-YZ-01")), division("500103", square(100.0)))[1]
    assert answer["code"] == "NOT_YOURS"


@pytest.mark.parametrize("area", [{"type": "Point", "coordinates": [1, 2]}, "x", [], {"type": "Polygon", "coordinates": [[[1]]]}])
def test_what_is_no_area_is_no_input(city: Served, area: Any):
    answer = city.client("owner").result(SET, input={"commands": [division("500103", area)]})
    assert "GeoJSON" in answer["errors"][0]["message"]


def test_a_rate_names_the_population_it_was_divided_by(city: Served):
    owner = city.client("owner")
    given = {"division": "500103", "year": 2024, "kind": "RESIDENT", "people": 630_000, "source": "yearbook"}
    position = owner.do("recordPopulation", **given)["position"]
    text = """query ($p: Position) { caseRate(division: "500103", period: {from: "2024-01-01", to: "2024-12-31"}, atLeast: $p) {
        known people year kind kindLabel source value suppressed counts { filed } } }"""
    assert owner.ask(text, p=position)["caseRate"] == {
        "known": 0,
        "people": 630_000,
        "year": 2024,
        "kind": "RESIDENT",
        "kindLabel": "常住",
        "source": "yearbook",
        "value": 0.0,
        "suppressed": False,
        "counts": {"filed": 0},
    }
