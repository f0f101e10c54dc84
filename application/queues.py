"""Commands on one thing queue up here, in the process, before they reach the database."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from operator import attrgetter
from uuid import UUID
from weakref import WeakValueDictionary

_number = attrgetter("int")
"""The order of ids; comparing the numbers is much faster than comparing the ids."""


class Queues:
    """One lock for each thing in use; taken in order of ids, so that no two commands wait for each other."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[UUID, Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, ids: Collection[UUID]) -> AsyncGenerator[None]:
        locks = [self._lock(id) for id in sorted(ids, key=_number)]
        held: list[Lock] = []
        try:
            for lock in locks:
                await lock.acquire()
                held.append(lock)
            yield
        finally:
            for lock in held:
                lock.release()

    def _lock(self, id: UUID) -> Lock:
        lock = self._locks.get(id)
        if lock is None:
            lock = self._locks[id] = Lock()
        return lock
