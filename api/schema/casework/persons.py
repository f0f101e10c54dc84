"""People: their details go to the vault by mutations of their own, and are told only for a purpose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.ids import teller
from api.schema.mutations import Build, Offer, answers, offers
from api.schema.refusals import refused
from api.schema.shapes import asked, built, described, many, told
from application.casework import persons
from application.casework.vault import erase, keep, read, search
from application.requests import Done, Request
from domain.casework.details import details, sought
from domain.casework.events import ErasureGround, PersonField, ReadingPurpose
from domain.casework.person import Person
from domain.ids import CaseId, CommandId, PersonId, SearchId, uuid7
from domain.rules import Rejected

PERSONAL: dict[str, Build] = {
    "registerPerson": persons.register_person,
    "recordPersonDetails": persons.record_person_details,
    "erasePerson": persons.erase,
}
"""They stand outside `carryOut`: what a batch is given, it keeps."""


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """A person as told once, for one purpose."""

    id: PersonId
    erased: bool
    ground: ErasureGround | None
    name: str | None
    phone: str | None
    identity_number: str | None


def _identity(root: ToldPerson | Found) -> strawberry.ID:
    return strawberry.ID(teller(PersonId)(root.id))


_Person = built(
    "Person",
    {
        "erased": bool,
        "ground": told("ground", ErasureGround | None),
        "name": str | None,
        "phone": str | None,
        "identity_number": str | None,
    },
    defaults={
        "id": strawberry.field(resolver=_identity, graphql_type=strawberry.ID),
        "erased": strawberry.field(description="The details were erased; only that they were is left. 个人信息已删除。"),
        "ground": strawberry.field(description="On which ground they were erased. 删除依据。"),
        "name": strawberry.field(description="The name. 姓名。"),
        "phone": strawberry.field(description="The phone number, as E.164 writes it. 电话号码。"),
        "identity_number": strawberry.field(description="The identity number (GB 11643). 公民身份号码。"),
    },
    description="Somebody's details, told for a purpose; that they were read is in the log. 个人信息，查阅已记录。",
)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody as a search tells of them: no more than that they are the one."""

    id: PersonId


_FoundPerson = built(
    "FoundPerson",
    {},
    defaults={"id": strawberry.field(resolver=_identity, graphql_type=strawberry.ID, description="The person's id. 人员编号。")},
    description="Somebody whom a search found; `person` tells more, for a case they stand in. 检索到的人员。",
)


def person_mutations() -> dict[str, Any]:
    return {name: _mutation(name, offer) for name, offer in offers(PERSONAL).items()}


def person_queries() -> dict[str, Any]:
    _person.__annotations__ |= {"purpose": asked("purpose", ReadingPurpose)}
    description = "Somebody's details for a case they stand in. The reading is recorded first, or refused. 查阅个人信息，先记录后告知。"
    person = strawberry.field(resolver=_person, graphql_type=_Person | None, description=description)
    _found.__annotations__ |= {"purpose": asked("purpose", ReadingPurpose)}
    description = "Who has this phone or identity number. The search is recorded first, or refused. 按电话或身份号码检索，先记录后告知。"
    return {"person": person, "find_persons": strawberry.field(resolver=_found, graphql_type=many(_FoundPerson), description=description)}


@strawberry.input(one_of=True, description="A detail to search by. 检索条件，须且仅须填写其中一项。")
class PersonDetail:
    phone: str | None = strawberry.UNSET
    identity_number: str | None = strawberry.UNSET


def _mutation(name: str, offer: Offer) -> Any:
    async def resolve(info: GraphInfo, input: Any) -> Any:
        context, values = context_of(info), vars(input)
        try:
            done = await _carried_out(info, await offer.request(context, values), values)
        except Rejected as refusal:
            return refused(refusal)
        context.insist_on(done.position)
        return offer.answer(done, values)

    resolve.__annotations__ |= {"info": GraphInfo, "input": offer.input}
    answer = answers(f"{name[0].upper()}{name[1:]}Result", "What the command led to. 命令的答复。", offer.payload)
    return strawberry.mutation(resolver=resolve, graphql_type=answer, description=described(offer.build))


async def _carried_out(info: GraphInfo, request: Request, values: dict[str, Any]) -> Done:
    services = context_of(info).services
    if "ground" in values:
        return await erase(services.desk, services.vault, request, values["person"])
    given = details(values["name"], values["phone"], values["identity_number"])
    return await keep(services.desk, services.vault, request, values["person"], given)


async def _person(info: GraphInfo, id: PersonId, case: CaseId, purpose: ReadingPurpose) -> Any:
    context = context_of(info)
    services, who, command = context.services, context.principal, persons.read(id, case, purpose)
    await services.access.insist(who, command, ())
    now = services.clock.now()
    request = Request(command=command, command_id=CommandId(uuid7(now)), by=who.officer, organisation=who.organisation)
    found = await read(services.desk, services.vault, request, id)
    state = (await services.desk.states([(Person, id)]))[id]
    values = {field.value.lower(): found.values.get(field) for field in PersonField}
    return ToldPerson(id=id, erased=state.erased is not None, ground=state.erased, **values)


async def _found(info: GraphInfo, detail: PersonDetail, case: CaseId, purpose: ReadingPurpose) -> list[Found]:
    context = context_of(info)
    services, who, now = context.services, context.principal, context.services.clock.now()
    wanted, made = sought(detail.phone or None, detail.identity_number or None), SearchId(uuid7(now))
    await services.access.insist(who, persons.search(made, wanted.field, case, purpose, ()), ())

    def request(found: tuple[PersonId, ...]) -> Request:
        command = persons.search(made, wanted.field, case, purpose, found)
        return Request(command=command, command_id=CommandId(uuid7(now)), by=who.officer, organisation=who.organisation)

    return [Found(each) for each in await search(services.desk, services.vault, wanted, request)]
