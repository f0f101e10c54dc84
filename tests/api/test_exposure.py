"""What is open and what is not: queries by GET, introspection, trusted documents, and how much one may ask for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from api.budget import MOST_PRINCIPALS, Budget, Overdrawn
from api.documents import DocumentRefused, Documents
from api.requests import Asked
from api.schema.build import schema
from api.services import Exposure
from api.trusted import ManifestRefused, read_manifest
from tests.api.serving import Client, served
from tests.live.clients import listening, stream

GRAPHQL = "application/graphql-response+json"
ME = "query Me { me { officer } }"
CHANGE = "mutation Change { __typename }"
STRANGE = "{ me { role } }"
TRUSTED = {sha256(text.encode()).hexdigest(): text for text in (ME, CHANGE)}
ID = f"sha256:{sha256(ME.encode()).hexdigest()}"


@pytest.fixture(scope="module")
def zhang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    yield from opened(tmp_path_factory.mktemp("open"), Exposure(documents=TRUSTED))


@pytest.fixture(scope="module")
def hardened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    yield from opened(tmp_path_factory.mktemp("hardened"), Exposure(hardened=True, documents=TRUSTED))


@pytest.fixture(scope="module")
def trusting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    yield from opened(tmp_path_factory.mktemp("trusted"), Exposure(hardened=True, documents=TRUSTED, trusted_only=True))


def opened(folder: Path, exposure: Exposure) -> Iterator[Client]:
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder, exposure=exposure) as running:
        yield running.client("zhang")


def get(client: Client, **params: str) -> httpx.Response:
    return client.http.get(f"{client.address}/graphql", params=params, headers={"Authorization": f"Bearer {client.token}"})


def code(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    return str(error["extensions"]["code"])


# --- Queries by GET -----------------------------------------------------------------------------------------------------


def test_a_query_may_come_by_get(zhang: Client) -> None:
    assert get(zhang, query=ME).json()["data"] == {"me": {"officer": "zhang"}}
    text = "query ($id: ID!) { node(id: $id) { id } }"
    assert get(zhang, query=text, variables='{"id": "organisation_X"}').json()["data"] == {"node": None}


@pytest.mark.parametrize(
    "params", [{}, {"query": ME, "variables": "["}, {"query": ME, "variables": "[]"}, {"query": '{ a(b: "\\u0000") }'}]
)
def test_what_is_no_request_by_get_is_malformed(zhang: Client, params: dict[str, str]) -> None:
    assert (get(zhang, **params).status_code, code(get(zhang, **params))) == (400, "MALFORMED")


def test_nothing_is_changed_by_get(zhang: Client, trusting: Client) -> None:
    for client in (zhang, trusting):
        response = get(client, query=CHANGE)
        assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert get(zhang, query=f"{ME} {CHANGE}", operationName="Change").status_code == 405
    assert get(zhang, query=f"{ME} {CHANGE}", operationName="Me").json()["data"] == {"me": {"officer": "zhang"}}


def test_nothing_is_answered_by_get_without_a_token(zhang: Client) -> None:
    assert zhang.http.get(f"{zhang.address}/graphql", params={"query": ME}).status_code == 401


# --- Hardened -----------------------------------------------------------------------------------------------------------


def test_where_hardened_only_trusted_queries_come_by_get(hardened: Client) -> None:
    assert get(hardened, query=STRANGE).status_code == 405
    assert get(hardened, documentId=ID).json()["data"] == {"me": {"officer": "zhang"}}
    assert hardened.ask(STRANGE) == {"me": {"role": "OWNER"}}, "others still come by POST"


@pytest.mark.parametrize(
    "text", ["{ __schema { types { name } } }", '{ __type(name: "Alarm") { name } }', "{ a: __schema { types { name } } }"]
)
def test_where_hardened_the_schema_is_not_told(hardened: Client, zhang: Client, text: str) -> None:
    response = hardened.post({"query": text}, Accept=GRAPHQL)
    assert response.status_code == 400
    assert "data" not in response.json()
    assert zhang.ask(text)


def test_where_hardened_there_is_no_page(hardened: Client) -> None:
    response = hardened.http.get(f"{hardened.address}/graphql", headers={"Accept": "text/html"})
    assert response.status_code == 405


# --- Trusted documents --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": ID},
        {"documentId": ID.removeprefix("sha256:")},
        {"documentId": ID, "variables": {}, "operationName": "Me"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": ID.removeprefix("sha256:")}}},
        {"query": ME},
    ],
)
def test_a_trusted_document_is_asked_by_its_id_or_text(trusting: Client, body: dict[str, object]) -> None:
    assert trusting.post(body).json()["data"] == {"me": {"officer": "zhang"}}


def test_where_only_trusted_documents_may_be_used_there_are_no_others(trusting: Client) -> None:
    response = trusting.post({"query": STRANGE}, Accept=GRAPHQL)
    assert (response.status_code, code(response)) == (400, "DOCUMENT_NOT_TRUSTED")
    registering = {"query": STRANGE, "extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(STRANGE.encode()).hexdigest()}}}
    assert code(trusting.post(registering)) == "DOCUMENT_NOT_TRUSTED", "nobody registers documents by sending them"
    assert code(trusting.post({"query": f"{ME} "})) == "DOCUMENT_NOT_TRUSTED"


def test_integrations_write_their_own_documents() -> None:
    documents = Documents(schema()._schema, Exposure(documents=TRUSTED, trusted_only=True))
    question = Asked(STRANGE, None, None)
    with pytest.raises(DocumentRefused):
        documents.asked(question)
    assert documents.asked(question, free=True).trusted is False


@pytest.mark.parametrize("id", ["sha256:00", "x" * 1_000, ""])
def test_an_unknown_document_is_not_found(zhang: Client, id: str) -> None:
    response = zhang.post({"documentId": id})
    assert code(response) == ("PERSISTED_QUERY_NOT_FOUND" if id else "MALFORMED")


def test_a_manifest_is_read_as_it_is_written_and_checked(tmp_path: Path) -> None:
    manifest = tmp_path / "persisted-documents.json"
    for ids in (TRUSTED, {f"sha256:{hash}": text for hash, text in TRUSTED.items()}):
        manifest.write_text(json.dumps(ids))
        assert read_manifest(manifest) == TRUSTED
    for wrong in ("{", "[]", '{"a": 1}', json.dumps({"0" * 64: ME}), json.dumps({"da39a3ee5e6b4b0d3255bfef95601890afd80709": ME})):
        manifest.write_text(wrong)
        with pytest.raises(ManifestRefused):
            read_manifest(manifest)


# --- How much -----------------------------------------------------------------------------------------------------------


def test_every_answer_says_what_it_cost(zhang: Client) -> None:
    cost = zhang.result("{ alarms(first: 100) { nodes { id state } } }")["extensions"]["cost"]
    assert cost["requestedQueryCost"] >= 200
    assert 0 < cost["throttleStatus"]["currentlyAvailable"] <= cost["throttleStatus"]["maximumAvailable"]


def test_who_asks_for_too_much_is_told_when_to_come_back(tmp_path: Path) -> None:
    with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path, budget=1_000) as city:
        greedy, modest = city.client("greedy"), city.client("modest")
        large = "{ a: alarms(first: 100) { nodes { id state version kind } } b: alarms(first: 100) { nodes { id state version kind } } }"
        assert greedy.post({"query": large}).status_code == 200
        response = until_limited(greedy, large)
        assert response.headers["retry-after"].isdecimal()
        assert 1 <= int(response.headers["retry-after"]) <= 11
        assert code(response) == "RATE_LIMITED"
        assert "data" not in response.json()
        with listening(city.address, greedy.token) as client:
            client.subscribe(large)
            (error,) = client.receive()["payload"]
            assert error["extensions"]["code"] == "RATE_LIMITED"
            assert 1 <= error["extensions"]["retryAfter"] <= 11
        with stream(city.address, greedy.token, large) as events:
            (error,) = next(events)["data"]["errors"]
            assert error["extensions"]["code"] == "RATE_LIMITED"
        assert modest.post({"query": ME}).status_code == 200, "each has their own"


def test_the_cost_of_a_request_is_told_whichever_way_it_comes(zhang: Client) -> None:
    """A point for the list, and five for each of the hundred rows it may have."""
    large = "{ alarms(first: 100) { nodes { id state version kind } } }"
    answers = [zhang.post({"query": large}).json(), get(zhang, query=large).json()]
    assert [each["extensions"]["cost"]["requestedQueryCost"] for each in answers] == [501, 501]


def test_a_query_that_takes_too_long_has_a_name_on_every_way(tmp_path: Path) -> None:
    text = "{ alarms { nodes { id } } }"
    with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path, deadline=0.0) as hasty:
        somebody = hasty.client("somebody")
        for accept, status in ((GRAPHQL, 400), ("application/json", 200)):
            response = somebody.post({"query": text}, Accept=accept)
            assert (response.status_code, code(response)) == (status, "DEADLINE_EXCEEDED")
            assert response.json()["extensions"]["cost"]["requestedQueryCost"] > 0
        with listening(hasty.address, somebody.token) as client:
            client.subscribe(text)
            assert client.receive()["payload"][0]["extensions"]["code"] == "DEADLINE_EXCEEDED"


def test_refused_documents_are_paid_for(tmp_path: Path) -> None:
    with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path, budget=3_000) as city:
        assert until_limited(city.client("prober"), "{ nonsense }").status_code == 429


def until_limited(client: Client, text: str) -> httpx.Response:
    for _ in range(20):
        response = client.post({"query": text})
        if response.status_code == 429:
            return response
    pytest.fail("never limited")


class Stopwatch:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_an_empty_bucket_fills_up_again() -> None:
    watch = Stopwatch()
    budget = Budget(1_000, watch)
    budget.spend("a", 900)
    with pytest.raises(Overdrawn) as overdrawn:
        budget.spend("a", 400)
    assert overdrawn.value.seconds == 3
    watch.at = 3.0
    budget.spend("a", 400)
    assert budget.told("a", 400)["throttleStatus"] == {"maximumAvailable": 1_000, "currentlyAvailable": 0, "restoreRate": 100}
    watch.at = 1_000.0
    budget.spend("a", 5_000)
    with pytest.raises(Overdrawn):
        budget.insist("a")


def test_the_memory_of_budgets_is_bounded() -> None:
    budget = Budget(1_000, Stopwatch())
    for number in range(MOST_PRINCIPALS + 10):
        budget.insist(str(number))
    assert len(budget._buckets) == MOST_PRINCIPALS
