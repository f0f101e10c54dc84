"""The real thing for tests: a server on a loopback port over a real database, and a client that speaks to it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import uvicorn

from api.app import create_app
from api.cli.running import SERVING, Server
from api.live.live import Live
from api.main import Tocsin, assemble
from api.services import Exposure
from application.identity import Role
from domain.ids import OfficerId, OrganisationId, uuid7
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.settings import Settings
from infrastructure.webhooks.pacing import Pace
from tests.registering import established

CITY = OrganisationId("CQ")
STATIONS = ["CQ-YZ-01", "CQ-YZ-02"]
FOUNDED = 4
"""The positions that two divisions and the stations take before anybody is served."""
SECONDS = 20
OPEN = Exposure()


def new_id() -> str:
    return str(uuid7(datetime.now(UTC)))


def told(kind: str, id: str) -> str:
    """The id as the API tells it."""
    return f"{kind}_{UUID(id).hex}"


@dataclass(frozen=True)
class Client:
    """Somebody with a token."""

    address: str
    token: str
    http: httpx.Client

    def post(self, body: Any, **headers: str) -> httpx.Response:
        return self.http.post(f"{self.address}/graphql", json=body, headers={"Authorization": f"Bearer {self.token}", **headers})

    def result(self, text: str, **variables: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.post({"query": text, "variables": variables}).json()
        return answer

    def ask(self, text: str, **variables: Any) -> dict[str, Any]:
        """The data; errors fail the test."""
        result = self.result(text, **variables)
        assert "errors" not in result, result["errors"]
        data: dict[str, Any] = result["data"]
        return data

    def error(self, text: str, **variables: Any) -> dict[str, Any]:
        (error,) = self.result(text, **variables)["errors"]
        found: dict[str, Any] = error
        return found

    def do(self, mutation: str, shown: str = "", *, command: str | None = None, **given: Any) -> dict[str, Any]:
        """Carry out one mutation; the payload or the refusal."""
        title = mutation[0].upper() + mutation[1:]
        text = f"""mutation ($input: {title}Input!) {{ {mutation}(input: $input) {{ __typename
            ... on {title}Payload {{ position recordedAt repeated {shown} }}
            ... on Refusal {{ code message messageZh field }}
            ... on VersionConflict {{ currentVersion }} }} }}"""
        answer: dict[str, Any] = self.ask(text, input={"commandId": command or str(uuid4()), **given})[mutation]
        return answer


@dataclass(frozen=True)
class Served:
    address: str
    tocsin: Tocsin
    live: Live
    token: str | None
    http: httpx.Client

    def client(self, name: str, role: Role = Role.OWNER, organisation: OrganisationId = CITY) -> Client:
        """Somebody; whoever is not told to be less may do everything."""
        issuer = DevelopmentIssuer(self.tocsin.settings.development_key)
        return Client(self.address, issuer.token(OfficerId(name), organisation, role, datetime.now(UTC)), self.http)


def founded(url: str) -> None:
    """What `served` registers, for a server that is a process of its own."""
    tocsin = assemble(Settings(database=url), working=False)
    established(tocsin, divisions=["500103"], organisations=STATIONS)
    tocsin.log.close()
    tocsin.database.close()


@contextmanager
def served(
    url: str,
    folder: Path,
    *,
    development: bool = False,
    working: bool = True,
    deadline: float = 10.0,
    budget: int = 100_000_000,
    exposure: Exposure = OPEN,
    vault_key: Path | None = None,
    pace: Pace | None = None,
) -> Iterator[Served]:
    """A server with everything behind it; where it does not work, the projections stand still until they are told."""
    settings = Settings(database=url, development=True, development_key=folder / "development-key.json", vault_key=vault_key)
    token = _developer(settings) if development else None
    tocsin = assemble(settings, working=working)
    tocsin.pace = pace or tocsin.pace
    established(tocsin, divisions=["500103"], organisations=STATIONS)
    services = tocsin.services(token=token)
    patience = 5.0 if working else 0.05
    patient = replace(services.settings, patience=patience, deadline=deadline, budget=budget, exposure=exposure)
    with socket.create_server(("127.0.0.1", 0)) as door, httpx.Client(timeout=SECONDS) as http:
        app = create_app(replace(services, settings=patient))
        server = Server(uvicorn.Config(app, **SERVING), lambda: None, lambda close: app.state.live.leave(0, close))
        thread = threading.Thread(target=asyncio.run, args=(_serve(tocsin, server, door),), daemon=True)
        thread.start()
        try:
            yield Served(f"http://127.0.0.1:{door.getsockname()[1]}", tocsin, app.state.live, token, http)
        finally:
            server.should_exit = True
            thread.join(SECONDS)


async def _serve(tocsin: Tocsin, server: uvicorn.Server, door: socket.socket) -> None:
    async with tocsin:
        await server.serve(sockets=[door])


def _developer(settings: Settings) -> str:
    return DevelopmentIssuer(settings.development_key).token(OfficerId("developer"), CITY, Role.CITY_HEAD, datetime.now(UTC))
