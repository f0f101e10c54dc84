"""GraphQL over HTTP, as any other system speaks it."""

from __future__ import annotations

from typing import Any

import httpx

from infrastructure.demo.living.acts import Act, Who
from infrastructure.demo.living.identities import Identities


class Away(Exception):  # noqa: N818 - it reads as what is the matter
    """Nobody answers there at present; it may be asked again."""


class NotServed(Exception):  # noqa: N818 - it reads as what is the matter
    """The server answers, and not to this: the message is one line for whoever started the simulator."""


class Client:
    def __init__(self, http: httpx.AsyncClient, url: str, identities: Identities) -> None:
        self._http = http
        self._url = url
        self.identities = identities

    async def ask(self, who: Who, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        """The data. A server that is overdrawn, starting or leaving is away; what it cannot understand is told."""
        answer = await self._sent(who, document, variables)
        if answer.get("errors"):
            error = answer["errors"][0]
            if error.get("extensions", {}).get("code") in PASSING:
                raise Away(error["message"])
            raise NotServed(error["message"])
        data: dict[str, Any] = answer["data"]
        return data

    async def do(self, act: Act) -> dict[str, Any]:
        """Where the log stands, or the refusal's code and message."""
        answer: dict[str, Any] = (await self.ask(act.who, act.document, act.variables))["answer"]
        return answer

    async def _sent(self, who: Who, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.identities.bearer(who)}"}
        try:
            response = await self._http.post(self._url, json={"query": document, "variables": variables}, headers=headers)
            answer: dict[str, Any] = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Away(str(error)) from None
        return answer


PASSING = frozenset({"RATE_LIMITED", "STALE_READ", "LOG_UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL"})
