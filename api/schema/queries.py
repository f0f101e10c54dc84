"""Queries for single things and for lists of them, two for each view; and who asks, and how far everything is."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import strawberry

from api.context import GraphInfo, columns_of, context_of
from api.schema.connections import USUAL, Listing, listed, orders, resumed, rows_asked
from api.schema.filters import filter_of, wanted
from api.schema.freshness import AtLeast
from api.schema.scalars import Cursor, Position
from api.schema.shapes import built, described, many, told
from api.schema.things import CONNECTIONS, TYPES, VIEWS
from application.feed import ProjectionStatus
from application.identity import Role
from application.views import Order, View
from domain.ids import OfficerId, OrganisationId

_WORD = re.compile(r"(?<!^)(?=[A-Z])")


def thing_queries() -> dict[str, Any]:
    """`alarm(id)` and `alarms(filter, orderBy, first, after)`, and so for every view."""
    fields = {}
    for id_type, view in VIEWS.items():
        name = _WORD.sub("_", TYPES[view].__name__).lower()
        fields[name] = _one(view, id_type)
        fields[several(name)] = _many(view)
    return fields


def several(name: str) -> str:
    """What many of a thing are called: alarms, boundaries, legal bases."""
    if name.endswith("ry"):
        return f"{name.removesuffix('y')}ies"
    return f"{name.removesuffix('is')}es" if name.endswith("sis") else f"{name}s"


def _one(view: type[View], id_type: Any) -> Any:
    async def resolve(info: GraphInfo, id: Any) -> Any:
        return await context_of(info).thing(view, id, columns_of(info, TYPES[view].__name__))

    resolve.__annotations__ |= {"info": GraphInfo, "id": id_type}
    return _field(resolve, TYPES[view] | None, AtLeast(view), described(view))


def _many(view: type[View]) -> Any:
    order_type, usual = orders(view, TYPES[view].__name__)
    filter_type = filter_of(view, TYPES[view].__name__)

    async def resolve(
        info: GraphInfo, filter: Any = None, order_by: Any = usual, first: int = USUAL, after: Cursor | None = None
    ) -> Listing[Any]:
        chosen, order = wanted(view, filter), Order(by=view.key, descending=False) if context_of(info).by_key else order_by.value
        rows, columns = context_of(info).rows, columns_of(info, TYPES[view].__name__)
        page = await rows.page(view, chosen, order, rows_asked(first), resumed(view, order, after), columns)
        return listed(view, chosen, order, page, after)

    resolve.__annotations__ = {
        "info": GraphInfo,
        "filter": filter_type | None,
        "order_by": order_type,
        "first": int,
        "after": Cursor | None,
    }
    return _field(resolve, CONNECTIONS[view], AtLeast(view), described(view))


def _field(resolver: Any, graphql_type: Any, extension: AtLeast, description: str | None) -> Any:
    return strawberry.field(resolver=resolver, graphql_type=graphql_type, extensions=[extension], description=description)


_Projection = built(
    "ProjectionStatus",
    {"name": str, "inline": bool, "position": Position, "lag": Position, "updated_at": datetime | None, "failure": str | None},
    defaults={},
    description=described(ProjectionStatus),
)


@strawberry.type(description="How far the log and everything made of it have come. 日志与各投影的进度。")
class Status:
    position: Position
    healthy: bool
    projections: many(_Projection)  # type: ignore[valid-type]  # made at run time


@strawberry.type(description="Who you are to this system. 当前身份。")
class Me:
    officer: OfficerId
    organisation: OrganisationId
    role: told("role", Role)  # type: ignore[valid-type]  # the domain's own enum


async def _status(info: GraphInfo) -> Status:
    feed = context_of(info).services.feed
    projections = await feed.status()
    return Status(position=Position(await feed.head()), healthy=all(each.failure is None for each in projections), projections=projections)


async def _me(info: GraphInfo) -> Me:
    principal = context_of(info).principal
    return Me(officer=principal.officer, organisation=principal.organisation, role=principal.role)


def own_queries() -> dict[str, Any]:
    """What the system tells about itself and about who asks."""
    return {"status": strawberry.field(resolver=_status), "me": strawberry.field(resolver=_me)}
