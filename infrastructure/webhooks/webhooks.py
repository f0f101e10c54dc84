"""The application's `Webhooks`: what mutations need before, and what queries show after."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from application.jurisdiction.views import WebhookState
from application.ports import Clock
from application.webhooks import Attempt, Delivery, DeliveryTrouble
from domain.ids import CommandId, WebhookId
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.projections.jurisdiction.webhooks import WEBHOOKS
from infrastructure.vault.secrets import SqlSecrets
from infrastructure.webhooks.destinations import Destinations
from infrastructure.webhooks.tables import STANDINGS, WAITING

_OF = WAITING.c.webhook == WEBHOOKS.c.id
_TAKEN_UP = sa.and_(STANDINGS.c.webhook == WEBHOOKS.c.id, STANDINGS.c.begun == WEBHOOKS.c.begun)
_STANDING = sa.select(
    WEBHOOKS.c.id,
    WEBHOOKS.c.state,
    sa.func.coalesce(STANDINGS.c.position, WEBHOOKS.c.begins).label("looked"),
    *(each for each in STANDINGS.c if each.name not in {"webhook", "begun", "renewed", "position"}),
    *(
        sa.select(of).where(_OF, STANDINGS.c.webhook.is_not(None)).scalar_subquery().label(name)
        for name, of in {
            "waiting": sa.func.count(),
            "first": sa.func.min(WAITING.c.position),
            "failing_since": sa.func.min(WAITING.c.failing_since),
        }.items()
    ),
).select_from(WEBHOOKS.outerjoin(STANDINGS, _TAKEN_UP))
"""What has been ordered and not taken up yet begins where it was ordered to."""


class SqlWebhooks:
    def __init__(self, database: Database, secrets: SqlSecrets, destinations: Destinations, clock: Clock) -> None:
        self._database = database
        self._secrets = secrets
        self._destinations = destinations
        self._clock = clock

    def insist_allowed(self, url: str) -> None:
        self._destinations.insist(url)

    async def make_secret(self, command_id: CommandId, webhook: WebhookId) -> str:
        return await self._secrets.make(command_id, webhook)

    async def deliveries(self, ids: Collection[WebhookId]) -> Mapping[WebhookId, Delivery]:
        return await to_thread(self._deliveries, ids)

    def _deliveries(self, ids: Collection[WebhookId]) -> dict[WebhookId, Delivery]:
        with self._database.reading() as connection:
            head = reading.head(connection)
            rows = connection.execute(_STANDING.where(WEBHOOKS.c.id.in_(ids))).all()
        return {WebhookId(row.id): self._told(row, head) for row in rows}

    def _told(self, row: Any, head: int) -> Delivery:
        not_before = row.not_before if row.not_before is not None and row.not_before > self._clock.now() else None
        return Delivery(
            position=row.looked if row.first is None else row.first - 1,
            backlog=0 if row.state is WebhookState.REMOVED else max(0, head - row.looked) + row.waiting,
            waiting=row.waiting,
            failing_since=row.failing_since,
            not_before=not_before,
            trouble=DeliveryTrouble(row.trouble) if row.trouble is not None and row.state is WebhookState.DELIVERING else None,
            last_attempt=_attempt(row.attempted_at, row.attempt_status, row.attempt_trouble),
            last_test=_attempt(row.tested_at, row.test_status, row.test_trouble),
        )


def _attempt(at: Any, status: int | None, trouble: str | None) -> Attempt | None:
    return None if at is None else Attempt(at=at, status=status, trouble=None if trouble is None else DeliveryTrouble(trouble))
