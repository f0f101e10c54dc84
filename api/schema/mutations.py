"""Every command as a mutation, made from the command's own signature: one input, and an answer or a refusal; and many in one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Annotated, Any, Union, get_type_hints
from uuid import UUID

import strawberry

from api.context import Context, GraphInfo, context_of
from api.schema.refusals import KINDS, refused
from api.schema.scalars import Position
from api.schema.shapes import asked, bare, built, described, taken
from api.schema.things import TYPES, VIEWS
from application.commands import Command, Look
from application.requests import Done, Request
from application.views import View
from domain.ids import CommandId, OrganisationId
from domain.rules import Rejected

_HIDDEN: Any = strawberry.Private[object]
Build = Callable[..., Command]
"""A command's function, as `cases.clear`."""
Prepare = Callable[[Context, Command, Mapping[str, Any]], Awaitable[Command]]
"""What is looked up for a command that is allowed, before it decides; it stays the same command."""
Told = Mapping[str, tuple[Any, str]]
"""Fields of an answer by name, each with its type and its description."""
NOTHING: Told = MappingProxyType({})

_CIRCUMSTANCES = {
    "command_id": UUID,
    "effective_at": datetime | None,
    "device_at": datetime | None,
    "expected_version": int | None,
}
_WORDS = {
    "command_id": strawberry.field(
        description="Made by the caller; the same command sent again does nothing new. 命令编号，重复发送不会重复执行。"
    ),
    "effective_at": strawberry.field(default=None, description="When it happened; now, if left out. 业务时间，缺省为当前时间。"),
    "device_at": strawberry.field(default=None, description="What the device's clock said. 设备时间。"),
    "expected_version": strawberry.field(default=None, description="Refuse if the thing has another version. 预期版本。"),
}


@strawberry.interface(description="What every command is answered with that was carried out. 命令执行结果的共同字段。")
class Payload:
    command_id: UUID = strawberry.field(description="The command that this answers. 命令编号。")
    position: Position = strawberry.field(description="Where a reader must be to see it. 读取所需位置。")
    recorded_at: datetime = strawberry.field(description="When the log took it. 入库时间。")
    repeated: bool = strawberry.field(description="An earlier sending of this command did it. 此前已执行。")


@dataclass(frozen=True, slots=True)
class Offer:
    """One command as the API offers it: its function, its input, and what it is answered with."""

    build: Build
    hints: Mapping[str, Any]
    input: Any
    payload: Any
    prepare: Prepare | None = None

    async def request(self, context: Context, values: Mapping[str, Any], begun: Collection[Look] = ()) -> Request:
        """What the desk is asked; what breaks a rule already, or is not allowed, is refused. `begun` is what a batch began before."""
        given = {parameter: taken(hint, values[parameter]) for parameter, hint in self.hints.items()}
        command = self.build(**given)
        named = [each for name, hint in self.hints.items() for each in _organisations(hint, given[name])]
        await context.services.access.insist(context.principal, command, named, begun)
        if self.prepare is not None:
            command = await self.prepare(context, command, given)
        return Request(
            command=command,
            command_id=CommandId(values["command_id"]),
            by=context.principal.officer,
            organisation=context.principal.organisation,
            effective_at=values["effective_at"],
            device_at=values["device_at"],
            expected_version=values["expected_version"],
        )

    def answer(self, done: Done | Rejected, values: Mapping[str, Any], **told: Any) -> Any:
        if isinstance(done, Rejected):
            return refused(done)
        given = {"command_id": values["command_id"], "given": values, **told}
        return self.payload(position=done.position, recorded_at=done.recorded_at, repeated=done.repeated, **given)


def _organisations(hint: Any, given: Any) -> Collection[OrganisationId]:
    """The organisations that an input names: one, several or none."""
    if given is None:
        return ()
    return (given,) if bare(hint) is OrganisationId else given if hint == tuple[OrganisationId, ...] else ()


def offers(
    commands: Mapping[str, Build], told: Told = NOTHING, prepared: Mapping[Build, Prepare] = MappingProxyType({})
) -> dict[str, Offer]:
    return {name: replace(_offer(name[0].upper() + name[1:], build, told), prepare=prepared.get(build)) for name, build in commands.items()}


def _offer(title: str, build: Build, told: Told) -> Offer:
    """Its input from the parameters, its answer from the things they name; `told` is what the answer says besides."""
    hints = {parameter: hint for parameter, hint in get_type_hints(build).items() if parameter != "return"}
    return Offer(build, hints, _input(title, build, hints), payload(title, hints, told))


def mutation(name: str, offer: Offer) -> Any:
    """The field for one command."""

    async def resolve(info: GraphInfo, input: Any) -> Any:
        context, values = context_of(info), vars(input)
        try:
            done = await context.services.desk.carry_out(await offer.request(context, values))
        except Rejected as refusal:
            return refused(refusal)
        context.insist_on(done.position)
        return offer.answer(done, values)

    resolve.__annotations__ |= {"info": GraphInfo, "input": offer.input}
    answer = answers(f"{name[0].upper()}{name[1:]}Result", "What the command led to. 命令的答复。", offer.payload)
    return strawberry.mutation(resolver=resolve, graphql_type=answer, description=described(offer.build))


def answers(name: str, description: str, *payloads: Any) -> Any:
    """What can come of a command: a payload, or a refusal of some kind."""
    return Annotated[Union[(*payloads, *KINDS.values())], strawberry.union(name, description=description)]


def _input(title: str, build: Build, hints: Mapping[str, Any]) -> Any:
    columns = {parameter: asked(parameter, hint) for parameter, hint in hints.items()}
    given = {
        name: _default(parameter) for name, parameter in signature(build).parameters.items() if parameter.default is not parameter.empty
    }
    return built(
        f"{title}Input",
        {"command_id": UUID, **columns, **_CIRCUMSTANCES},
        defaults={**_WORDS, **given},
        description=described(build),
        given=True,
    )


def _default(parameter: Parameter) -> Any:
    if isinstance(parameter.default, tuple):
        return strawberry.field(default_factory=lambda: list(parameter.default))
    return parameter.default


def payload(title: str, hints: Mapping[str, Any], told: Told) -> Any:
    """What is answered: where the log stands now, and the new state of everything the command named."""
    named = {parameter: VIEWS[bare(hint)] for parameter, hint in hints.items() if bare(hint) in VIEWS}
    return built(
        f"{title}Payload",
        {"given": _HIDDEN, **{name: kind for name, (kind, _) in told.items()}},
        defaults={
            **{parameter: _named(parameter, view) for parameter, view in named.items()},
            **{name: strawberry.field(description=words) for name, (_, words) in told.items()},
        },
        description="What was done. 执行结果。",
        interface=(Payload,),
    )


def _named(parameter: str, view: type[View]) -> Any:
    async def resolve(root: Any, info: GraphInfo) -> Any:
        return await context_of(info).thing(view, root.given[parameter])

    return strawberry.field(resolver=resolve, graphql_type=TYPES[view] | None)
