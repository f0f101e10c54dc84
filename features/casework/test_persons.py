"""Runs persons.feature; what only it says stands here."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest
import sqlalchemy as sa
from pytest_bdd import given, scenarios, then, when

from application.casework import cases
from application.casework.views import CaseView
from application.identity import Principal
from application.jurisdiction import organisations
from domain.casework.events import PersonRead
from domain.ids import CaseId, DivisionCode, OrganisationId
from domain.jurisdiction.events import OrganisationKind
from features.asking import Window, officer
from features.city import City
from features.wording import step
from infrastructure.log.tables import EVENTS
from infrastructure.vault.vault import SqlVault

scenarios("persons.feature")

DIVISION, BUREAU, SINCE = DivisionCode("500103"), OrganisationId("CQ"), date(1990, 1, 1)
READ = """query ($id: PersonId!, $case: CaseId!) { person(id: $id, case: $case, purpose: INVESTIGATION) { erased ground name phone } }"""


class Desk:
    """A case, a person in it, and what was told of them."""

    def __init__(self, city: City) -> None:
        self.window = Window(city)
        self.person = str(city.id("person", "the"))
        self.told: Any = None
        self.head = 0

    def carried_out(self, who: Principal, mutation: str, **given: Any) -> None:
        done = self.window.do(who, mutation, **given)
        assert done["__typename"].endswith("Payload"), done


@pytest.fixture
def desk(city: City) -> Desk:
    assert isinstance(city.tocsin.vault, SqlVault)
    assert city.tocsin.vault.create()
    return Desk(city)


def case_of(city: City, case: str) -> CaseId:
    return CaseId(city.id("case", case))


@given(step('person "{name}" with phone "{phone}" is a witness in case "{case}" of station "{station}"'))
def witness(city: City, desk: Desk, name: str, phone: str, case: str, station: str) -> None:
    bureau = organisations.establish(BUREAU, OrganisationKind.CITY_BUREAU, "City", "市局", DIVISION, SINCE)
    city.happened(bureau)
    city.happened(cases.register(case_of(city, case), case, DIVISION, OrganisationId(station)))
    investigator = officer("I-1", "INVESTIGATOR", station)
    desk.carried_out(investigator, "registerPerson", person=desk.person, name=name, phone=phone)
    desk.carried_out(investigator, "involvePerson", case=str(case_of(city, case)), person=desk.person, role="WITNESS")


@when(step('an INVESTIGATOR of "{station}" reads the person for case "{case}" to investigate'))
def reads(city: City, desk: Desk, station: str, case: str) -> None:
    desk.head = city.head()
    asked = {"id": desk.person, "case": str(case_of(city, case))}
    desk.told = desk.window.ask(officer("I-1", "INVESTIGATOR", station), READ, **asked)["data"]["person"]


@when(step('a CITY_HEAD of "{organisation}" erases the person on the ground of {ground:Code} "{reference}"'))
def erases(desk: Desk, organisation: str, ground: str, reference: str) -> None:
    desk.carried_out(officer("H-1", "CITY_HEAD", organisation), "erasePerson", person=desk.person, ground=ground, reference=reference)


@then(step('no event holds "{name}" or "{phone}"'))
def names_nobody(city: City, name: str, phone: str) -> None:
    with city.database.reading() as connection:
        everything = b"".join(connection.execute(sa.select(EVENTS.c.data)).scalars())
    assert everything
    assert name.encode() not in everything
    assert phone.encode() not in everything
    assert orjson.dumps(name) not in everything


@then(step('"{name}" and "{phone}" are told'))
def told(desk: Desk, name: str, phone: str) -> None:
    assert desk.told == {"erased": False, "ground": None, "name": name, "phone": phone}


@then(step("the last event is PersonRead for {purpose:Code}"))
def on_record(city: City, purpose: str) -> None:
    last = city.records(city.head() - 1)[0]
    assert isinstance(last.event, PersonRead)
    assert last.event.purpose == purpose
    assert last.by == "I-1"


@then("nobody is told")
def nobody(desk: Desk) -> None:
    assert desk.told is None


@then("nothing new was recorded")
def nothing_new(city: City, desk: Desk) -> None:
    assert city.head() == desk.head


@then(step("the person is told to be erased on the ground of {ground:Code}"))
def erased(desk: Desk, ground: str) -> None:
    assert desk.told == {"erased": True, "ground": ground, "name": None, "phone": None}


@then(step('case "{case}" is as it was'))
def as_it_was(city: City, case: str) -> None:
    assert city.view(CaseView, case_of(city, case)).number == case
