"""One attempt: what is told, whether it is theirs to hear, and where it goes at this moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from uuid import UUID

import orjson

from application.casework.vault import VaultIsClosed
from application.identity import Principal
from application.live import theirs
from application.webhooks import DeliveryTrouble, Wish
from domain.rules import InvalidValue
from infrastructure.webhooks.book import Book, Registered
from infrastructure.webhooks.lines import Waiting
from infrastructure.webhooks.office import Office
from infrastructure.webhooks.sending import Answer, send
from infrastructure.webhooks.signing import delivery_id, headers, sample_id


class KeyHasEnded(Exception):  # noqa: N818 - found on the way, and the end of it
    """Nothing is delivered for this key."""


class Bringer:
    """`registered` tells how the webhook is registered, which may change while something is on its way."""

    def __init__(self, office: Office, webhook: UUID, book: Book, registered: Callable[[], Registered]) -> None:
        self._office = office
        self._webhook = webhook
        self._book = book
        self._registered = registered

    async def brought(self, waiting: Waiting, wish: Wish) -> Answer | None:
        """Whether it is theirs to hear is asked last of all: a case may have been sealed while it was told."""
        record = await asyncio.to_thread(self._book.record, waiting.position)
        body = (await wish.tell(record)).encode()
        holder = await self._holder()
        if not wish.topic.touches(record) or not await theirs(wish.topic, self._office.access, holder, record):
            return None
        return await self._sent(delivery_id(self._webhook, waiting.position), body)

    async def _holder(self) -> Principal:
        holder = await self._office.keys.holder(self._registered().api_key)
        if holder is None:
            raise KeyHasEnded
        return holder

    async def _sent(self, id: str, body: bytes) -> Answer:
        """To where the webhook goes at this moment, which may be elsewhere than when the round began."""
        office, now = self._office, self._office.clock.now()
        office.destinations.insist(self._registered().url)
        signing = await asyncio.to_thread(office.secrets.signing, self._webhook, now)
        return await send(office.client, self._registered().url, headers(signing, id, body, now), body, office.pace.patience, now)

    async def sampled(self, position: int) -> Answer:
        """A sample holds nothing of the city, so that it may go to whom nothing has gone before."""
        body = orjson.dumps({"data": None, "extensions": {"position": position, "test": True}})
        try:
            await self._holder()
            return await self._sent(sample_id(self._webhook, position), body)
        except InvalidValue:
            return Answer(None, DeliveryTrouble.HOST_NOT_ALLOWED)
        except KeyHasEnded:
            return Answer(None, DeliveryTrouble.KEY_ENDED)
        except VaultIsClosed:
            return Answer(None, DeliveryTrouble.VAULT_CLOSED)
