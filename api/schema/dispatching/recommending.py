"""Recommending units: where they are is looked at in the moment of the command, which then decides by it."""

from __future__ import annotations

from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.mutations import Build, Offer, answers, offers
from api.schema.refusals import refused
from api.schema.shapes import described
from application.dispatching import alarms
from application.dispatching.recommending import surveyed
from domain.dispatching.recommending import Needs
from domain.rules import Rejected

SURVEYED: dict[str, Build] = {"recommendUnits": alarms.recommend}
"""It stands outside `carryOut`: what is recommended long after is of no use."""


def recommendation_mutations() -> dict[str, Any]:
    return {name: _mutation(name, offer) for name, offer in offers(SURVEYED).items()}


def _mutation(name: str, offer: Offer) -> Any:
    async def resolve(info: GraphInfo, input: Any) -> Any:
        context, values = context_of(info), vars(input)
        try:
            request = await offer.request(context, values)
            needs = Needs(input.wanted, tuple(input.capabilities), tuple(input.stations))
            survey = await context.services.surveyor.survey(context.principal, input.alarm)
            command = surveyed(request.command, input.recommendation, needs, survey)
            done = await context.services.desk.carry_out(request._replace(command=command))
        except Rejected as refusal:
            return refused(refusal)
        context.insist_on(done.position)
        return offer.answer(done, values)

    resolve.__annotations__ |= {"info": GraphInfo, "input": offer.input}
    answer = answers(f"{name[0].upper()}{name[1:]}Result", "What the command led to. 命令的答复。", offer.payload)
    return strawberry.mutation(resolver=resolve, graphql_type=answer, description=described(offer.build))
