"""What one request knows: who asks, the services, and what it has looked up so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from graphql import GraphQLResolveInfo
from strawberry.dataloader import DataLoader
from strawberry.types import Info

from api.services import Services
from application.dispatching.deployment import Deployment
from application.dispatching.rates import LinkageFigures
from application.feed import StaleRead
from application.identity import Principal
from application.oversight.figures import Statistics
from application.surveillance.questions import Surveillance
from application.surveillance.staffing import Staffing
from application.views import Columns, Order, View, Wanted
from application.webhooks import Delivery
from domain.ids import WebhookId

Key = UUID | str
P = TypeVar("P")
BATCH = 1_000


class Context:
    """Lives as long as its request, so that nothing looked up for one officer is ever shown to another."""

    def __init__(self, services: Services, principal: Principal, *, by_key: bool = False) -> None:
        """`by_key` reads lists in the order of their keys, where no row ever moves."""
        self.by_key = by_key
        self.services = services
        self.principal = principal
        self.rows = services.read_models.seen_by(principal)
        self._position = 0
        self._things = _Loaders(self._load_things)
        self._parts = _Loaders(self._load_parts)
        self._deliveries: DataLoader[WebhookId, Delivery] = DataLoader(load_fn=self._load_deliveries, cache=False)

    @cached_property
    def figures(self) -> Statistics:
        return self.services.statistics.seen_by(self.principal)

    @cached_property
    def staffing(self) -> Staffing:
        return self.services.staffing.seen_by(self.principal)

    @cached_property
    def surveillance(self) -> Surveillance:
        return self.services.surveillance.seen_by(self.principal)

    @cached_property
    def linkage(self) -> LinkageFigures:
        return self.services.linkage.seen_by(self.principal)

    @cached_property
    def deployment(self) -> Deployment:
        return self.services.deployment.seen_by(self.principal)

    def insist_on(self, position: int) -> None:
        """From now on show nothing older than this; what was looked up before may be."""
        self._position = max(self._position, position)
        self._things.clear()
        self._parts.clear()

    async def fresh(self, view: type[View] | None) -> None:
        """Wait briefly until a view, or every one, shows what this request insists on."""
        patience = self.services.settings.patience
        if self._position and not await self.services.feed.reached(self._position, view, patience):
            raise StaleRead

    async def thing(self, view: type[View], key: Key | None, columns: Columns = None) -> View | None:
        """The row with this key; rows asked for together are read together."""
        if key is None:
            return None
        found: View | None = await self._things[view, columns].load(key)
        return found

    async def things_of(self, view: type[View], field: str, key: Key) -> list[View]:
        """The rows whose field names this thing, in the view's own order."""
        found: list[View] = await self._parts[view, field].load(key)
        return found

    async def delivery(self, id: WebhookId) -> Delivery:
        """How far a webhook is."""
        return await self._deliveries.load(id)

    async def _load_deliveries(self, ids: list[WebhookId]) -> list[Delivery]:
        found = await self.services.webhooks.deliveries(ids)
        return [found[id] for id in ids]

    async def _load_things(self, view: type[View], columns: Columns, keys: list[Key]) -> list[View | None]:
        await self.fresh(view)
        found = await self.rows.several(view, keys, columns)
        return [found.get(key) for key in keys]

    async def _load_parts(self, view: type[View], field: str, keys: list[Key]) -> list[list[View]]:
        await self.fresh(view)
        of: dict[Key, list[View]] = defaultdict(list)
        for row in await self._all(view, Wanted(any_of={field: keys})):
            of[getattr(row, field)].append(row)
        return [of[key] for key in keys]

    async def _all(self, view: type[View], wanted: Wanted) -> list[View]:
        order, after, rows = Order(by=view.orders[0], descending=False), None, list[View]()
        while True:
            page = await self.rows.page(view, wanted, order, BATCH, after)
            rows += page.rows
            if not page.more:
                return rows
            after = page.cursors[-1]


class _Loaders(dict[tuple[type[View], P], DataLoader[Key, Any]]):
    """One loader for each view and what is wanted of it, made when it is first needed."""

    def __init__(self, load: Callable[[type[View], P, list[Key]], Awaitable[Sequence[Any]]]) -> None:
        super().__init__()
        self._load = load

    def __missing__(self, part: tuple[type[View], P]) -> DataLoader[Key, Any]:
        async def load(keys: list[Key]) -> Sequence[Any]:
            return await self._load(*part, keys)

        self[part] = DataLoader(load_fn=load, max_batch_size=BATCH)
        return self[part]


GraphInfo = Info[Context, None]


class PlannedInfo(GraphQLResolveInfo[Context]):
    """What a resolver is told when its query runs by a plan: also which columns of each type will be read of what it answers."""

    columns: Mapping[str, Columns]


def columns_of(info: Any, kind: str) -> Columns:
    """The columns that a plan needs of the rows of a type; without a plan all of them."""
    raw = info._raw_info  # noqa: SLF001 - Strawberry tells no other way
    return raw.columns.get(kind) if isinstance(raw, PlannedInfo) else None


def context_of(info: Any) -> Context:
    """The request's own context, typed."""
    context: Context = info.context
    return context
