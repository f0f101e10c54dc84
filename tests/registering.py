"""The divisions and organisations that commands name, registered before anything happens there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID, uuid4, uuid5

from api.main import Tocsin
from application.commands import (
    Command,
    Named,
    NamedCamera,
    NamedDivision,
    NamedDivisionId,
    NamedLegalBasis,
    NamedOrganisation,
    NamedUnitState,
)
from application.jurisdiction import divisions, legal_bases, organisations
from application.requests import Done, Request
from domain.ids import CommandId, DivisionCode, DivisionId, LegalBasisId, OfficerId, OrganisationId, organisation_stream
from domain.jurisdiction.events import DivisionLevel, LegalBasisKind, OrganisationKind
from domain.rules import AlreadyExists

LONG_AGO = date(1990, 1, 1)
SOMEWHERE = DivisionCode("500100")


def division(code: str) -> Command:
    id = DivisionId(uuid5(UUID(int=0), f"division/{code}"))
    return divisions.establish(id, DivisionCode(code), f"Division {code}", f"区划{code}", DivisionLevel.COUNTY, LONG_AGO)


def organisation(code: str) -> Command:
    """In a division that has to be registered before it."""
    station = OrganisationKind.STATION
    return organisations.establish(OrganisationId(code), station, f"Station {code}", f"{code}派出所", SOMEWHERE, LONG_AGO)


def legal_basis(id: LegalBasisId) -> Command:
    return legal_bases.enact(id, f"B-{id.hex[:8]}", LegalBasisKind.DECREE, "Some decree", "某令", LONG_AGO)


class Registry:
    """Who has registered what: answers with what is still missing."""

    def __init__(self) -> None:
        self._known: set[tuple[type[Named], str | UUID]] = set()
        self._begun: set[UUID | str] = set()

    def knows_division(self, code: str) -> None:
        """It was registered by name."""
        self._known.add((NamedDivision, code))

    def missing(self, *commands: Command) -> Iterable[Command]:
        for each in [each for command in commands for each in command.names]:
            begun = organisation_stream(each.code) if isinstance(each, NamedOrganisation) else each.code
            told = begun in self._begun
            if not told and (type(each), each.code) not in self._known:
                self._known.add((type(each), each.code))
                yield from self._registered(each)
        self._begun |= {step.id for command in commands for step in command.steps if step.new}

    def _registered(self, named: Named) -> Iterable[Command]:
        match named:
            case NamedDivision(code=code):
                established = division(code)
            case NamedOrganisation(code=code):
                established = organisation(code)
            case NamedLegalBasis(code=id):
                established = legal_basis(id)
            case NamedDivisionId():
                return  # a feature says itself which divisions follow others
            case NamedCamera():
                return  # a feature says itself which cameras there are
            case NamedUnitState():
                return  # a feature says itself which states are defined
        yield from self.missing(established)
        yield established


def established(tocsin: Tocsin, *, divisions: Iterable[str], organisations: Iterable[str]) -> set[UUID]:
    """Registered before anybody is served, by the first of several servers; the ids of the commands that did it."""
    commands = [*map(division, dict.fromkeys([SOMEWHERE, *divisions])), *map(organisation, organisations)]
    by, at = OfficerId("registrar"), OrganisationId("CQ")
    requests = [Request(command=each, command_id=CommandId(uuid4()), by=by, organisation=at) for each in commands]
    with ThreadPoolExecutor(1) as aside:  # the caller may be on an event loop
        answers = aside.submit(asyncio.run, tocsin.desk.carry_out_in_order(requests)).result()
    assert all(isinstance(answer, Done | AlreadyExists) for answer in answers)
    return {request.command_id for request in requests}
