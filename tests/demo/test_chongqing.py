"""Chongqing of 2010: the account's own numbers follow from events, and were others on an earlier day."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from typing import Any

import pytest

from api.cli.loading import build_chongqing
from api.http import GraphQL
from api.main import assemble
from api.requests import Asked
from application.identity import OWNER
from infrastructure.demo.chongqing import Counts
from infrastructure.settings import Settings

WHOLE = Counts()
SMALL = Counts(cameras=2_000, by_the_police=62, of_the_traffic_police=4, in_the_main_city=30, rooms=300)
"""The stations are all there; there is less of what there is a great deal of."""
COUNTS = WHOLE if os.environ.get("TOCSIN_WHOLE_CITY") else SMALL
THEN, BEFORE = "2010-06-24", "2009-01-01"
Ask = Any


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    settings = Settings(database=f"sqlite:///{tmp_path_factory.mktemp('chongqing') / 'city.sqlite'}")
    assert "was built" in build_chongqing(settings, COUNTS)
    tocsin = assemble(settings, working=False)
    graphql = GraphQL(tocsin.services())
    with asyncio.Runner() as loop:

        def answer(text: str) -> Any:
            found = loop.run(graphql.answer(Asked(f"{{ {text} }}", {}, None), OWNER))
            assert "errors" not in found, found["errors"]
            (one,) = found["data"].values()
            return one

        yield answer
    tocsin.log.close()
    tocsin.database.close()


def test_133_of_170_stations_have_a_room_and_37_are_named(ask: Ask) -> None:
    found = ask(f'coverage(asOf: "{THEN}") {{ have total percent missing(first: 50) {{ nodes {{ name }} }} }}')
    assert (found["have"], found["total"], found["percent"]) == (133, 170, 78.24)
    assert len({each["name"] for each in found["missing"]["nodes"]}) == 37
    before = ask(f'coverage(asOf: "{BEFORE}") {{ have total }}')
    assert 0 < before["have"] < 133
    assert before["total"] == 170


@pytest.mark.parametrize(("code", "stations"), [("CQ-YZ", 18), ("CQ-SPB", 24)])
def test_two_sub_bureaus_have_a_room_in_every_station(ask: Ask, code: str, stations: int) -> None:
    found = ask(
        f'coverage(organisation: "{code}", asOf: "{THEN}", showSmall: true) {{ have total percent missing {{ nodes {{ name }} }} }}'
    )
    assert found == {"have": stations, "total": stations, "percent": 100.0, "missing": {"nodes": []}}


def test_all_42_sub_bureaus_have_a_centre(ask: Ask) -> None:
    assert ask(f'coverage(kind: SUB_BUREAU, asOf: "{THEN}") {{ have total percent }}') == {"have": 42, "total": 42, "percent": 100.0}


def counted(ask: Ask, by: str, day: str = THEN, group: str = "") -> dict[str, int]:
    within = f', group: "{group}"' if group else ""
    return {each["key"]: each["count"] for each in ask(f'cameraCounts(by: {by}, asOf: "{day}"{within}) {{ key count }}')}


def test_cameras_are_counted_by_who_built_them_and_by_their_owner(ask: Ask) -> None:
    built = counted(ask, "BUILDER")
    assert built == {"SOCIAL": COUNTS.cameras - COUNTS.by_the_police, "POLICE": COUNTS.by_the_police}
    assert counted(ask, "OWNER")["CQ-TRAFFIC"] == COUNTS.of_the_traffic_police
    assert counted(ask, "SECTOR")["TRAFFIC"] == COUNTS.of_the_traffic_police
    assert 0 < sum(counted(ask, "BUILDER", BEFORE).values()) < COUNTS.cameras


def test_the_main_city_has_its_share_of_cameras(ask: Ask) -> None:
    assert sum(counted(ask, "DIVISION", group="main-city-2010").values()) == COUNTS.in_the_main_city


def test_rooms_are_counted_by_level(ask: Ask) -> None:
    levels = {each["level"]: each["count"] for each in ask(f'postCounts(asOf: "{THEN}") {{ level count }}')}
    assert levels == {"STATION": 133, "SUB_BUREAU": 42, "SOCIAL": COUNTS.rooms - 133 - 42}


def test_what_dadukou_achieved_by_video(ask: Ask) -> None:
    def tally(day: str) -> dict[str, int]:
        text = f'contributionTally(organisation: "CQ-DDK", since: "2007-05-01", by: VIDEO, asOf: "{day}") {{ outcome count }}'
        return {each["outcome"]: each["count"] for each in ask(text)}

    whole = {"MASS_INCIDENT": 12, "INCIPIENT_TROUBLE": 20, "CRIMINAL_CASE": 15, "DISPUTE": 46}
    assert tally(THEN) == whole
    assert all(0 < before < whole[outcome] for outcome, before in tally(BEFORE).items())
    elsewhere = ask('contributionTally(organisation: "CQ-JB", since: "2007-05-01", by: VIDEO, asOf: "2010-06-24") { count }')
    assert {each["count"] for each in elsewhere} == {0}


def test_the_decree_and_the_standard_were_in_force(ask: Ask) -> None:
    found = ask(f'legalBases(filter: {{validOn: "{THEN}"}}) {{ nodes {{ code }} }}')
    assert {each["code"] for each in found["nodes"]} == {"CQ-196", "DB50/216-2006"}
