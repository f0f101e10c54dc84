"""An export holds just what its list gives page by page, and says of itself what it is."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_leaf_type

from api.exports.documents import FEED
from api.schema.build import schema
from application.identity import Role
from domain.ids import OrganisationId
from tests.api.serving import Client, Served
from tests.exports.office import NORTH, asked, begun, ended, exported, governed, key, look, taken

SCHEMA = schema()._schema
DEPTH = 1


OF_A_MOMENT = {"unstaffedPosts", "overdueSteps", "blindTimes"}
"""What is true for a moment, or up to one, is no list that could be read to its end."""


def lists() -> list[str]:
    """Every list of the schema that is read page by page."""
    assert SCHEMA.query_type is not None
    return [name for name, field in SCHEMA.query_type.fields.items() if {"first", "after"} <= field.args.keys() and name not in OF_A_MOMENT]


def everything(kind: GraphQLObjectType, depth: int = DEPTH) -> str:
    """All that a type tells, and of what it names all that that tells."""
    told = ["__typename"]
    for name, field in kind.fields.items():
        of = get_named_type(field.type)
        if is_leaf_type(of):
            told.append(name)
        elif isinstance(of, GraphQLObjectType) and depth and not {"first", "after"} <= field.args.keys():
            told.append(f"{name} {{ {everything(of, depth - 1)} }}")
    if "history" in kind.fields:
        told.append("history(first: 3) { nodes { position type } }")
    return " ".join(told)


def row(name: str) -> GraphQLObjectType:
    assert SCHEMA.query_type is not None
    listed = get_named_type(SCHEMA.query_type.fields[name].type)
    assert isinstance(listed, GraphQLObjectType)
    kind = get_named_type(listed.fields["nodes"].type)
    assert isinstance(kind, GraphQLObjectType)
    return kind


def paged(client: Client, name: str, selection: str) -> list[Any]:
    """All rows, as any client reads them."""
    rows: list[Any] = []
    feed = name == "events"
    kind, goes_on = ("Position! = 0", "position more") if feed else ("Cursor", "pageInfo { hasNextPage endCursor }")
    after: dict[str, Any] = {}
    while True:
        found = client.ask(
            f"query ($after: {kind}) {{ {name}(first: 20, after: $after) {{ nodes {{ {selection} }} {goes_on} }} }}", **after
        )[name]
        rows += found["nodes"]
        more, last = (found["more"], found["position"]) if feed else (found["pageInfo"]["hasNextPage"], found["pageInfo"]["endCursor"])
        if not more:
            return rows
        after = {"after": last}


def in_order(rows: Sequence[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.get("id") or row["position"])


GOVERNED = {
    "recommendations",
    "responsePlans",
    "unitStates",
    "deploymentPlans",
    "planActivations",
    "activatedSteps",
    "linkedCameras",
    "verifications",
    "duplicates",
    "areaGroups",
    "populations",
    "boundaries",
    "legalBases",
    "serviceLevels",
    "limitSets",
    "codeLists",
    "cameras",
    "techAlarmDevices",
    "deviceZones",
    "monitoringPosts",
    "dutyRosters",
    "shifts",
    "footageRequests",
    "priorityPlaces",
    "patrolTasks",
    "patrolObservations",
    "dutyInspections",
    "inspectionFindings",
    "footageSteps",
    "directives",
    "receipts",
    "buildPlans",
    "assessments",
    "scores",
    "safetySurveys",
}
"""What is only there in a city that is watched and governed."""


def test_every_list_can_be_exported() -> None:
    assert "events" in lists()
    assert len(lists()) == 14 + len(GOVERNED)
    assert set(lists()) >= GOVERNED
    assert FEED in SCHEMA.type_map


STANDING = {"webhooks": "id version label url document pausedBecause"}
"""Of what moves with the log, what does not."""


@pytest.mark.parametrize("name", [name for name in lists() if name not in {"exports", *GOVERNED}])
def test_an_export_is_what_the_list_gives_page_by_page(city: Served, name: str) -> None:
    is_what_the_list_gives(city, name)


def is_what_the_list_gives(city: Served, name: str) -> None:
    owner, selection = city.client("owner"), STANDING.get(name) or everything(row(name))
    before = paged(owner, name, selection)
    told = exported(owner, f"{{ {name} {{ nodes {{ {selection} }} }} }}")
    if name == "events":
        told, more = told[: len(before)], told[len(before) :]
        assert [event["type"] for event in more] == ["ExportRequested"], "the last is its own"
    assert before
    assert in_order(told) == in_order(before)
    if name != "events":
        assert told == in_order(told), "in the order of ids, where no row ever moves"


def test_exports_are_listed_and_exported_too(city: Served) -> None:
    owner, text = city.client("owner"), "id purpose list query"
    first = begun(owner, "{ units { nodes { id } } }", purpose="before")
    ended(owner, first)
    told = exported(owner, f"{{ exports {{ nodes {{ {text} }} }} }}")
    assert {"id": first, "purpose": "before", "list": "units", "query": look(owner, first)["query"]} in told


def test_nested_objects_and_lists_are_kept_as_they_are_asked_for(city: Served) -> None:
    owner = city.client("owner")
    query = """query Sent($state: [AlarmState!]) { alarms(filter: {state: $state}) {
        nodes { at: receivedAt ...What orders { unit { callSign station { nameEn } } } history(first: 2) { edges { node { type } } } } } }
        fragment What on Alarm { reportsReceived { source } }"""
    (sent,) = exported(owner, query, variables={"state": ["DISPATCHED"]})
    assert sent.pop("at").startswith("20")
    assert sent == {
        "reportsReceived": [{"source": "CALL_110"}],
        "orders": [{"unit": {"callSign": "N-1", "station": {"nameEn": "N1"}}}],
        "history": {"edges": [{"node": {"type": "AlarmOpened"}}, {"node": {"type": "ReportReceived"}}]},
    }


def test_it_says_what_it_is(city: Served) -> None:
    owner = city.client("owner")
    id = begun(
        owner, "# all of it\nquery A { units { nodes { id } } } query B { me { officer } }", purpose="to count cars", operationName="A"
    )
    found = ended(owner, id)
    content = taken(owner, id).content
    assert (found["rows"], found["bytes"], found["digest"]) == (1, len(content), sha256(content).hexdigest())
    assert (found["list"], found["purpose"], found["requestedBy"], found["role"]) == ("units", "to count cars", "owner", "OWNER")
    assert found["query"] == "query A {\n  units {\n    nodes {\n      id\n    }\n  }\n}"
    assert (found["progress"], found["url"]) == ({"rows": 1, "bytes": len(content), "share": 1.0}, f"/exports/{id}")
    assert 0 < found["began"] <= found["position"]


def test_an_empty_list_is_an_empty_file(city: Served) -> None:
    owner = city.client("owner")
    id = begun(owner, '{ alarms(filter: {station: ["nowhere"]}) { nodes { id } } }')
    assert ended(owner, id)["rows"] == 0
    for encoding in ("identity", "gzip"):
        response = taken(owner, id, **{"Accept-Encoding": encoding})
        assert (response.status_code, response.content) == (200, b"")


def test_what_happened_is_on_record(city: Served) -> None:
    owner = city.client("owner")
    id = begun(owner, "{ units { nodes { id } } }", purpose="a reason")
    ended(owner, id)
    for _ in range(2):
        taken(owner, id)
    text = "query ($id: ExportId!) { export(id: $id) { downloadedAt history { nodes { type by data } } } }"
    found = owner.ask(text, id=id)["export"]
    events = found["history"]["nodes"]
    assert [(event["type"], event["by"]) for event in events] == [
        ("ExportRequested", "owner"),
        ("ExportCompleted", "exporter"),
        ("ExportDownloaded", "owner"),
    ], "the first download alone is something new"
    assert events[0]["data"]["purpose"] == "a reason"
    assert found["downloadedAt"] is not None


def test_the_same_command_again_begins_nothing_new(city: Served) -> None:
    owner = city.client("owner")
    same = {"commandId": "0190a5d2-7c3e-7b1a-9c51-3f2b6a1c9e77", "export": "0190a5d2-7c3e-7b1a-9c51-3f2b6a1c9e78"}
    first, again = (asked(owner, "{ units { nodes { id } } }", **same) for _ in range(2))
    assert (first["repeated"], again["repeated"], again["position"]) == (False, True, first["position"])
    other = asked(owner, "{ alarms { nodes { id } } }", **same)
    assert other["code"] == "IDEMPOTENCY_CONFLICT"


def test_a_key_exports_what_it_reads(city: Served) -> None:
    reader = key(city)
    rows = exported(reader, "{ alarms { nodes { stationId } } }")
    assert {row["stationId"] for row in rows} == {NORTH}
    assert len(rows) == city.client("owner").ask(f'{{ alarms(filter: {{station: ["{NORTH}"]}}) {{ totalCount }} }}')["alarms"]["totalCount"]


def test_somebody_gets_what_is_theirs_alone(city: Served) -> None:
    li = city.client("li", Role.INVESTIGATOR, OrganisationId(NORTH))
    for name in ("alarms", "cases"):
        rows = exported(li, f"{{ {name} {{ nodes {{ id stationId }} }} }}")
        assert rows
        assert {row["stationId"] for row in rows} == {NORTH}
    (correction,) = exported(li, "{ corrections { nodes { case { stationId } } } }")
    assert correction["case"]["stationId"] == NORTH
    assert exported(li, "{ apiKeys { nodes { id } } }") == []


@pytest.mark.parametrize("name", sorted(GOVERNED))
def test_an_export_of_what_watches_and_governs_is_what_the_list_gives(city: Served, name: str) -> None:
    """Last, for the city is another from then on."""
    governed(city)
    is_what_the_list_gives(city, name)
