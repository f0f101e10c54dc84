"""How far a webhook is, as told with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.scalars import Position
from api.schema.shapes import built, described, reads, told
from application.webhooks import Attempt, Delivery, DeliveryTrouble

_Attempt = built(
    "DeliveryAttempt",
    {"at": datetime, "status": int | None, "trouble": told("trouble", DeliveryTrouble | None)},
    defaults={
        "at": strawberry.field(description="When it was over. 结束时间。"),
        "status": strawberry.field(description="The status of the receiver's answer, if there was one. 接收方返回的状态码。"),
        "trouble": strawberry.field(description="Why it was not taken; nothing where it was. 未成功的原因，成功则为空。"),
    },
    description=described(Attempt),
)
_Delivery = built(
    "WebhookDelivery",
    {
        "position": Position,
        "backlog": Position,
        "waiting": int,
        "failing_since": datetime | None,
        "not_before": datetime | None,
        "trouble": told("trouble", DeliveryTrouble | None),
        "last_attempt": _Attempt | None,
        "last_test": _Attempt | None,
    },
    defaults={
        "position": strawberry.field(description="Everything up to here has been delivered. 此位置之前的内容均已送达。"),
        "backlog": strawberry.field(
            description="How much is still to be delivered, at most: events that wait, and positions not looked at. 待推送数量（上限）。"
        ),
        "waiting": strawberry.field(description="Events that were looked at and wait to be delivered. 已取出、等待送达的事件数。"),
        "failing_since": strawberry.field(description="Since when the delivery fails that has failed longest. 最早的持续失败起始时间。"),
        "not_before": strawberry.field(description="Nothing is tried before this time. 在此时间之前不再尝试。"),
        "trouble": strawberry.field(description="Why nothing is tried at all, although it is not paused. 未暂停但无法推送的原因。"),
        "last_attempt": strawberry.field(description="The latest attempt. 最近一次尝试。"),
        "last_test": strawberry.field(description="What came of the latest sample. 最近一次测试的结果。"),
    },
    description=described(Delivery),
)


async def _deliveries(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).delivery(root.id)


deliveries: Any = strawberry.field(
    resolver=_deliveries, graphql_type=_Delivery, metadata=reads("id"), description="How far it is, and what stands in its way. 推送进度。"
)
