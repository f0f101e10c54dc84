"""Runs legal_bases.feature, with the steps that it alone says."""

from __future__ import annotations

from datetime import date

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.jurisdiction import legal_bases
from application.jurisdiction.views import LegalBasisView
from application.views import Order, Wanted
from domain.ids import LegalBasisId
from domain.jurisdiction.events import LegalBasisKind
from features.city import City
from features.wording import step

scenarios("legal_bases.feature")


def basis(city: City, name: str) -> LegalBasisId:
    return LegalBasisId(city.id("legal basis", name))


def enacted(city: City, name: str, code: str, kind: LegalBasisKind, since: str, edition: str = "") -> Command:
    return legal_bases.enact(basis(city, name), code, kind, code, code, date.fromisoformat(since), edition=edition)


@given(step('decree "{code}" has been in force since "{day}"'))
def decree_enacted(city: City, code: str, day: str) -> None:
    city.happened(enacted(city, code, code, LegalBasisKind.DECREE, day))


@when(step('another decree "{code}" is in force from "{day}"'))
def enact_another(city: City, code: str, day: str) -> None:
    city.act(enacted(city, f"another {code}", code, LegalBasisKind.DECREE, day))


@when(step('standard "{code}" of edition "{edition}" is in force from "{day}"'))
def enact_standard(city: City, code: str, edition: str, day: str) -> None:
    city.act(enacted(city, code, code, LegalBasisKind.STANDARD, day, edition))


@when(step('"{old}" is superseded by "{new}" on "{day}"'))
def supersede(city: City, old: str, new: str, day: str) -> None:
    city.act(legal_bases.repeal(basis(city, old), date.fromisoformat(day), basis(city, new)))


@when(step('"{old}" is repealed on "{day}"'))
def repeal(city: City, old: str, day: str) -> None:
    city.act(legal_bases.repeal(basis(city, old), date.fromisoformat(day)))


@then(step('on "{day}" these are in force: "{codes}"'))
def are_in_force(city: City, day: str, codes: str) -> None:
    wanted = Wanted(holding={("valid_from", "valid_to"): date.fromisoformat(day)})
    shown = city.listed(LegalBasisView, wanted, Order(by="code", descending=False))
    assert ", ".join(each.code for each in shown) == codes
