"""Commands on one thing queue up here, in the process, before they reach the database."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import AsyncGenerator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID
from weakref import WeakValueDictionary


class Queues:
    """One lock for each thing in use; taken in order of ids, so that no two commands wait for each other."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[UUID, Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, ids: Collection[UUID]) -> AsyncGenerator[None]:
        locks = [self._lock(id) for id in sorted(ids)]
        async with AsyncExitStack() as stack:
            for lock in locks:
                await stack.enter_async_context(lock)
            yield

    def _lock(self, id: UUID) -> Lock:
        lock = self._locks.get(id)
        if lock is None:
            lock = self._locks[id] = Lock()
        return lock
