"""The evidence of a footage request: told for a purpose, once the reading is on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.ids import teller
from api.schema.scalars import ByteSize
from application.requests import Request
from application.surveillance import footage
from domain.ids import CommandId, FootageRequestId, uuid7
from domain.surveillance.footage_request import FootageRequest, FootageState


@dataclass(frozen=True, slots=True)
class ToldFootage:
    """What was taken, as told once, for one purpose."""

    id: FootageRequestId
    since: datetime
    until: datetime
    sha256: str
    byte_size: int
    seal: str
    there: bool


def _identity(root: ToldFootage) -> strawberry.ID:
    return strawberry.ID(teller(FootageRequestId)(root.id))


@strawberry.type(description="Footage that was taken, told for a purpose; that it was read is in the log. 视频证据，查阅已记录。")
class FootageEvidence:
    id: strawberry.ID = strawberry.field(resolver=_identity, description="The request's id. 申请编号。")
    since: datetime = strawberry.field(description="From when. 起始时间。")
    until: datetime = strawberry.field(description="Until when. 结束时间。")
    sha256: str = strawberry.field(description="The SHA-256 of what was taken. 内容的 SHA-256。")
    byte_size: ByteSize = strawberry.field(description="How many bytes were taken. 字节数。")
    seal: str = strawberry.field(description="The number of the seal; empty before it is sealed. 封存编号。")
    there: bool = strawberry.field(description="Whether it is still there, neither given back nor destroyed. 是否仍在保管。")


async def _evidence(info: GraphInfo, id: FootageRequestId, purpose: str) -> Any:
    context = context_of(info)
    services, who, command = context.services, context.principal, footage.access(id, purpose)
    await services.access.insist(who, command, ())
    command_id = CommandId(uuid7(services.clock.now()))
    await services.desk.carry_out(Request(command=command, command_id=command_id, by=who.officer, organisation=who.organisation))
    state: FootageRequest = (await services.desk.states([(FootageRequest, id)]))[id]
    taken = state.taken
    if taken is None:
        return None
    gone = state.state in {FootageState.RETURNED, FootageState.DESTROYED}
    return ToldFootage(id, taken.since, taken.until, taken.sha256, taken.byte_size, state.seal, not gone)


def footage_queries() -> dict[str, Any]:
    description = "What was taken by a request for footage. The reading is recorded first, or refused. 查阅视频证据，先记录后告知。"
    return {"footage_evidence": strawberry.field(resolver=_evidence, graphql_type=FootageEvidence | None, description=description)}
