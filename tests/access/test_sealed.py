"""A sealed case is not there: not by id, in lists, counts, events or refusals; emergency access opens it and is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from application.identity import Role
from domain.ids import OrganisationId
from tests.api.serving import Client, Served, new_id, served

STATION = OrganisationId("N1")
LOOK = "query ($id: CaseId!) { case(id: $id) { number } cases { totalCount } events(first: 100) { nodes { type } } }"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Served]:
    with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path) as running:
        owner = running.client("owner")
        for code, kind, parent in (("CQ", "CITY_BUREAU", None), ("N", "SUB_BUREAU", "CQ"), (STATION, "STATION", "N")):
            names = {"nameEn": code, "nameZh": code, "division": "500103", "validFrom": "2020-01-01", "parent": parent}
            owner.do("establishOrganisation", organisation=code, kind=kind, **names)
        yield running


def look(client: Client, case: str) -> tuple[Any, int, set[str]]:
    found = client.ask(LOOK, id=case)
    return found["case"], found["cases"]["totalCount"], {event["type"] for event in found["events"]["nodes"]}


def test_a_sealed_case_is_there_only_for_those_with_a_grant(city: Served) -> None:
    li, head, elsewhere = (
        city.client("li", Role.INVESTIGATOR, STATION),
        city.client("wang", Role.STATION_HEAD, STATION),
        city.client("qian", Role.INVESTIGATOR, OrganisationId("Z")),
    )
    case, offences = new_id(), [{"type": "THEFT", "count": 1}]
    registered = li.do("registerCase", case=case, number="A-1", division="500103", station=STATION, offences=offences)
    assert registered["__typename"] == "RegisterCasePayload"
    assert look(li, case)[:2] == ({"number": "A-1"}, 1)
    assert look(elsewhere, case)[:2] == (None, 0)
    assert li.do("sealCase", case=case, reason="informant")["code"] == "NOT_YOURS"
    assert head.do("sealCase", case=case, reason="informant")["__typename"] == "SealCasePayload"
    for somebody in (li, head, elsewhere):
        found, count, events = look(somebody, case)
        assert (found, count) == (None, 0)
        assert events <= {"DivisionEstablished", "OrganisationEstablished"}
        assert somebody.do("acceptCase", case=case) | {"message": ""} == somebody.do("acceptCase", case=new_id()) | {"message": ""}
    for nothing in ("", "   "):
        refused = li.do("breakGlass", grant=new_id(), case=case, purpose=nothing)
        assert refused["field"] == "purpose", "who breaks the glass says what for"
    assert li.do("breakGlass", grant=new_id(), case=case, purpose="a life is at stake")["__typename"] == "BreakGlassPayload"
    assert look(li, case)[:2] == ({"number": "A-1"}, 1)
    assert look(head, case)[:2] == (None, 0)
    (told,) = head.ask("{ grants(filter: {reviewed: false}) { nodes { id officer kind purpose } } }")["grants"]["nodes"]
    assert (told["officer"], told["kind"], told["purpose"]) == ("li", "BREAK_GLASS", "a life is at stake")
    reviewed = head.do("reviewBreakGlass", grant=told["id"], justified=True, finding="it was")
    assert reviewed["__typename"] == "ReviewBreakGlassPayload"


LIST = "{ cases { nodes { number } } }"


def listed(client: Client) -> set[str]:
    return {case["number"] for case in client.ask(LIST)["cases"]["nodes"]}


def register(client: Client, number: str, station: str) -> str:
    case, offences = new_id(), [{"type": "THEFT", "count": 1}]
    done = client.do("registerCase", case=case, number=number, division="500103", station=station, offences=offences)
    assert done["__typename"] == "RegisterCasePayload"
    return case


def test_a_grant_counts_at_once_and_so_does_its_end(city: Served) -> None:
    owner, zhou = city.client("owner"), city.client("zhou", Role.INVESTIGATOR, STATION)
    register(owner, "A-1", STATION)
    elsewhere = register(owner, "B-1", "CQ-YZ-01")
    assert listed(zhou) == {"A-1"}
    assert listed(zhou) == {"A-1"}, "asked again, by how zhou stood"
    grant = new_id()
    tomorrow = (datetime.now(UTC) + timedelta(1)).isoformat()
    granted = owner.do("grantAccess", grant=grant, officer="zhou", case=elsewhere, until=tomorrow, purpose="joint inquiry")
    assert granted["__typename"] == "GrantAccessPayload", granted
    assert listed(zhou) == {"A-1", "B-1"}
    owner.do("endAccess", grant=grant, reason="the inquiry has ended")
    assert listed(zhou) == {"A-1"}
    assert listed(zhou) == {"A-1"}


def test_a_new_station_below_is_seen_at_once(city: Served) -> None:
    owner, head = city.client("owner"), city.client("zheng", Role.SUB_BUREAU_HEAD, OrganisationId("N"))
    register(owner, "A-1", STATION)
    assert listed(head) == {"A-1"}
    names = {"nameEn": "N2", "nameZh": "N2", "division": "500103", "validFrom": "2020-01-01", "parent": "N"}
    owner.do("establishOrganisation", organisation="N2", kind="STATION", **names)
    register(owner, "B-1", "N2")
    assert listed(head) == {"A-1", "B-1"}
