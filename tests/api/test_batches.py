"""Many commands in one mutation: in order, each with its own times, each answered by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.schema.errors_page import errors_page, rules
from application.identity import Role
from domain.ids import OrganisationId
from tests.api.serving import Client, Served, new_id, served, told

CARRY_OUT = """mutation ($input: CarryOutInput!) { carryOut(input: $input) { __typename ... on Refusal { code field }
    ... on CarryOutPayload { position answers { commandId result { __typename
        ... on Payload { position recordedAt repeated }
        ... on OpenAlarmPayload { alarm { id state receivedAt } }
        ... on Refusal { code message messageZh field } } } } } }"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("batches")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        yield running


@pytest.fixture(scope="module")
def zhang(city: Served) -> Client:
    return city.client("zhang")


def opened(alarm: str, **given: Any) -> dict[str, Any]:
    fixed = {"report": new_id(), "source": "CALL_110", "kind": "ALARM", "division": "500103", "station": "CQ-YZ-01"}
    return {"openAlarm": {"commandId": new_id(), "alarm": alarm, **fixed, **given}}


def carried_out(client: Client, *commands: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = client.ask(CARRY_OUT, input={"commands": list(commands)})["carryOut"]
    return answer


def shift(alarm: str) -> list[dict[str, Any]]:
    """What an officer noted down while there was no network, one of the notes impossible and one wrong."""
    triage = {"commandId": new_id(), "alarm": alarm, "alarmType": "THEFT", "priority": "2", "effectiveAt": "2024-05-01T08:31:00+08:00"}
    return [
        opened(alarm, effectiveAt="2024-05-01T08:30:00+08:00"),
        {"closeAlarm": {"commandId": new_id(), "alarm": alarm}},
        opened(new_id(), place={"longitude": 206.5, "latitude": 29.5}),
        {"triageAlarm": triage},
    ]


def test_commands_are_carried_out_in_order_and_answered_one_by_one(zhang: Client) -> None:
    alarm = new_id()
    commands = shift(alarm)
    answer = carried_out(zhang, *commands)
    assert [each["commandId"] for each in answer["answers"]] == [next(iter(each.values()))["commandId"] for each in commands]
    first, closing, misplaced, triaged = (each["result"] for each in answer["answers"])
    assert first["alarm"] == {"id": told("alarm", alarm), "state": "TRIAGED", "receivedAt": "2024-05-01T00:30:00Z"}
    assert closing["__typename"] == "InvalidTransition"
    assert (misplaced["code"], misplaced["field"]) == ("PLACE_OFF_THE_MAP", "place")
    assert triaged["__typename"] == "TriageAlarmPayload"
    assert answer["position"] == triaged["position"] == first["position"] + 1


def test_a_batch_sent_again_does_nothing_new(zhang: Client) -> None:
    commands = shift(new_id())
    first, again = carried_out(zhang, *commands), carried_out(zhang, *commands)
    positions = [[each["result"].get("position") for each in sent["answers"]] for sent in (first, again)]
    assert positions[0] == positions[1]
    assert [each["result"].get("repeated") for each in again["answers"]] == [True, None, None, True]


def test_a_camera_that_the_batch_registers_may_be_linked_in_it(city: Served, zhang: Client) -> None:
    """Somebody who sees only what is there is asked for by its number: this camera is not, until the batch is done."""
    alarm, camera, number = new_id(), new_id(), "50010300001320000077"
    carried_out(zhang, opened(alarm))
    names = {"sector": "BANK", "owner": "Bank", "builder": "SOCIAL", "division": "500103", "station": "CQ-YZ-01"}
    place = {"longitude": 106.55, "latitude": 29.56}
    registered = {"commandId": new_id(), "camera": camera, "gb28181Id": number, "place": place, "range": 80, **names}
    link = [{"linkCamera": {"commandId": new_id(), "alarm": alarm, "camera": each}} for each in (number, number[:-1] + "8")]
    watcher = city.client("watcher", Role.VIDEO_OFFICE, OrganisationId("CQ-YZ-01"))
    answers = carried_out(watcher, link[1], {"registerCamera": registered}, *link)["answers"]
    assert [each["result"].get("code", each["result"]["__typename"]) for each in answers] == [
        "CAMERA_NOT_REGISTERED",
        "RegisterCameraPayload",
        "LinkCameraPayload",
        "CAMERA_NOT_REGISTERED",
    ]


def test_a_batch_has_its_size_and_a_command_its_kind(zhang: Client) -> None:
    for commands in ([], [opened(new_id())] * 51):
        answer = carried_out(zhang, *commands)
        assert (answer["__typename"], answer["code"], answer["field"]) == ("LimitExceeded", "TOO_MANY_COMMANDS", "commands")
    two = {**opened(new_id()), "closeAlarm": {"commandId": new_id(), "alarm": new_id()}}
    for wrong in (two, {}, {"openAlarm": None}):
        assert zhang.error(CARRY_OUT, input={"commands": [wrong]})["extensions"]["code"] == "BAD_REQUEST"


def test_who_may_not_write_is_refused_command_by_command(city: Served) -> None:
    reader = city.client("dashboard", Role.GOVERNANCE_OFFICE)
    (answer,) = carried_out(reader, opened(new_id()))["answers"]
    assert answer["result"]["code"] == "NOT_YOURS"


# --- What they may be refused with --------------------------------------------------------------------------------------


def test_the_page_of_refusals_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "errors.md"
    assert page.read_text(encoding="utf-8") == errors_page(), "run `tocsin errors > docs/errors.md`"


def test_every_refusal_has_a_code_of_its_own_and_both_languages() -> None:
    blanks = [rule.__new__(rule) for rule in rules()]
    assert len({blank.code for blank in blanks}) == len(blanks) > 100
    for blank in blanks:
        assert blank.message.isascii(), blank.code
        assert any(ord(letter) > 0x4E00 for letter in blank.message_zh), blank.code
