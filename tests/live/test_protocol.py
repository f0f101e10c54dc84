"""`graphql-transport-ws` as its specification has it, and server-sent events, against a real server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from api.live import sockets
from application.identity import Role
from domain.ids import OfficerId
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.identity.keys import new_key
from infrastructure.identity.tokens import LEEWAY
from tests.api.serving import CITY, Client, Served, new_id, served
from tests.live.clients import EVENTS, PATIENCE, Listening, listening, socket, stream
from tests.live.test_subscriptions import raise_alarm

ME = "{ me { officer } }"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("live")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        yield running


@pytest.fixture(scope="module")
def zhang(city: Served) -> Client:
    return city.client("zhang")


@pytest.fixture
def ear(city: Served, zhang: Client) -> Iterator[Listening]:
    with listening(city.address, zhang.token) as client:
        yield client


def ended(opened: ClientConnection) -> tuple[int, str]:
    """How the server ends a connection, whatever it says before."""
    try:
        while True:
            opened.recv(timeout=PATIENCE)
    except ConnectionClosed as closed:
        said = closed.rcvd
    assert said is not None
    return said.code, said.reason


# --- Over a WebSocket ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", [None, {}, {"authorization": "Bearer guess"}, {"authorization": 1}, {"authorization": "Basic x"}, 7])
def test_who_is_nobody_is_sent_away(city: Served, payload: Any) -> None:
    with socket(city.address) as opened:
        Listening(opened).send(type="connection_init", payload=payload)
        assert ended(opened) == (4403, "Forbidden")


def test_a_token_may_come_in_the_header(city: Served, zhang: Client) -> None:
    with socket(city.address, additional_headers={"Authorization": f"Bearer {zhang.token}"}) as opened:
        client = Listening(opened)
        client.send(type="connection_init")
        assert client.receive() == {"type": "connection_ack"}


@pytest.mark.parametrize("protocols", [None, ["graphql-ws"]])
def test_another_protocol_is_not_spoken(city: Served, protocols: Any) -> None:
    with connect(city.address.replace("http", "ws") + "/graphql", subprotocols=protocols) as opened:
        assert ended(opened)[0] == 4406


def test_who_says_nothing_is_not_waited_for(city: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "PATIENCE", 0.05)
    with socket(city.address) as opened:
        assert ended(opened)[0] == 4408


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"type": "connection_init"}, 4429),
        ({"type": "subscribe"}, 4400),
        ({"type": "subscribe", "id": "1", "payload": {}}, 4400),
        ({"type": "subscribe", "id": "", "payload": {"query": ME}}, 4400),
        ({"type": "nonsense"}, 4400),
        ({}, 4400),
        ([], 4400),
        ({"type": "subscribe", "id": "1", "payload": {"query": "{ me { officer } } # \0"}}, 4400),
    ],
)
def test_what_the_protocol_does_not_know_ends_the_connection(ear: Listening, message: Any, code: int) -> None:
    ear.socket.send(json.dumps(message))
    assert ended(ear.socket)[0] == code


def test_nothing_is_asked_before_it_is_said_who_asks(city: Served) -> None:
    with socket(city.address) as opened:
        Listening(opened).subscribe(ME)
        assert ended(opened)[0] == 4401


def test_an_id_is_used_once_at_a_time(ear: Listening) -> None:
    ear.subscribe(EVENTS, id="1")
    ear.subscribe(EVENTS, id="1")
    assert ended(ear.socket) == (4409, "Subscriber for 1 already exists")


def test_a_ping_is_answered(ear: Listening) -> None:
    ear.send(type="ping")
    assert ear.receive() == {"type": "pong"}
    ear.send(type="pong")
    ear.send(type="ping", payload={"any": 1})
    assert ear.receive() == {"type": "pong"}


def test_queries_and_mutations_come_the_same_way(ear: Listening) -> None:
    ear.subscribe(ME, id="who")
    assert ear.next("who") == {"officer": "zhang"}
    assert ear.receive() == {"type": "complete", "id": "who"}
    ear.subscribe(ME, id="who")
    assert ear.next("who") == {"officer": "zhang"}, "what is complete may be asked again under its id"


@pytest.mark.parametrize(
    "text",
    [
        "subscription { nothing }",
        "subscription { events { position } alarmChanged { position } }",
        "subscription {",
        'subscription { events(types: ["Nonsense"]) { position } }',
    ],
)
def test_what_cannot_be_told_is_refused(ear: Listening, text: str) -> None:
    ear.subscribe(text, id="bad")
    message = ear.receive()
    assert (message["id"], message["type"]) == ("bad", "error")
    assert message["payload"][0]["message"]
    ear.send(type="ping")
    assert ear.receive() == {"type": "pong"}, "the connection goes on"


def test_over_http_a_subscription_is_shown_the_way(zhang: Client) -> None:
    assert zhang.error("subscription { events { position } }")["extensions"]["code"] == "SUBSCRIPTION_ELSEWHERE"


def test_what_is_complete_is_told_no_more(ear: Listening, zhang: Client) -> None:
    start = raise_position(zhang)
    ear.subscribe(EVENTS, id="1", after=start)
    ear.subscribe(EVENTS, id="2", after=start)
    raise_alarm(zhang)
    heard = [ear.receive() for _ in range(4)]
    assert sorted((each["id"], each["payload"]["extensions"]["position"] - start) for each in heard) == [
        ("1", 1),
        ("1", 2),
        ("2", 1),
        ("2", 2),
    ]
    ear.send(id="1", type="complete")
    ear.send(type="ping")
    assert ear.receive() == {"type": "pong"}
    raise_alarm(zhang)
    assert [ear.receive()["id"] for _ in range(2)] == ["2", "2"]


def raise_position(client: Client) -> int:
    raise_alarm(client)
    return int(client.ask("{ status { position } }")["status"]["position"])


# --- Who may go on listening --------------------------------------------------------------------------------------------


def test_whose_key_is_revoked_is_sent_away_at_once_with_the_position(city: Served, zhang: Client) -> None:
    made, key = new_key(), new_id()
    expires = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    given: dict[str, Any] = {"label": "ARC", "organisations": ["CQ-YZ-01"], "actions": ["READ"], "expiresAt": expires}
    done = zhang.do("issueApiKey", key=key, prefix=made.prefix, digest=made.digest, **given)
    assert done["__typename"] == "IssueApiKeyPayload", done
    with listening(city.address, made.text) as client:
        client.subscribe(after=done["position"])
        raise_alarm(zhang)
        client.some(2)
        revoked = zhang.do("revokeApiKey", key=key, reason="lost")
        code, reason = ended(client.socket)
    assert code == 4403
    assert json.loads(reason)["position"] in {revoked["position"] - 1, revoked["position"]}


def test_whose_token_runs_out_is_sent_away(city: Served) -> None:
    began, life = datetime.now(UTC) - timedelta(minutes=2), timedelta(minutes=2, seconds=2 - LEEWAY)
    issuer = DevelopmentIssuer(city.tocsin.settings.development_key)
    token = issuer.token(OfficerId("zhang"), CITY, Role.OWNER, began, life)
    with listening(city.address, token) as client:
        client.subscribe()
        assert ended(client.socket)[0] == 4403


# --- Over server-sent events --------------------------------------------------------------------------------------------


def test_a_stream_tells_events_with_their_positions_as_ids(city: Served, zhang: Client) -> None:
    start = raise_position(zhang)
    with stream(city.address, zhang.token, after=start) as events:
        raise_alarm(zhang)
        told = [next(events) for _ in range(2)]
    assert [(each["event"], int(each["id"])) for each in told] == [("next", start + 1), ("next", start + 2)]
    assert told[0]["data"]["data"]["events"]["type"] == "AlarmOpened"
    with stream(city.address, zhang.token, after=start, last=start + 1) as events:
        assert int(next(events)["id"]) == start + 2, "an event source goes on after the last event it has seen"


def test_a_stream_of_one_answer_is_complete(city: Served, zhang: Client) -> None:
    with stream(city.address, zhang.token, ME) as events:
        assert [(each["event"], each["data"] and each["data"]["data"]) for each in events] == [
            ("next", {"me": {"officer": "zhang"}}),
            ("complete", ""),
        ]


def test_what_a_stream_cannot_tell_is_refused(city: Served, zhang: Client) -> None:
    with stream(city.address, zhang.token, "subscription { nothing }") as events:
        told = list(events)
    assert [each["event"] for each in told] == ["next", "complete"]
    assert told[0]["data"]["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_a_stream_needs_a_token(city: Served) -> None:
    response = httpx.post(f"{city.address}/graphql/stream", json={"query": EVENTS})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")
