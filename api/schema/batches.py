"""Many commands in one mutation, for an officer who was offline: in their order, each with its own times, each answered by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import strawberry

from api.context import Context, GraphInfo, context_of
from api.schema.mutations import Offer, answers
from api.schema.refusals import refused
from api.schema.scalars import Position
from api.schema.shapes import built, many
from application.commands import Look
from application.requests import Done, Request
from domain.rules import LimitExceeded, Rejected

MOST_COMMANDS = 50
Sent = tuple[Offer, Mapping[str, Any]]
"""A command of a batch, and what was given with it."""


class TooManyCommands(LimitExceeded):
    """A batch holds 1 to 50 commands.

    一批命令为 1 至 50 条。
    """

    on = "commands"


def batch(offers: Mapping[str, Offer]) -> Any:
    """The field `carryOut`."""
    answered, payload = _answer_types(offers)

    async def resolve(info: GraphInfo, input: Any) -> Any:
        if not 1 <= len(input.commands) <= MOST_COMMANDS:
            return refused(TooManyCommands())
        context, sent = context_of(info), [_sent(offers, each) for each in input.commands]
        done = await _carry_out(context, sent)
        position = max([each.position for each in done if isinstance(each, Done)], default=0)
        context.insist_on(position)
        told = [
            answered(command_id=values["command_id"], result=offer.answer(each, values))
            for (offer, values), each in zip(sent, done, strict=True)
        ]
        return payload(answers=told, position=position)

    resolve.__annotations__ |= {"info": GraphInfo, "input": _input(offers)}
    return strawberry.mutation(
        resolver=resolve,
        graphql_type=answers("CarryOutResult", "What a batch led to. 批量命令的答复。", payload),
        description="Carry out commands in their order, each with its own times, each answered by itself; a refused one holds up none. "
        "按顺序执行一批命令，各有各的业务时间，逐条答复；被拒绝的命令不影响其他命令。",
    )


async def _carry_out(context: Context, sent: Sequence[Sent]) -> list[Done | Rejected]:
    """What the desk is never asked, because the input itself breaks a rule, is answered in its place."""
    asked, begun = list[Request | Rejected](), set[Look]()
    for each in sent:
        asked.append(await _request(context, *each, begun))
        if isinstance(asked[-1], Request):
            begun |= {(step.aggregate, step.id) for step in asked[-1].command.steps if step.new}
    requests = [each for each in asked if isinstance(each, Request)]
    done = iter(await context.services.desk.carry_out_in_order(requests) if requests else [])
    return [next(done) if isinstance(each, Request) else each for each in asked]


async def _request(context: Context, offer: Offer, values: Mapping[str, Any], begun: Collection[Look]) -> Request | Rejected:
    try:
        return await offer.request(context, values, begun)
    except Rejected as refusal:
        return refusal


def _sent(offers: Mapping[str, Offer], given: Any) -> Sent:
    name, values = next((name, value) for name, value in vars(given).items() if value is not strawberry.UNSET)
    return offers[name], vars(values)


def _input(offers: Mapping[str, Offer]) -> Any:
    words = {
        name: strawberry.field(default=strawberry.UNSET, name=name, description=f"As `{name}` takes it. 同 `{name}`。") for name in offers
    }
    kind = type("CommandInput", (), {**words, "__annotations__": {name: offer.input | None for name, offer in offers.items()}})
    one = strawberry.input(kind, one_of=True, description="One command: exactly one of these. 一条命令，须且仅须填写其中一项。")
    words = {"commands": strawberry.field(description="1 to 50, in the order in which they happened. 1 至 50 条，按发生顺序。")}
    return built("CarryOutInput", {"commands": many(one)}, defaults=words, description="A batch of commands. 一批命令。", given=True)


def _answer_types(offers: Mapping[str, Offer]) -> tuple[Any, Any]:
    """What answers one command, and what answers the batch."""
    result = answers(
        "CommandResult", "What one command of a batch led to. 批中一条命令的答复。", *(offer.payload for offer in offers.values())
    )
    words = {
        "command_id": strawberry.field(description="The command that this answers. 命令编号。"),
        "result": strawberry.field(description="The payload or the refusal. 执行结果或拒绝。"),
    }
    answered = built(
        "CommandAnswer", {"command_id": UUID, "result": result}, defaults=words, description="The answer to one command. 单条答复。"
    )
    words = {
        "answers": strawberry.field(description="In the order of the commands. 与命令顺序一致。"),
        "position": strawberry.field(description="Where a reader must be to see all of it; 0 if nothing was done. 读取所需位置。"),
    }
    columns = {"answers": many(answered), "position": Position}
    return answered, built("CarryOutPayload", columns, defaults=words, description="What was done. 执行结果。")
