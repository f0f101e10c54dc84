"""Runs flat.feature; what only it says stands here."""

from __future__ import annotations

from datetime import date
from typing import Any

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.dispatching import orders, units
from application.dispatching.views import OrderView
from application.identity import Principal, Role
from application.jurisdiction import organisations
from application.views import Order, Wanted
from domain.ids import DivisionCode, OfficerId, OrganisationId
from domain.jurisdiction.events import OrganisationKind
from features.city import MANY, City
from features.dispatching.names import Names, sent
from features.wording import step

scenarios("flat.feature")

DIVISION, LONG_AGO = DivisionCode("500100"), date(1990, 1, 1)


@given(step('city bureau "{city_bureau}" stands above sub-bureau "{bureau}", and "{above}" above station "{station}"'))
def levels(city: City, city_bureau: str, bureau: str, above: str, station: str) -> None:
    places = (
        (city_bureau, OrganisationKind.CITY_BUREAU, None),
        (bureau, OrganisationKind.SUB_BUREAU, city_bureau),
        (station, OrganisationKind.STATION, above),
    )
    for code, kind, parent in places:
        higher = None if parent is None else OrganisationId(parent)
        city.happened(organisations.establish(OrganisationId(code), kind, code, code, DIVISION, LONG_AGO, higher))


@given(step('unit "{unit}" of station "{station}" is on duty'))
def unit_of_station(city: City, names: Names, unit: str, station: str) -> None:
    for command in (units.register(names.unit(unit), unit, "CAR", OrganisationId(station)), units.sign_on(names.unit(unit))):
        ordered(city, command, station)


@when(step('"{ordering}" sends unit "{unit}" to "{alarm}"'))
def send(city: City, names: Names, ordering: str, unit: str, alarm: str) -> None:
    ordered(city, sent(names, unit, alarm, city), ordering)


@given(step('"{ordering}" sent unit "{unit}" to "{alarm}"'))
def was_sent(city: City, names: Names, ordering: str, unit: str, alarm: str) -> None:
    ordered(city, sent(names, unit, alarm, city), ordering)


@given(step('the order of unit "{unit}" to "{alarm}" was cancelled'))
def was_cancelled(city: City, names: Names, unit: str, alarm: str) -> None:
    city.happened(orders.cancel(names.order(unit, alarm), names.alarm(alarm), names.unit(unit), "no need"))


@given("that much was recorded", target_fixture="position")
def that_much(city: City) -> int:
    return city.head()


@then("orders took these seconds")
def took_seconds(city: City, datatable: list[list[str]]) -> None:
    told = [
        [
            each["mode"],
            each["segment"],
            str(each["n"]),
            *("" if each[name] is None else str(each[name]) for name in ("median", "p90")),
            " ".join(left["reason"] for left in each["excluded"] if left["n"]),
        ]
        for each in timed(city, "showSmall: true")
    ]
    assert told == datatable[1:]


@then("on so small a base no time is told unless asked for")
def small_base(city: City) -> None:
    assert {(each["median"], each["p90"]) for each in timed(city)} == {(None, None)}


@then("by what was recorded then no order was timed")
def nothing_timed(city: City, position: int) -> None:
    found = timed(city, f"asOf: {{position: {position}}}")
    assert {(each["n"], each["position"]) for each in found} == {(0, position)}
    assert sum(each["n"] for each in timed(city)) == 1


def timed(city: City, *more: str) -> list[dict[str, Any]]:
    asked = ", ".join(['period: {from: "2026-03-01", to: "2026-03-31"}', 'area: {organisation: "S-1"}', *more])
    query = f"{{ commandTimes({asked}) {{ mode segment n median p90 excluded {{ reason n }} position }} }}"
    found: list[dict[str, Any]] = city.asked(query)["commandTimes"]
    return found


@when(step('"{ordering}" registers unit "{unit}" of station "{station}", signs it on and sends it to "{alarm}" in one commit'))
def register_and_send(city: City, names: Names, ordering: str, unit: str, station: str, alarm: str) -> None:
    registered = units.register(names.unit(unit), unit, "CAR", OrganisationId(station))
    commands = (registered, units.sign_on(names.unit(unit)), sent(names, unit, alarm, city))
    city.in_one_commit(*(city.request(each)._replace(organisation=OrganisationId(ordering)) for each in commands))


@then(step('the order of unit "{unit}" to "{alarm}" bypassed "{level}"'))
def bypassed(city: City, names: Names, unit: str, alarm: str, level: str) -> None:
    view = city.view(OrderView, names.order(unit, alarm))
    assert view.bypassed == (() if level == "nobody" else (level,))
    assert view.flat is (level != "nobody")


@then(step('"{level}" finds the order of unit "{unit}" to "{alarm}" among those that passed over a level'))
def finds(city: City, names: Names, level: str, unit: str, alarm: str) -> None:
    city.catch_up()
    head = Principal(OfficerId("P-2"), OrganisationId(level), Role.SUB_BUREAU_HEAD, reach=(OrganisationId(level),))
    rows = city.tocsin.read_models.seen_by(head)
    found = []

    async def shown() -> None:
        page = await rows.page(OrderView, Wanted(any_of={"flat": [True]}), Order(by="ordered_at"), MANY, None)
        found.extend(each.id for each in page.rows)

    city.goes_on(shown())
    assert found == [names.order(unit, alarm)]


def ordered(city: City, command: Command, organisation: str) -> None:
    """On the authority of an organisation, which is registered already."""
    city.attempt(city.request(command)._replace(organisation=OrganisationId(organisation)))
    assert city.refusal is None
