"""What one request knows: who asks, the services, and what it has looked up so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader
from strawberry.types import Info

from api.services import Services
from application.identity import Principal
from application.views import Order, View, Wanted

Key = UUID | str
BATCH = 1_000


class Context:
    """Lives as long as its request, so that nothing looked up for one officer is ever shown to another."""

    def __init__(self, services: Services, principal: Principal) -> None:
        self.services = services
        self.principal = principal

    async def thing(self, view: type[View], key: Key | None) -> View | None:
        """The row with this key; rows asked for together are read together."""
        return None if key is None else await self._things[view].load(key)

    async def things_of(self, view: type[View], field: str, key: Key) -> list[View]:
        """The rows whose field names this thing, in the view's own order."""
        return await self._parts[view, field].load(key)

    def forget(self) -> None:
        """After a command what was looked up before it may be stale."""
        self.__dict__.pop("_things", None)
        self.__dict__.pop("_parts", None)

    @cached_property
    def _things(self) -> _Things:
        return _Things(self.services)

    @cached_property
    def _parts(self) -> _Parts:
        return _Parts(self.services)


GraphInfo = Info[Context, None]


class _Things(dict[type[View], DataLoader[Key, View | None]]):
    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    def __missing__(self, view: type[View]) -> DataLoader[Key, View | None]:
        async def load(keys: list[Key]) -> Sequence[View | None]:
            found = await self._services.read_models.several(view, keys)
            return [found.get(key) for key in keys]

        self[view] = DataLoader(load_fn=load, max_batch_size=BATCH)
        return self[view]


class _Parts(dict[tuple[type[View], str], DataLoader[Key, list[View]]]):
    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    def __missing__(self, part: tuple[type[View], str]) -> DataLoader[Key, list[View]]:
        view, field = part

        async def load(keys: list[Key]) -> Sequence[list[View]]:
            of: dict[Key, list[View]] = defaultdict(list)
            for row in await self._all(view, Wanted(any_of={field: keys})):
                of[getattr(row, field)].append(row)
            return [of[key] for key in keys]

        self[part] = DataLoader(load_fn=load, max_batch_size=BATCH)
        return self[part]

    async def _all(self, view: type[View], wanted: Wanted) -> list[View]:
        order, after, rows = Order(by=view.orders[0], descending=False), None, list[View]()
        while True:
            page = await self._services.read_models.page(view, wanted, order, BATCH, after)
            rows += page.rows
            if not page.more:
                return rows
            after = page.cursors[-1]


def context_of(info: Any) -> Context:
    """The request's own context, typed."""
    context: Context = info.context
    return context
