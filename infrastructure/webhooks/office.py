"""What all couriers share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

import httpx

from application.access import Access
from application.desk import Desk
from application.feed import Feed
from application.identity import Principal
from application.jurisdiction import webhooks
from application.ports import Clock
from application.requests import Request
from application.webhooks import Wishes
from domain.ids import ApiKeyId, CommandId, OfficerId, OrganisationId, WebhookId
from domain.jurisdiction.events import PauseReason
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.webhooks.destinations import Destinations
from infrastructure.webhooks.pacing import Pace

COURIER = OfficerId("courier")
"""Who paused a webhook where nobody did."""
_NAMESPACE = UUID("0d9c6c0e-6f1b-5a5f-8f0e-70c51a000003")


class Keys(Protocol):
    async def holder(self, key: ApiKeyId) -> Principal | None:
        """Whom a key stands for now; nobody where it is revoked or has expired."""
        ...


class Secrets(Protocol):
    def signing(self, webhook: UUID, now: datetime) -> Sequence[bytes]: ...

    def destroy(self, webhook: UUID) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    database: Database
    desk: Desk
    feed: Feed
    access: Access
    keys: Keys
    secrets: Secrets
    wishes: Wishes
    destinations: Destinations
    clock: Clock
    client: httpx.AsyncClient
    pace: Pace = field(default_factory=Pace)

    async def pause(self, webhook: UUID, version: int, reason: PauseReason) -> None:
        """Each time it is found is one command; that somebody has paused it meanwhile is as well."""
        request = Request(
            command=webhooks.suspend(WebhookId(webhook), reason),
            command_id=CommandId(uuid5(_NAMESPACE, f"{webhook}/{version}/{reason}")),
            by=COURIER,
            organisation=OrganisationId("tocsin"),
        )
        try:
            await self.desk.carry_out(request)
        except Rejected:
            return
