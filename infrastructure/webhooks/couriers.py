"""A courier for each webhook, as long as there is one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from uuid import UUID

import httpx

from infrastructure.log.waking import Bell
from infrastructure.webhooks import book
from infrastructure.webhooks.courier import POLL, Courier
from infrastructure.webhooks.office import Office
from infrastructure.webhooks.sending import new_client

GATHERED = 0.02
"""Seconds in which events are gathered before couriers are called: each call costs a look."""
_log = logging.getLogger(__name__)


class Couriers:
    """In the one process that works. `open_office` takes the client that all deliveries go through."""

    def __init__(self, bell: Bell, open_office: Callable[[httpx.AsyncClient], Office]) -> None:
        self._bell = bell
        self._open_office = open_office
        self._walking: dict[UUID, tuple[Courier, asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Until cancelled. A fault is logged and tried again."""
        async with new_client() as client:
            office = self._open_office(client)
            try:
                while True:
                    try:
                        await self._follow(office)
                    except Exception:  # noqa: BLE001 - whatever stood in the way, those who deliver already go on
                        _log.exception("the webhooks could not be looked up and are looked up again")
                        await asyncio.sleep(POLL)
            finally:
                await self._call_off(set(self._walking))

    async def _follow(self, office: Office) -> None:
        position = 0
        while True:
            await self._see_to(office)
            for courier, _ in self._walking.values():
                courier.call()
            position = await self._bell.heard(position, POLL)
            await asyncio.sleep(GATHERED)

    async def _see_to(self, office: Office) -> None:
        there = await asyncio.to_thread(book.there, office.database)
        await self._call_off(self._walking.keys() - there)
        for id in there - self._walking.keys():
            courier = Courier(office, id)
            self._walking[id] = courier, asyncio.create_task(courier.run())
        for id in await asyncio.to_thread(book.left_behind, office.database):
            await asyncio.to_thread(office.secrets.destroy, id)
            await asyncio.to_thread(book.forget, office.database, id)

    async def _call_off(self, ids: set[UUID]) -> None:
        tasks = [self._walking.pop(id)[1] for id in ids]
        for each in tasks:
            each.cancel()
        if tasks:
            await asyncio.wait(tasks)
