"""Subscriptions: what happens to alarms, orders and cases, and everything that happens; from a position on, or from now on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Never, get_args

import strawberry

from api.context import GraphInfo, context_of
from api.schema.records import RecordedEvent, known_types
from api.schema.scalars import Position
from api.schema.shapes import built
from api.schema.things import TYPES
from application.casework.views import CaseView
from application.courses import Courses, Said
from application.dispatching.views import AlarmView, OrderView
from application.live import Record, Topic
from application.views import View
from domain.dispatching import events as dispatching
from domain.ids import AlarmId, CaseId, DivisionCode, OrganisationId, PostId, UnitId

ALARMS = frozenset(event.__name__ for event in (dispatching.AlarmOpened, *get_args(dispatching.AlarmChange)))
ORDERS = frozenset(event.__name__ for event in (dispatching.OrderProposed, *get_args(dispatching.OrderChange)))


@dataclass(frozen=True, slots=True)
class Source:
    """What a subscription field answers with: what to hear of, from where on, and how a record is shown."""

    topic: Topic
    after: int | None
    show: Callable[[Record], object]

    def __aiter__(self) -> Never:
        """The library only asks whether there is such a method; the hub follows the topic for all who share it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Change:
    """Something happened to a thing."""

    event: Record

    @property
    def position(self) -> int:
        return self.event.position


def _change(name: str, field: str, view: type[View]) -> Any:
    async def thing(root: Any, info: GraphInfo) -> Any:
        return await context_of(info).thing(view, root.event.originator_id)

    return built(
        f"{name}Change",
        {"position": Position, "event": RecordedEvent},
        defaults={
            "position": strawberry.field(description="Hand it back as `after` to go on from here. 续订位置。"),
            "event": strawberry.field(description="What happened. 发生的事件。"),
            field: strawberry.field(
                resolver=thing,
                graphql_type=TYPES[view] | None,
                description="As it stands now, with this event and perhaps later ones. 当前状态。",
            ),
        },
        description=f"Something happened to this {field}. 状态变化。",
    )


_AlarmChanged = _change("Alarm", "alarm", AlarmView)
_OrderChanged = _change("Order", "order", OrderView)
_CaseChanged = _change("Case", "case", CaseView)


@strawberry.input(
    description="All given fields must fit; one of a field's values must. An alarm that moves away is told one last time. 警情范围。"
)
class AlarmScope:
    stations: list[OrganisationId] | None = None
    divisions: list[DivisionCode] | None = None
    alarms: list[AlarmId] | None = None


async def _alarm_changed(info: GraphInfo, scope: AlarmScope | None = None, after: Position | None = None) -> Any:
    chosen = scope or AlarmScope()
    wanted = {
        fact: frozenset(values) for fact, values in {"station": chosen.stations, "division": chosen.divisions}.items() if values is not None
    }
    near = _fits(context_of(info).services.courses, wanted) if wanted else None
    if chosen.alarms is None:
        return Source(Topic(ALARMS, concerns=near), after, Change)
    if len(chosen.alarms) == 1:
        return Source(Topic(ALARMS, thing=chosen.alarms[0], concerns=near), after, Change)
    return Source(Topic(ALARMS, concerns=_among(frozenset(chosen.alarms), near)), after, Change)


async def _order_changed(info: GraphInfo, unit: UnitId | None = None, after: Position | None = None) -> Any:
    concerns = None if unit is None else _fits(context_of(info).services.courses, {"unit": frozenset([unit])})
    return Source(Topic(ORDERS, concerns=concerns), after, Change)


async def _order_escalated(after: Position | None = None) -> Any:
    return Source(Topic(frozenset([dispatching.OrderEscalated.__name__])), after, Change)


async def _verification_requested(post: PostId, after: Position | None = None) -> Any:
    async def concerns(record: Record) -> bool:
        return getattr(record.event, "post", None) == post

    return Source(Topic(frozenset([dispatching.VideoVerificationRequested.__name__]), concerns=concerns), after, Change)


async def _case_changed(id: CaseId, after: Position | None = None) -> Any:
    return Source(Topic(thing=id), after, Change)


async def _events(types: list[str] | None = None, after: Position | None = None) -> Any:
    return Source(Topic(frozenset(known_types(types or []))), after, _itself)


def _itself(record: Record) -> Record:
    return record


def _fits(courses: Courses, wanted: Mapping[str, frozenset[Any]]) -> Callable[[Record], Awaitable[bool]]:
    """It is what is wanted before the event, or since: who looks at a station learns that an alarm has left it."""

    async def concerns(record: Record) -> bool:
        return any(_all_fit(said, wanted) for said in await courses.around(record))

    return concerns


def _all_fit(said: Said, wanted: Mapping[str, frozenset[Any]]) -> bool:
    return all(said.get(fact) in values for fact, values in wanted.items())


def _among(things: frozenset[Any], further: Callable[[Record], Awaitable[bool]] | None) -> Callable[[Record], Awaitable[bool]]:
    async def concerns(record: Record) -> bool:
        return record.originator_id in things and (further is None or await further(record))

    return concerns


def subscriptions() -> dict[str, Any]:
    return {
        "alarm_changed": _field(_alarm_changed, _AlarmChanged, "What happens to alarms of a scope. 警情变化。"),
        "order_changed": _field(_order_changed, _OrderChanged, "What happens to dispatch orders, of one unit or of all. 处警指令变化。"),
        "order_escalated": _field(_order_escalated, _OrderChanged, "Orders whose time limit has passed. 指令超时升级。"),
        "verification_requested": _field(
            _verification_requested, _AlarmChanged, "Alarms that a monitoring post is asked about. 视频复核请求。"
        ),
        "case_changed": _field(_case_changed, _CaseChanged, "What happens to one case. 案件变化。"),
        "events": _field(_events, RecordedEvent, "Everything that happens, or some types of it. 事件流。"),
    }


def _field(resolver: Any, graphql_type: Any, description: str) -> Any:
    return strawberry.subscription(resolver=resolver, graphql_type=graphql_type, description=description)
