"""Webhooks: what needs the schema, the list of hosts or a secret is seen to by mutations of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from api.context import Context, GraphInfo, context_of
from api.schema.mutations import Build, Offer, Told, answers, offers
from api.schema.refusals import refused
from api.schema.shapes import described
from api.wishes import DocumentWishes
from application.jurisdiction import webhooks
from domain.ids import CommandId
from domain.jurisdiction.webhook import written
from domain.rules import Rejected

PREPARED: dict[str, Build] = {"changeWebhook": webhooks.revise}
SIGNED: dict[str, Build] = {"registerWebhook": webhooks.register, "changeWebhookSecret": webhooks.change_secret}
"""They answer with a secret, and stand outside `carryOut`: what a batch is given, it keeps."""
SECRET: Told = {
    "secret": (
        str | None,
        "What deliveries are signed with, told this once; nothing where the command is repeated. 签名密钥，仅此一次；重复的命令不再返回。",
    )
}


def webhook_mutations() -> dict[str, Any]:
    prepared = {name: _mutation(name, offer, signed=False) for name, offer in offers(PREPARED).items()}
    return prepared | {name: _mutation(name, offer, signed=True) for name, offer in offers(SIGNED, SECRET).items()}


def _mutation(name: str, offer: Offer, *, signed: bool) -> Any:
    async def resolve(info: GraphInfo, input: Any) -> Any:
        context = context_of(info)
        try:
            values = await _seen_to(info, offer, vars(input))
            request = await offer.request(context, values)
            secret = {"secret": await _secret(context, values)} if signed else {}
            done = await context.services.desk.carry_out(request)
        except Rejected as refusal:
            return refused(refusal)
        context.insist_on(done.position)
        return offer.answer(done, values, **(dict.fromkeys(secret) if done.repeated else secret))

    resolve.__annotations__ |= {"info": GraphInfo, "input": offer.input}
    answer = answers(f"{name[0].upper()}{name[1:]}Result", "What the command led to. 命令的答复。", offer.payload)
    return strawberry.mutation(resolver=resolve, graphql_type=answer, description=described(offer.build))


async def _seen_to(info: GraphInfo, offer: Offer, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document in its plain form. Whoever may not give the command is not told what is wrong with the document."""
    if "document" not in values:
        return values
    context = context_of(info)
    await offer.request(context, values)
    context.services.webhooks.insist_allowed(values["url"])
    wishes = DocumentWishes(context.services, info._raw_info.schema)  # noqa: SLF001 - Strawberry's own schema hides the core's
    document = wishes.plain(values["document"])
    await wishes.understood(document, written(values["variables"]), context.principal)
    return {**values, "document": document}


async def _secret(context: Context, values: Mapping[str, Any]) -> str:
    return await context.services.webhooks.make_secret(CommandId(values["command_id"]), values["webhook"])
