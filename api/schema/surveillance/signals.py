"""What technical alarm devices tell: one mutation for whoever receives their signals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.mutations import answers
from api.schema.refusals import refused
from api.schema.scalars import Position
from api.schema.shapes import built, described
from api.schema.things import TYPES
from application.dispatching.views import AlarmView
from application.surveillance import signals
from application.surveillance.signals import Received, Signal
from domain.ids import AlarmId
from domain.rules import Rejected

_Input = built(
    "SignalInput",
    {"device": str, "external_id": str, "zone": int | None, "device_at": datetime | None},
    defaults={
        "device": strawberry.field(description="The device's number. One that nobody has registered opens an alarm as well. 设备编号。"),
        "external_id": strawberry.field(description="What the sender calls this message; sent again it does nothing new. 发送方消息编号。"),
        "zone": strawberry.field(default=None, description="The zone's number. 防区编号。"),
        "device_at": strawberry.field(default=None, description="What the device's clock said. 设备时间。"),
    },
    description="What a technical alarm device tells. 技防报警设备信号。",
    given=True,
)


async def _alarm(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(AlarmView, root.alarm_id)


@strawberry.type(description="What became of a signal. 信号受理结果。")
class SignalPayload:
    position: Position = strawberry.field(description="Where a reader must be to see it. 读取所需位置。")
    recorded_at: datetime = strawberry.field(description="When the log took it. 入库时间。")
    repeated: bool = strawberry.field(description="An earlier sending of this message did it. 此前已受理。")
    opened: bool = strawberry.field(description="It opened the alarm; else it was added to it. 是否新生成警情。")
    device_known: bool = strawberry.field(description="The device is registered where the key reaches. 设备是否已登记。")
    alarm_id: AlarmId = strawberry.field(description="The alarm's id. 警情编号。")
    alarm: Any = strawberry.field(resolver=_alarm, graphql_type=TYPES[AlarmView] | None)


async def _signal(info: GraphInfo, input: Any) -> Any:
    context = context_of(info)
    told = Signal(number=input.device, zone=input.zone, external_id=input.external_id, device_at=input.device_at)
    try:
        received = await context.services.receiver.receive(context.principal, told)
    except Rejected as refusal:
        return refused(refusal)
    context.insist_on(received.done.position)
    return _answered(received)


def _answered(received: Received) -> SignalPayload:
    return SignalPayload(
        position=Position(received.done.position),
        recorded_at=received.done.recorded_at,
        repeated=received.done.repeated,
        opened=received.opened,
        device_known=received.known,
        alarm_id=received.alarm,
    )


def signal_mutations() -> dict[str, Any]:
    _signal.__annotations__ |= {"info": GraphInfo, "input": _Input}
    answer = answers("SignalResult", "What a signal led to. 信号的答复。", SignalPayload)
    return {"signal": strawberry.mutation(resolver=_signal, graphql_type=answer, description=described(signals.take))}
