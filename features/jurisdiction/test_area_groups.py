"""Runs area_groups.feature, with the steps that it alone says."""

from __future__ import annotations

from datetime import date

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.jurisdiction import area_groups
from application.jurisdiction.views import AreaGroupView
from domain.ids import AreaGroupId, DivisionCode, OrganisationId
from domain.jurisdiction.area_groups import members_on
from domain.jurisdiction.events import AreaGroupMembers
from features.city import City
from features.wording import step
from infrastructure.statistics.inquiry import organisations_of_group
from infrastructure.statistics.moments import Moment

scenarios("area_groups.feature")


def group(city: City, name: str) -> AreaGroupId:
    return AreaGroupId(city.id("area group", name))


def organisations(text: str) -> tuple[OrganisationId, ...]:
    return tuple(OrganisationId(code) for code in text.split(", "))


def established(city: City, name: str, code: str, members: str, since: str) -> Command:
    return area_groups.establish(group(city, name), code, code, code, date.fromisoformat(since), organisations(members))


def members(city: City, name: str, day: str) -> AreaGroupMembers | None:
    shown = city.view(AreaGroupView, group(city, name))
    return members_on(date.fromisoformat(day), shown.periods, shown.valid_to)


@given(step('area group "{name}" has had organisations "{codes}" since "{day}"'))
def group_established(city: City, name: str, codes: str, day: str) -> None:
    city.happened(established(city, name, name, codes, day))


@when(step('another area group "{name}" is established with organisations "{codes}" from "{day}"'))
def establish_another(city: City, name: str, codes: str, day: str) -> None:
    city.act(established(city, f"another {name}", name, codes, day))


@when(step('area group "{name}" has organisations "{codes}" from "{day}"'))
def change_organisations(city: City, name: str, codes: str, day: str) -> None:
    city.act(area_groups.change_members(group(city, name), date.fromisoformat(day), organisations(codes)))


@when(step('area group "{name}" has divisions "{codes}" from "{day}"'))
def change_divisions(city: City, name: str, codes: str, day: str) -> None:
    divisions = tuple(DivisionCode(code) for code in codes.split(", "))
    city.act(area_groups.change_members(group(city, name), date.fromisoformat(day), divisions=divisions))


@when(step('area group "{name}" is abolished on "{day}"'))
def abolish(city: City, name: str, day: str) -> None:
    city.act(area_groups.abolish(group(city, name), date.fromisoformat(day)))


@then(step('on "{day}" area group "{name}" has organisations "{codes}"'))
def has_organisations(city: City, day: str, name: str, codes: str) -> None:
    found = members(city, name, day)
    assert found is not None
    assert found.organisations == organisations(codes)


@then(step('on "{day}" there is no area group "{name}"'))
def is_not_there(city: City, day: str, name: str) -> None:
    assert members(city, name, day) is None


@then(step('on "{day}" these organisations belong to area group "{code}": "{codes}"'))
def belong(city: City, day: str, code: str, codes: str) -> None:
    city.catch_up()
    on = date.fromisoformat(day)
    with city.database.reading() as connection:
        found = organisations_of_group(connection, code, on, Moment(city.head(), on, latest=True))
    assert found is not None
    assert tuple(each.code for each in found) == organisations(codes)
