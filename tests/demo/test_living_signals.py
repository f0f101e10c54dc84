"""What devices of the living city tell, with which key, and what the desk makes of it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from application.dispatching.views import AlarmState
from domain.dispatching.events import AlarmResult, AreaClass
from infrastructure.demo.living.board import OpenAlarm, Recommended, Suspected
from infrastructure.demo.living.calls import calls
from infrastructure.demo.living.client import Client
from infrastructure.demo.living.desks import Desk
from infrastructure.demo.living.identities import Identities, Issued, One
from infrastructure.demo.living.linking import Pairs, call_about
from infrastructure.demo.living.signals import Centre, signals
from infrastructure.identity.development import DevelopmentIssuer
from tests.demo.test_living import ALARM, DISTRICTS, NOON, PACE, STATION


def test_a_tenth_of_what_comes_in_is_told_by_devices_and_the_same_seed_draws_the_same():
    slots = [NOON + timedelta(seconds=5 * each) for each in range(5_000)]
    busy = replace(PACE, speed=20)
    told = [each for slot in slots for each in signals(busy, DISTRICTS, slot, 60)]
    called = sum(len(list(calls(busy, DISTRICTS, slot, 60))) for slot in slots)
    assert 0.08 < len(told) / (len(told) + called) < 0.12
    assert told == [each for slot in slots for each in signals(busy, DISTRICTS, slot, 60)]
    assert len({each["externalId"] for each in told}) == len(told)
    assert list(signals(replace(PACE, speed=600), DISTRICTS, NOON, -1)) == []


TOLD = replace(ALARM, id="alarm_0190a5d27c3e7b1a9c513f2b6a1c9e10", alarm_type=None, told_by_device=True)
PROPOSED = replace(TOLD, proposed=AlarmResult.UNFOUNDED)


def test_what_video_shows_to_be_nothing_is_recorded_as_unfounded_and_closed_and_nobody_is_sent():
    assert list(Desk(PACE, NOON, ()).next(PROPOSED, AreaClass.URBAN)) == []
    acts = list(Desk(PACE, NOON + timedelta(minutes=2), ()).next(PROPOSED, AreaClass.URBAN))
    assert [each.mutation for each in acts] == ["recordAlarmResult", "closeAlarm"]
    assert acts[0].given["result"] is AlarmResult.UNFOUNDED


def test_to_what_a_device_tells_somebody_is_sent_of_those_whom_the_desk_may_send():
    (triage,) = Desk(PACE, NOON + timedelta(minutes=2), ()).next(TOLD, AreaClass.URBAN)
    assert triage.given["alarmType"] == "INTRUSION"
    at = NOON + timedelta(minutes=3)
    triaged = replace(TOLD, state=AlarmState.TRIAGED, recommended=(Recommended(at, ("unit_1", "unit_2")),))
    homes = {"unit_1": DISTRICTS[1].stations[0].code, "unit_2": STATION.code}
    (sent,) = Desk(PACE, at, (), homes).next(triaged, AreaClass.URBAN)
    assert sent.given["unit"] == "unit_2"
    (asks,) = Desk(PACE, at, (), dict.fromkeys(homes, homes["unit_1"])).next(triaged, AreaClass.URBAN)
    assert asks.mutation == "recommendUnits"


def test_the_desk_says_of_two_alarms_whether_they_are_one_and_leaves_what_was_tried_by_hand():
    about = UUID(call_about(PACE, TOLD)).hex
    call = replace(ALARM, id=f"alarm_{about}", suspected=(Suspected(TOLD.id, NOON),))
    strangers = [replace(call, id=f"alarm_{number}") for number in range(9)]

    def judged(*alarms: OpenAlarm, minutes: float = 2) -> list[str]:
        return [each.mutation for each in Pairs(PACE, alarms).judged(NOON + timedelta(minutes=minutes))]

    assert judged(TOLD, call, minutes=0) == []
    assert judged(TOLD, call) == ["mergeAlarm"]
    assert judged(TOLD, *strangers) == ["dismissDuplicate"] * 9
    assert judged(replace(TOLD, synthetic=False), call) == []
    assert judged(TOLD, replace(call, synthetic=False)) == []
    assert judged(TOLD, replace(call, sent=1)) == []


def centre(identities: Identities, answers: list[dict[str, Any]]) -> tuple[Centre, list[dict[str, Any]]]:
    asked = list[dict[str, Any]]()

    async def answer(request: httpx.Request) -> httpx.Response:
        asked.append({"bearer": request.headers["Authorization"], **json.loads(request.content)})
        return httpx.Response(200, json=answers.pop(0))

    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return Centre(Client(http, "http://city/graphql", identities), PACE), asked


TAKEN = {"data": {"answer": {"position": 7, "opened": True}}}
REFUSED = {"data": {"answer": {"code": "NOT_YOURS", "message": "not yours"}}}
NOBODY = {"errors": [{"message": "who are you?", "extensions": {"code": "UNAUTHENTICATED"}}]}


def test_one_bearer_who_may_not_tell_signals_tells_none():
    async def run() -> int:
        alone, asked = centre(One("token"), [REFUSED])
        assert await alone.prepare(NOON) is None
        for _ in range(3):
            assert await alone.tell([{}, {}], NOON) == []
        await alone.end()
        return len(asked)

    assert asyncio.run(run()) == 1


def test_a_key_is_renewed_before_it_ends_and_the_one_before_it_revoked(tmp_path: Path):
    async def run() -> list[str]:
        issued = Issued(DevelopmentIssuer(tmp_path / "key.json"), lambda: NOON)
        own, asked = centre(issued, [TAKEN] * 5)
        assert await own.prepare(NOON) == 7
        assert await own.prepare(NOON + timedelta(hours=10)) is None
        assert len(await own.tell([{}], NOON)) == 1
        assert asked[-1]["bearer"].startswith("Bearer tocsin_")
        await own.prepare(NOON + timedelta(hours=11))
        await own.end()
        return [each["variables"]["input"].get("key", "") for each in asked]

    first, told, second, revoked, ended = asyncio.run(run())
    assert told == ""
    assert (revoked, ended) == (first, second)
    assert first != second


def test_a_key_that_somebody_revoked_silences_the_devices_until_there_is_another(tmp_path: Path):
    async def run() -> list[int]:
        issued = Issued(DevelopmentIssuer(tmp_path / "key.json"), lambda: NOON)
        own, _ = centre(issued, [TAKEN, NOBODY, TAKEN, TAKEN, TAKEN])
        told = list[int]()
        for seconds in (0, 5, 65):
            await own.prepare(NOON + timedelta(seconds=seconds))
            told.append(len(await own.tell([{}], NOON + timedelta(seconds=seconds))))
        return told

    assert asyncio.run(run()) == [0, 0, 1]
