"""Keys and webhooks as administrators make them, over the API."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from infrastructure.identity.keys import new_key
from tests.api.serving import STATIONS, Client, new_id
from tests.webhooks.receiving import SECONDS

EVENTS = "subscription { events { position type thing data } }"
DELIVERY = """delivery { position backlog waiting failingSince notBefore trouble
  lastAttempt { at status trouble } lastTest { at status trouble } }"""
WEBHOOK = f"query ($id: WebhookId!) {{ webhook(id: $id) {{ id state pausedBecause apiKeyId url document variables {DELIVERY} }} }}"


@dataclass(frozen=True)
class Registered:
    id: str
    secret: str
    key: str

    def shown(self, client: Client) -> dict[str, Any]:
        shown: dict[str, Any] = client.ask(WEBHOOK, id=self.id)["webhook"]
        return shown


def issued(client: Client, *organisations: str, actions: tuple[str, ...] = ("READ",), days: float = 30) -> str:
    """A key's id."""
    key, made = new_id(), new_key()
    until = (datetime.now(UTC) + timedelta(days=days)).isoformat()
    given = {"prefix": made.prefix, "digest": made.digest, "label": "ARC", "organisations": list(organisations or STATIONS)}
    done = client.do("issueApiKey", key=key, actions=list(actions), expiresAt=until, **given)
    assert done["__typename"] == "IssueApiKeyPayload", done
    return key


def registered(client: Client, url: str, document: str = EVENTS, *, key: str | None = None, **given: Any) -> Registered:
    id, key = new_id(), key or issued(client)
    done = client.do("registerWebhook", "secret", webhook=id, apiKey=key, label="ARC", url=url, document=document, **given)
    assert done["__typename"] == "RegisterWebhookPayload", done
    return Registered(id, done["secret"], key)


def until(client: Client, webhook: Registered, enough: Any) -> dict[str, Any]:
    """The webhook as it is shown once it is as it should be."""
    end = time.monotonic() + SECONDS
    while True:
        shown = webhook.shown(client)
        if enough(shown):
            return shown
        assert time.monotonic() < end, shown
        time.sleep(0.05)
