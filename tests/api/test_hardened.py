"""The hardened configuration against what public scanners of GraphQL servers try, over real HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLInterfaceType, GraphQLObjectType

from api.errors import UNFIT
from api.schema.build import schema
from api.services import Exposure
from tests.api.serving import Client, served
from tests.live.clients import listening, stream

SCHEMA = schema()._schema
ME = "{ me { officer } }"
CHANGE = "mutation ($input: OpenAlarmInput!) { openAlarm(input: $input) { __typename } }"
NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]+")
CIRCLE = "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }"
PAGES = ("/graphql", "/", "/graphiql", "/graphql/", "/playground", "/altair", "/voyager", "/console", "/graphql/console", "/explorer")


@pytest.fixture(scope="module")
def prober(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Somebody with a token, who may write any document."""
    folder = tmp_path_factory.mktemp("hardened")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder, exposure=Exposure(hardened=True)) as running:
        yield running.client("prober")


def raw(client: Client, method: str, path: str = "/graphql", **options: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {client.token}", **options.pop("headers", {})}
    return client.http.request(method, f"{client.address}{path}", headers=headers, **options)


@pytest.mark.parametrize(
    "text",
    [
        "{ " + " ".join(f"a{n}: __typename" for n in range(101)) + " }",
        "{ __typename " + "@aa" * 60 + " }",
        "{ " + "__typename " * 500 + "}",
        "{ " + "me { officer } " * 500 + "}",
    ],
    ids=["aliases", "directives", "fields", "nested fields"],
)
def test_overloading_is_refused(prober: Client, text: str) -> None:
    assert "data" not in prober.result(text)


def test_requests_are_not_taken_in_batches(prober: Client) -> None:
    response = prober.post([{"query": ME}] * 10)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (400, "MALFORMED")


@pytest.mark.parametrize("text", [CIRCLE, '{ __type(name: "Alarm") { name } }', "{ __schema { queryType { name } } }"])
def test_the_schema_is_told_over_no_way(prober: Client, text: str) -> None:
    assert "data" not in prober.result(text)
    with listening(prober.address, prober.token) as client:
        client.subscribe(text)
        assert client.receive()["type"] == "error"
    with stream(prober.address, prober.token, text) as events:
        assert "data" not in next(events)["data"]


@pytest.mark.parametrize("text", [ME, CHANGE, "mutation { __typename }", "{ __typename }"])
def test_nothing_is_asked_or_changed_by_get(prober: Client, text: str) -> None:
    response = raw(prober, "GET", params={"query": text})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert "data" not in response.json()


@pytest.mark.parametrize("text", [ME, "mutation { __typename }"])
@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
def test_forms_and_files_are_not_taken(prober: Client, path: str, text: str) -> None:
    operations = {"operations": (None, '{"query": "{ __typename }"}'), "map": (None, "{}")}
    for sent in ({"data": {"query": text}}, {"files": operations}, {"content": text, "headers": {"Content-Type": "text/plain"}}):
        assert raw(prober, "POST", path, **sent).status_code == 415


def test_nothing_is_traced(prober: Client) -> None:
    response = raw(prober, "POST", json={"query": ME, "extensions": {"tracing": True}}, headers={"X-Apollo-Tracing": "1"})
    assert response.json()["extensions"].keys() == {"cost"}
    assert not {name.lower() for name in response.headers} & {"server-timing", "x-powered-by", "x-trace-id"}


def test_a_bad_request_tells_nothing_of_the_inside(prober: Client) -> None:
    for text in ("{", "{ nothing }", CHANGE, "query ($a: Int!) { me { officer } }"):
        for error in prober.result(text)["errors"]:
            assert error["extensions"].keys() <= {"code", "field"}
            assert error.keys() <= {"message", "locations", "extensions", "path"}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_served(prober: Client, path: str) -> None:
    response = prober.http.get(f"{prober.address}{path}", headers={"Accept": "text/html"}, follow_redirects=True)
    assert response.status_code in {404, 405}
    assert "html" not in response.headers["content-type"]


def test_other_sites_may_read_nothing(prober: Client) -> None:
    for method in ("OPTIONS", "POST"):
        response = raw(
            prober, method, json={"query": ME}, headers={"Origin": "https://other.example", "Access-Control-Request-Method": "POST"}
        )
        assert not [name for name in response.headers if name.lower().startswith("access-control-")]


# --- Nothing is told by trying ------------------------------------------------------------------------------------------


def names() -> set[str]:
    """Everything that has a name in the schema."""
    found = set[str]()
    for kind in SCHEMA.type_map.values():
        found.add(kind.name)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            found |= kind.fields.keys()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            found |= {argument for field in kind.fields.values() for argument in field.args}
        if isinstance(kind, GraphQLEnumType):
            found |= kind.values.keys()
    return found


NAMES = names()
MISSPELLED = sorted({wrong for name in NAMES for wrong in (name[:-1], f"{name}s") if wrong and wrong not in NAMES})
AT_ONCE = 10
PROBES = (
    ("{{ {0} }}", "{0}"),
    ("mutation {{ {0} }}", "{0}"),
    ("{{ me {{ {0} }} }}", "{0}"),
    ("{{ alarms({0}) {{ nodes {{ id }} }} }}", "{0}: 1"),
    ("{{ alarms(filter: {{ {0} }}) {{ nodes {{ id }} }} }}", "{0}: 1"),
    ("{{ alarms(filter: {{state: [{0}]}}) {{ nodes {{ id }} }} }}", "{0}"),
    ("{{ me {{ {0} }} }}", "... on {0} {{ id }}"),
    ("query ({0}) {{ me {{ officer }} }}", "${0}: {0}"),
    ("{{ me {0} {{ officer }} }}", "@{0}"),
)


def recovered(told: str) -> set[str]:
    """Names of the schema that an answer tells. What it says whatever was asked tells none, though one of its words may be one."""
    return set(NAME.findall(told.replace(UNFIT, ""))) & NAMES


@pytest.mark.parametrize(("document", "each"), PROBES)
def test_no_name_is_recovered_by_misspelling_it(prober: Client, document: str, each: str) -> None:
    assert len(MISSPELLED) > 1_000
    for start in range(0, len(MISSPELLED), AT_ONCE * 9):
        words = MISSPELLED[start : start + AT_ONCE]
        text = document.format(" ".join(each.format(word) for word in words))
        told = " ".join(error["message"] for error in prober.result(text)["errors"])
        assert recovered(told) == set(), told


def test_no_name_is_recovered_by_misspelling_it_in_variables(prober: Client) -> None:
    tries: list[Any] = [{}, {"comandId": "x"}, {"kind": "ALARN"}, []]
    for given in tries:
        (error, *_) = prober.result(CHANGE, input=given)["errors"]
        assert recovered(error["message"]) == set(), error
    with listening(prober.address, prober.token) as client:
        client.subscribe("subscription ($scope: AlarmScope) { alarmChanged(scope: $scope) { position } }", scope={"station": 1})
        (error,) = client.receive()["payload"]
        assert recovered(error["message"]) == set(), error
