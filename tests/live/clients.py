"""Clients that listen: over a WebSocket by `graphql-transport-ws`, and over server-sent events."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

PATIENCE = 20
EVENTS = "subscription ($after: Position, $types: [String!]) { events(after: $after, types: $types) { position type thing } }"


class Listening:
    """A connection that has been let in."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def send(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def receive(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.socket.recv(timeout=PATIENCE))
        return message

    def subscribe(self, text: str = EVENTS, id: str = "1", **variables: Any) -> None:
        self.send(id=id, type="subscribe", payload={"query": text, "variables": variables})

    def next(self, id: str = "1") -> dict[str, Any]:
        """What the next event shows; anything else fails the test."""
        message = self.receive()
        assert (message["type"], message["id"]) == ("next", id), message
        assert "errors" not in message["payload"], message
        data: dict[str, Any] = message["payload"]["data"]
        (shown,) = data.values()
        return dict(shown)

    def some(self, count: int) -> list[dict[str, Any]]:
        return [self.next() for _ in range(count)]


@contextmanager
def socket(address: str, **options: Any) -> Generator[ClientConnection]:
    """A connection that has not said who it is."""
    url = address.replace("http", "ws", 1) + "/graphql"
    with connect(url, subprotocols=["graphql-transport-ws"], compression=None, **options) as opened:  # type: ignore[list-item]
        yield opened


@contextmanager
def listening(address: str, token: str, **options: Any) -> Generator[Listening]:
    with socket(address, **options) as opened:
        client = Listening(opened)
        client.send(type="connection_init", payload={"authorization": f"Bearer {token}"})
        assert client.receive() == {"type": "connection_ack"}
        yield client


@contextmanager
def stream(
    address: str, token: str, text: str = EVENTS, *, last: int | None = None, **variables: Any
) -> Generator[Iterator[dict[str, Any]]]:
    """The events of a stream, each with its `id`, `event` and `data`."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"} | ({} if last is None else {"Last-Event-ID": str(last)})
    body = {"query": text, "variables": variables}
    with httpx.stream("POST", f"{address}/graphql/stream", json=body, headers=headers, timeout=PATIENCE) as response:
        assert response.status_code == 200, response.read()
        assert response.headers["content-type"].startswith("text/event-stream")
        yield _events(response.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    event: dict[str, Any] = {}
    for line in lines:
        if not line:
            if event:
                yield event
            event = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(":")
            event[name] = json.loads(value) if name == "data" and value.strip() else value.strip()
