"""Events as they can be read: the history of a thing, and the feed of all that happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import strawberry

from api.context import GraphInfo, context_of
from api.schema.connections import USUAL, Edge, Listing, connection, rows_asked
from api.schema.cursors import place
from api.schema.freshness import AtLeast
from api.schema.scalars import Cursor, Json, Position
from api.schema.shapes import built, many
from application.feed import Stretch
from domain.events import Event
from domain.ids import OfficerId, OrganisationId
from domain.rules import InvalidValue

LONGEST_FEED = 1_000
START = Position(0)
HISTORY = "history"


def _type(root: Any) -> str:
    return type(root.event).__name__


def _data(root: Any) -> Json:
    return Json(msgspec.to_builtins(root.event))


def _edges(root: Any) -> list[Any]:
    return [Edge(record.position, record) for record in root.records]


_COLUMNS = {
    "position": Position,
    "originator_id": UUID,
    "version": int,
    "effective_at": datetime,
    "device_at": datetime | None,
    "recorded_at": datetime,
    "by": OfficerId,
    "organisation": OrganisationId,
    "command_id": UUID,
    "causation": Position | None,
    "correlation": UUID,
}
_WORDS = {
    "type": strawberry.field(resolver=_type, description="The event's name. 事件类型。"),
    "data": strawberry.field(resolver=_data, description="Its own fields. 事件内容。"),
    "originator_id": strawberry.field(name="thing", description="What it happened to. 所属对象。"),
    "effective_at": strawberry.field(description="When it happened. 业务时间。"),
    "device_at": strawberry.field(description="What the device's clock said. 设备时间。"),
    "recorded_at": strawberry.field(description="When the log took it. 入库时间。"),
    "causation": strawberry.field(description="The position of the event that led to it. 起因事件的位置。"),
}

RecordedEvent = built(
    "Event", _COLUMNS, defaults=_WORDS, description="An event as it stands in the log, for ever. 日志中的事件，不可更改。"
)
EventConnection = connection("Event", RecordedEvent)
EventFeedEdge = built(
    "EventFeedEdge", {"cursor": Position, "node": RecordedEvent}, defaults={}, description="An event and its position. 事件及其位置。"
)
EventFeed = built(
    "EventFeed",
    {"records": many(RecordedEvent), "position": Position, "more": bool},
    defaults={
        "records": strawberry.field(name="nodes"),
        "edges": strawberry.field(resolver=_edges, graphql_type=many(EventFeedEdge)),
        "position": strawberry.field(description="Where to read on, also where nothing matched. 下次读取的起点。"),
    },
    description="What happened after a position. 事件流。",
)


async def history(info: GraphInfo, id: UUID, first: int, after: Cursor | None) -> Listing[Any]:
    """What happened to a thing, oldest first."""
    version = place(after, HISTORY, int)[0] if after is not None else 0
    context = context_of(info)
    stretch = await context.services.feed.history(id, version, rows_asked(first))
    records = await context.services.access.shown(context.principal, stretch.records)
    return Listing(records, [(record.version,) for record in records], HISTORY, stretch.more, after is not None)


class EventTypeUnknown(InvalidValue):
    """There is no such type of event.

    没有此事件类型。
    """

    on = "types"


def known_types(types: list[str]) -> list[str]:
    if set(types) - {kind.__name__ for kind in Event.__subclasses__()}:
        raise EventTypeUnknown
    return types


async def _events(info: GraphInfo, after: Position = START, types: list[str] | None = None, first: int = USUAL) -> Stretch:
    context = context_of(info)
    stretch = await context.services.feed.events(after, known_types(types or []), rows_asked(first, LONGEST_FEED))
    return replace(stretch, records=await context.services.access.shown(context.principal, stretch.records))


events_field: Any = strawberry.field(
    resolver=_events,
    graphql_type=EventFeed,
    extensions=[AtLeast()],
    description="What happened after a position, to everything, oldest first. 某位置之后的全部事件。",
)
