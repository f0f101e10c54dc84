"""What the server answers over real HTTP, to friend and foe."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInputType, GraphQLList, GraphQLNonNull

from api.schema.build import schema
from application.identity import Role
from tests.api.hostile import HOSTILE
from tests.api.serving import Client, Served, new_id, served, told

GRAPHQL = "application/graphql-response+json"
NAMES = {"OfficerId", "OrganisationId", "CameraId"}
ME = "{ me { officer organisation role } }"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("http")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        yield running


@pytest.fixture(scope="module")
def zhang(city: Served) -> Client:
    return city.client("zhang")


def alarm_input(**given: Any) -> dict[str, Any]:
    ids = {"alarm": new_id(), "report": new_id()}
    return {**ids, "source": "CALL_110", "kind": "ALARM", "division": "500103", "station": "CQ-YZ-01", **given}


# --- Who may come in ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer guess", "Basic Zm9vOmJhcg==", "Bearer " + "x" * 10_000])
def test_nothing_is_told_without_a_token(city: Served, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    for body in ({"query": "{ __schema { types { name } } }"}, {"query": "{ nonsense }"}, {}):
        response = city.http.post(f"{city.address}/graphql", json=body, headers=headers)
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith("Bearer")
        assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert "data" not in response.json()


def test_a_token_tells_who_one_is(zhang: Client) -> None:
    assert zhang.ask(ME)["me"] == {"officer": "zhang", "organisation": "CQ", "role": "OWNER"}


def test_a_reader_reads_but_changes_nothing(city: Served) -> None:
    reader = city.client("dashboard", Role.GOVERNANCE_OFFICE)
    assert reader.ask("{ alarms { nodes { id } } }")["alarms"]["nodes"] == [], "it has figures alone"
    answer = reader.do("openAlarm", **alarm_input())
    assert (answer["__typename"], answer["code"]) == ("OutsideJurisdiction", "NOT_YOURS")


def test_health_needs_no_token_and_tells_nothing(city: Served) -> None:
    assert city.http.get(f"{city.address}/health").json() == {"status": "ok"}
    assert city.http.get(f"{city.address}/ready").json() == {"ready": True}


# --- The form of requests -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
def test_only_json_is_taken(zhang: Client, content_type: str) -> None:
    """What a form on a foreign page can send is not a request."""
    response = zhang.http.post(
        f"{zhang.address}/graphql",
        content=b'{"query": "{ me { officer } }"}',
        headers={"Authorization": f"Bearer {zhang.token}", "Content-Type": content_type},
    )
    assert response.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'[{"query": "{ me { officer } }"}]',
        b"{}",
        b'{"query": 3}',
        b'{"query": " "}',
        b'{"query": "{a}", "variables": []}',
        b'{"query": "{a}", "extensions": 1}',
    ],
)
def test_malformed_requests_are_refused_in_both_languages(zhang: Client, body: bytes) -> None:
    response = zhang.http.post(
        f"{zhang.address}/graphql", content=body, headers={"Authorization": f"Bearer {zhang.token}", "Content-Type": "application/json"}
    )
    assert response.status_code == 400
    message = response.json()["errors"][0]["message"]
    assert message.isascii() is False


def test_a_large_body_is_refused_before_it_is_read(zhang: Client) -> None:
    assert zhang.post({"query": "#" + "x" * 70_000}).status_code == 413


def test_a_large_body_of_unknown_length_is_refused_too(zhang: Client) -> None:
    pieces = (b" " * 8_192 for _ in range(20))
    headers = {"Authorization": f"Bearer {zhang.token}", "Content-Type": "application/json"}
    assert zhang.http.post(f"{zhang.address}/graphql", content=pieces, headers=headers).status_code == 413


def test_text_with_nul_is_refused(zhang: Client) -> None:
    assert zhang.post({"query": ME, "variables": {"x": "a\0b"}}).status_code == 400
    assert zhang.post({"query": '{ alarms(filter: {alarmType: "\\u0000"}) { nodes { id } } }'}).status_code == 400


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (GRAPHQL, GRAPHQL),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        (f"{GRAPHQL}, application/json;q=0.9", GRAPHQL),
        ("text/event-stream, application/json", "application/json"),
    ],
)
def test_the_answer_has_the_type_that_is_accepted(zhang: Client, accept: str, media: str) -> None:
    response = zhang.post({"query": ME}, Accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media}; charset=utf-8"


def test_what_cannot_be_accepted_is_not_answered(zhang: Client) -> None:
    assert zhang.post({"query": ME}, Accept="image/png").status_code == 406


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{"},
        {"query": "{ nonsense }"},
        {"query": "query ($n: Int!) { alarms(first: $n) { nodes { id } } }", "variables": {"n": "x"}},
    ],
)
def test_the_status_of_a_bad_document_follows_the_media_type(zhang: Client, body: dict[str, object]) -> None:
    newer, older = zhang.post(body, Accept=GRAPHQL), zhang.post(body, Accept="application/json")
    assert (newer.status_code, older.status_code) == (400, 200)
    assert "data" not in newer.json()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_document_is_refused(zhang: Client, text: str) -> None:
    response = zhang.post({"query": text, "variables": {"n": 100}}, Accept=GRAPHQL)
    assert response.status_code == 400
    assert "data" not in response.json()


def test_an_operation_must_be_clear(zhang: Client) -> None:
    text = "query A { me { officer } } query B { me { role } }"
    assert zhang.post({"query": text, "operationName": "B"}).json()["data"] == {"me": {"role": "OWNER"}}
    assert zhang.post({"query": text}, Accept=GRAPHQL).status_code == 400
    assert zhang.post({"query": text, "operationName": "C"}, Accept=GRAPHQL).status_code == 400


# --- Commands and what follows ------------------------------------------------------------------------------------------


def test_a_command_is_answered_with_the_new_state(zhang: Client) -> None:
    given = alarm_input(place={"longitude": 106.55, "latitude": 29.56}, address="解放碑")
    answer = zhang.do("openAlarm", "alarm { id state version place { longitude } history { nodes { type by } } }", **given)
    assert answer["__typename"] == "OpenAlarmPayload"
    assert answer["repeated"] is False
    assert answer["alarm"]["id"] == told("alarm", given["alarm"])
    assert answer["alarm"]["state"] == "RECEIVED"
    assert answer["alarm"]["history"]["nodes"] == [{"type": "AlarmOpened", "by": "zhang"}, {"type": "ReportReceived", "by": "zhang"}]


def test_a_repeated_command_is_answered_the_same_and_does_nothing(zhang: Client) -> None:
    given, command = alarm_input(), new_id()
    first = zhang.do("openAlarm", command=command, **given)
    again = zhang.do("openAlarm", command=command, **given)
    assert again == {**first, "repeated": True}
    other = zhang.do("openAlarm", command=command, **{**given, "address": "somewhere else"})
    assert (other["__typename"], other["code"], other["field"]) == ("IdempotencyConflict", "IDEMPOTENCY_CONFLICT", "commandId")


def test_refusals_are_answers_with_both_languages(zhang: Client) -> None:
    given = alarm_input()
    opened = zhang.do("openAlarm", "alarm { version }", **given)
    assert zhang.do("openAlarm", **alarm_input(alarm=given["alarm"]))["__typename"] == "AlreadyExists"
    assert zhang.do("closeAlarm", alarm=new_id())["__typename"] == "NotFound"
    closing = zhang.do("closeAlarm", alarm=given["alarm"])
    assert closing["__typename"] == "InvalidTransition"
    assert closing["message"].isascii()
    assert not closing["messageZh"].isascii()
    stale = zhang.do("triageAlarm", alarm=given["alarm"], alarmType="THEFT", priority="2", expectedVersion=1)
    assert (stale["__typename"], stale["currentVersion"]) == ("VersionConflict", opened["alarm"]["version"])


def test_a_rule_broken_by_an_input_names_the_input(zhang: Client) -> None:
    answer = zhang.do("openAlarm", **alarm_input(place={"longitude": 206.5, "latitude": 29.5}))
    assert (answer["__typename"], answer["code"], answer["field"]) == ("InvalidValue", "PLACE_OFF_THE_MAP", "place")
    future = zhang.do("openAlarm", **alarm_input(), effectiveAt="2999-01-01T00:00:00Z")
    assert (future["__typename"], future["field"]) == ("InvalidValue", "effectiveAt")


def test_times_may_come_with_any_offset_and_go_out_in_utc(zhang: Client) -> None:
    given = alarm_input()
    answer = zhang.do("openAlarm", "alarm { receivedAt }", **given, effectiveAt="2024-05-01T08:30:00+08:00")
    assert answer["alarm"]["receivedAt"] == "2024-05-01T00:30:00Z"
    naive = zhang.result("query ($t: DateTime) { alarms(filter: {receivedAt: {from: $t}}) { nodes { id } } }", t="2024-05-01T08:30:00")
    assert "时区偏移" in naive["errors"][0]["message"]


def test_everything_a_command_names_can_be_read_from_its_answer(zhang: Client) -> None:
    unit, order, given = new_id(), new_id(), alarm_input()
    zhang.do("registerUnit", unit=unit, callSign=f"N-{unit[-4:]}", kind="CAR", station="CQ-YZ-01")
    zhang.do("signOnUnit", unit=unit)
    zhang.do("openAlarm", **given)
    zhang.do("triageAlarm", alarm=given["alarm"], alarmType="THEFT", priority="2")
    shown = "order { state alarmId unit { status } } alarm { state orders { id } } unit { order { id } }"
    answer = zhang.do("sendOrder", shown, order=order, alarm=given["alarm"], unit=unit)
    assert answer["order"] == {"state": "ORDERED", "alarmId": told("alarm", given["alarm"]), "unit": {"status": "COMMITTED"}}
    assert answer["alarm"] == {"state": "DISPATCHED", "orders": [{"id": told("order", order)}]}
    assert answer["unit"] == {"order": {"id": told("order", order)}}
    busy = zhang.do("sendOrder", order=new_id(), alarm=given["alarm"], unit=unit)
    assert (busy["code"], busy["field"]) == ("UNIT_HAS_ACTIVE_ORDER", "unit")


# --- Lists, feeds, figures ----------------------------------------------------------------------------------------------


def test_a_list_is_read_page_by_page(zhang: Client) -> None:
    station = f"S-{new_id()[-6:]}"
    given = {"kind": "STATION", "nameEn": "Station", "nameZh": "派出所", "division": "500103", "validFrom": "2020-01-01"}
    zhang.do("establishOrganisation", organisation=station, **given)
    ids = []
    for minute in range(7):
        given = alarm_input(station=station)
        ids.append(given["alarm"])
        zhang.do("openAlarm", **given, effectiveAt=f"2024-05-01T08:0{minute}:00Z")
    text = """query ($station: [OrganisationId!], $after: Cursor) { alarms(filter: {station: $station}, first: 3, after: $after) {
        totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }"""
    seen, after = list[str](), None
    for expected in (3, 3, 1):
        page = zhang.ask(text, station=[station], after=after)["alarms"]
        assert page["totalCount"] == 7
        assert [edge["node"] for edge in page["edges"]] == page["nodes"]
        assert len(page["nodes"]) == expected
        seen += [node["id"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
    assert page["pageInfo"]["hasNextPage"] is False
    assert seen == [told("alarm", id) for id in ids[::-1]]


def test_a_page_has_its_limits_and_a_cursor_its_list(zhang: Client) -> None:
    zhang.do("openAlarm", **alarm_input())
    for first in (0, -1, 101):
        error = zhang.error("query ($n: Int!) { alarms(first: $n) { nodes { id } } }", n=first)
        assert (error["extensions"]["code"], error["extensions"]["field"]) == ("PAGE_TOO_LARGE", "first")
    text = "query ($c: Cursor, $o: AlarmOrder!) { alarms(first: 1, after: $c, orderBy: $o) { pageInfo { endCursor } } }"
    cursor = zhang.ask(text, o="RECEIVED_AT_DESC")["alarms"]["pageInfo"]["endCursor"]
    for wrong, order in ((cursor[:-2], "RECEIVED_AT_DESC"), ("x", "RECEIVED_AT_DESC"), (cursor, "RECEIVED_AT_ASC")):
        error = zhang.error(text, c=wrong, o=order)
        assert error["extensions"]["code"] == "CURSOR_UNKNOWN"
        assert "游标" in error["extensions"]["messageZh"]


def test_the_feed_tells_what_happened_since(zhang: Client) -> None:
    start = zhang.ask("{ status { position } }")["status"]["position"]
    zhang.do("openAlarm", **alarm_input())
    text = "query ($p: Position!, $t: [String!]) { events(after: $p, types: $t, first: 10) { nodes { position type data } position more } }"
    feed = zhang.ask(text, p=start)["events"]
    assert [node["type"] for node in feed["nodes"]] == ["AlarmOpened", "ReportReceived"]
    assert feed["nodes"][0]["data"]["kind"] == "ALARM"
    assert (feed["position"], feed["more"]) == (start + 2, False)
    reports = zhang.ask(text, p=start, t=["ReportReceived"])["events"]
    assert [node["position"] for node in reports["nodes"]] == [start + 2]
    assert zhang.error(text, p=start, t=["AlarmOpend"])["extensions"]["code"] == "EVENT_TYPE_UNKNOWN"
    assert zhang.ask(text, p=start + 2)["events"] == {"nodes": [], "position": start + 2, "more": False}


def test_one_reads_ones_own_writes(zhang: Client) -> None:
    given = alarm_input()
    position = zhang.do("openAlarm", **given)["position"]
    text = """query ($p: Position, $a: AlarmId!) { alarm(id: $a, atLeast: $p) { id }
        reports(filter: {alarm: [$a]}, atLeast: $p) { nodes { id } } }"""
    assert zhang.ask(text, p=position, a=given["alarm"])["reports"]["nodes"] == [{"id": told("report", given["report"])}]


def test_a_position_that_is_not_there_is_a_stale_read(sqlite_url: str, tmp_path: Path) -> None:
    with served(sqlite_url, tmp_path, working=False) as still:
        zhang = still.client("zhang")
        position = zhang.do("openAlarm", "alarm { id }", **alarm_input())["position"]
        text = "query ($p: Position) { reports(atLeast: $p) { nodes { id } } }"
        error = zhang.error(text, p=position)
        assert (error["extensions"]["code"], error["extensions"]["field"]) == ("STALE_READ", "atLeast")
        assert zhang.ask("query ($p: Position) { alarms(atLeast: $p) { nodes { id } } }", p=position), (
            "the board is written in the same commit"
        )
        still.tocsin.projector.catch_up()
        assert len(zhang.ask(text, p=position)["reports"]["nodes"]) == 1
        assert zhang.error(text, p=position + 1)["extensions"]["code"] == "STALE_READ"


def test_figures_answer_over_http(zhang: Client) -> None:
    position = zhang.do("openAlarm", **alarm_input(), effectiveAt="2023-05-01T08:30:00+08:00")["position"]
    text = """query ($p: Position) { alarmCounts(period: {from: "2023-05-01", to: "2023-05-01"}, atLeast: $p) {
        alarms position counted { nodes { state } } } }"""
    assert zhang.ask(text, p=position)["alarmCounts"] == {"alarms": 1, "position": position, "counted": {"nodes": [{"state": "RECEIVED"}]}}
    backwards = zhang.error("""{ alarmCounts(period: {from: "2023-05-02", to: "2023-05-01"}) { alarms } }""")
    assert backwards["extensions"]["code"] == "PERIOD_BACKWARDS"


def test_the_code_lists_can_be_read(zhang: Client) -> None:
    lists = zhang.ask("{ outcomeCodes { version entries { code labelEn labelZh ucr } } offenceTypes { entries { code nameZh } } }")
    assert lists["outcomeCodes"]["entries"]
    assert lists["offenceTypes"]["entries"]


def test_no_input_of_any_command_is_a_fault(zhang: Client) -> None:
    """Whatever fits its input is carried out or refused."""
    mutation = schema()._schema.mutation_type
    assert mutation is not None
    for name, field in mutation.fields.items():
        if name in {"carryOut", "reportPositions", "reportCameraHealth", "signal"}:
            continue  # no commands with an id of the caller's, and tested elsewhere
        given = sample(field.args["input"].type)
        assert isinstance(given, dict)
        assert zhang.do(name, command=new_id(), **given)["__typename"], name


def sample(kind: GraphQLInputType) -> object:
    """A value that fits an input, every field given."""
    if isinstance(kind, GraphQLNonNull):
        return sample(kind.of_type)
    if isinstance(kind, GraphQLList):
        return [sample(kind.of_type)]
    if isinstance(kind, GraphQLInputObjectType):
        return {name: sample(field.type) for name, field in kind.fields.items() if name not in {"commandId", "effectiveAt"}}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    moment, ring = "2024-05-01T08:00:00+08:00", [[1, 1], [2, 1], [2, 2], [1, 1]]
    plain = {"Int": 1, "Float": 1.5, "Boolean": True, "Position": 1, "Date": "2024-05-01", "DateTime": moment}
    plain |= {"ByteSize": 1, "GeoJSON": {"type": "Polygon", "coordinates": [ring]}}
    return plain.get(str(kind)) or ("500103" if kind.name == "String" or kind.name.endswith("Code") or kind.name in NAMES else new_id())


# --- Faults -------------------------------------------------------------------------------------------------------------


def test_a_query_that_takes_too_long_is_ended(sqlite_url: str, tmp_path: Path) -> None:
    with served(sqlite_url, tmp_path, deadline=0.0) as hasty:
        zhang = hasty.client("zhang")
        assert zhang.error("{ alarms { nodes { id } } }")["extensions"]["code"] == "DEADLINE_EXCEEDED"
        assert zhang.do("openAlarm", **alarm_input())["__typename"] == "OpenAlarmPayload", "a command is not broken off"


def test_a_log_that_cannot_take_a_command_says_so(sqlite_url: str, tmp_path: Path) -> None:
    with served(sqlite_url, tmp_path, working=False) as closing:
        zhang = closing.client("zhang")
        closing.tocsin.log.close()
        text = "mutation ($i: OpenAlarmInput!) { openAlarm(input: $i) { __typename } }"
        assert zhang.error(text, i={"commandId": new_id(), **alarm_input()})["extensions"]["code"] == "LOG_UNAVAILABLE"


def test_a_fault_is_masked_and_logged_under_its_id(sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with served(sqlite_url, tmp_path, working=False) as broken:
        zhang = broken.client("zhang")
        with broken.tocsin.database.writing() as connection:
            connection.exec_driver_sql("DROP VIEW alarms")
        with caplog.at_level(logging.ERROR, logger="tocsin.api"):
            error = zhang.error('{ alarms(filter: {alarmType: ["SECRET-WORD"]}) { nodes { id } } }')
    assert error["extensions"]["code"] == "INTERNAL"
    assert "alarms" not in error["message"]
    assert error["extensions"]["id"] in caplog.text
    assert "SECRET-WORD" not in caplog.text
