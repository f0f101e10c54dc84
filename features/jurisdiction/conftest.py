"""Steps of jurisdiction: divisions by name, organisations by code."""

from __future__ import annotations

from datetime import date

from pytest_bdd import given, then, when

from application.commands import Command
from application.jurisdiction import divisions, organisations
from application.jurisdiction.views import OrganisationView
from application.views import Order, Wanted
from domain.ids import DivisionCode, DivisionId, OrganisationId
from domain.jurisdiction.events import DivisionLevel, OrganisationKind
from features.city import City
from features.wording import step


def division(city: City, name: str) -> DivisionId:
    return DivisionId(city.id("division", name))


def founded(city: City, name: str, code: str, since: str, parent: str | None = None) -> Command:
    above = DivisionCode(parent) if parent else None
    day = date.fromisoformat(since)
    return divisions.establish(division(city, name), DivisionCode(code), name, name, DivisionLevel.COUNTY, day, above)


@given(step('division "{name}" has had code "{code}" since "{day}"'))
def division_founded(city: City, name: str, code: str, day: str) -> None:
    city.happened(founded(city, name, code, day))
    city.knows_division(code)


@when(step('division "{name}" gets code "{code}" from "{day}"'))
def found_division(city: City, name: str, code: str, day: str) -> None:
    city.act(founded(city, name, code, day))


@when(step('division "{name}" gets code "{code}" below "{parent}" from "{day}"'))
def found_below(city: City, name: str, code: str, parent: str, day: str) -> None:
    city.act(founded(city, name, code, day, parent))


@given(step('division "{name}" was abolished on "{day}"'))
def division_abolished(city: City, name: str, day: str) -> None:
    city.happened(divisions.abolish(division(city, name), date.fromisoformat(day)))


@when(step('division "{name}" is abolished on "{day}"'))
def abolish_division(city: City, name: str, day: str) -> None:
    city.act(divisions.abolish(division(city, name), date.fromisoformat(day)))


@when(step('division "{name}" is abolished on "{day}" in favour of "{other}"'))
def abolish_in_favour(city: City, name: str, day: str, other: str) -> None:
    city.act(divisions.abolish(division(city, name), date.fromisoformat(day), (division(city, other),)))


@when(step('division "{name}" is named "{new}" from "{day}"'))
def rename_division(city: City, name: str, new: str, day: str) -> None:
    city.act(divisions.rename(division(city, name), new, new, date.fromisoformat(day)))


def established(kind: str, code: str, parent: str | None = None, since: date = date(2006, 1, 1)) -> Command:
    above = OrganisationId(parent) if parent else None
    return organisations.establish(OrganisationId(code), OrganisationKind(kind), code, code, DivisionCode("500000"), since, above)


@given(step('{kind:Code} "{code}" is established'))
def organisation_established(city: City, kind: str, code: str) -> None:
    city.happened(established(kind, code))


@given(step('{kind:Code} "{code}" is established under "{parent}"'))
def organisation_established_under(city: City, kind: str, code: str, parent: str) -> None:
    city.happened(established(kind, code, parent))


@when(step('{kind:Code} "{code}" is established under "{parent}"'))
def establish_under(city: City, kind: str, code: str, parent: str) -> None:
    city.act(established(kind, code, parent, since=date(2012, 1, 1)))


@given(step('organisation "{code}" was closed on "{day}"'))
def organisation_closed(city: City, code: str, day: str) -> None:
    city.happened(organisations.close(OrganisationId(code), date.fromisoformat(day)))


@when(step('organisation "{code}" is named "{new}" from "{day}"'))
def rename_organisation(city: City, code: str, new: str, day: str) -> None:
    city.act(organisations.rename(OrganisationId(code), new, new, date.fromisoformat(day)))


@when(step('organisations "{codes}" are merged into "{into}" on "{day}"'))
def merge_organisations(city: City, codes: str, into: str, day: str) -> None:
    city.act(organisations.merge(_codes(codes), OrganisationId(into), date.fromisoformat(day)))


@when(step('organisation "{code}" is split into "{into}" on "{day}"'))
def split_organisation(city: City, code: str, into: str, day: str) -> None:
    city.act(organisations.split(OrganisationId(code), _codes(into), date.fromisoformat(day)))


@then(step('the list shows that "{successors}" followed "{code}" on "{day}"'))
def followed(city: City, successors: str, code: str, day: str) -> None:
    (shown,) = city.listed(OrganisationView, Wanted(any_of={"id": [code]}), Order(by="id"))
    assert (shown.successors, shown.valid_to) == (_codes(successors), date.fromisoformat(day))


def _codes(text: str) -> tuple[OrganisationId, ...]:
    return tuple(OrganisationId(code) for code in text.split(", "))
