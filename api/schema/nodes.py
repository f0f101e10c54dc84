"""Finding any thing again by the id that was told."""

from __future__ import annotations

import asyncio
from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.connections import LARGEST
from api.schema.freshness import AtLeast
from api.schema.ids import understood
from api.schema.things import VIEWS, Node
from domain.rules import InvalidValue, LimitExceeded


class IdUnknown(InvalidValue):
    """This is not an id of a thing; an id is its kind, an underscore and its name.

    这不是对象编号；编号由类别、下划线和名称组成。
    """

    on = "id"


class TooManyIds(LimitExceeded):
    """100 things at most are found at a time.

    一次最多查询 100 个对象。
    """

    on = "ids"


async def _node(info: GraphInfo, id: strawberry.ID) -> Any:
    return await _found(info, id, "id")


async def _nodes(info: GraphInfo, ids: list[strawberry.ID]) -> list[Any]:
    if len(ids) > LARGEST:
        raise TooManyIds
    return list(await asyncio.gather(*(_found(info, id, "ids") for id in ids)))


async def _found(info: GraphInfo, id: str, field: str) -> Any:
    named = understood(id)
    if named is None:
        raise IdUnknown(field=field)
    kind, key = named
    return await context_of(info).thing(VIEWS[kind], key) if kind in VIEWS else None


def node_queries() -> dict[str, Any]:
    return {
        "node": strawberry.field(
            resolver=_node, graphql_type=Node | None, extensions=[AtLeast()], description="Any thing, by its id. 按编号查询任意对象。"
        ),
        "nodes": strawberry.field(
            resolver=_nodes,
            graphql_type=list[Node | None],
            extensions=[AtLeast()],
            description="Things in the order of their ids, null for those that are not there. 按编号批量查询对象。",
        ),
    }
