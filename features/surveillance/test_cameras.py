"""Runs cameras.feature; what only it says stands here."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest
from pytest_bdd import given, scenarios, then, when

from application.commands import NamedDivision
from application.oversight.statistics import AsOf, Period
from application.surveillance import cameras
from application.surveillance.questions import CamerasAsked, CountedBy
from application.surveillance.views import CameraView
from application.views import Order, Wanted
from domain.ids import DivisionCode
from domain.surveillance.events import CameraHealth
from features.city import City
from features.surveillance.conftest import BEARINGS, PLACE, beside, camera, noon, registered
from features.wording import step
from infrastructure.surveillance.registry import Registry

scenarios("cameras.feature")

Rows = list[list[str]]


@pytest.fixture
def registry(city: City) -> Registry:
    return Registry(city.database, city.tocsin.settings.zone, city.clock)


@given(step('camera "{number}" of a {sector:Code} was registered'))
def camera_was_registered(city: City, number: str, sector: str) -> None:
    city.happened(registered(number, sector, camera(city, number)))


@given(step('camera "{number}" of a {sector:Code} was registered on {day}'))
def camera_was_registered_on(city: City, number: str, sector: str, day: str) -> None:
    city.happened(registered(number, sector, camera(city, number)), at=noon(day))


@given(step('camera "{number}" was retired on {day}'))
def camera_was_retired(city: City, number: str, day: str) -> None:
    city.happened(cameras.retire(camera(city, number), "worn out"), at=noon(day))


@given(step('camera "{number}" was moved to division "{division}" on {day}'))
def camera_was_moved(city: City, number: str, division: str, day: str) -> None:
    city.happened(cameras.move(camera(city, number), PLACE, 80, division=DivisionCode(division)), at=noon(day))


@given(step('camera "{number}" stands {metres:d} metres {where} and looks {direction}'))
def camera_looks(city: City, number: str, metres: int, where: str, direction: str) -> None:
    view: dict[str, Any] = {"place": beside(metres, where), "bearing": BEARINGS[direction], "field_of_view": 60.0}
    city.happened(registered(number, "PUBLIC_PLACE", camera(city, number), **view))


@given(step('camera "{number}" stands {metres:d} metres {where} and nobody knows where it looks'))
def camera_stands(city: City, number: str, metres: int, where: str) -> None:
    city.happened(registered(number, "PUBLIC_PLACE", camera(city, number), place=beside(metres, where), field_of_view=60.0))


@given(step('camera "{number}" is {health:Code}'))
def camera_is(city: City, number: str, health: str) -> None:
    city.happened(cameras.change_health(camera(city, number), CameraHealth(health)))


@given(step('camera "{number}" was suspended'))
def camera_was_suspended(city: City, number: str) -> None:
    city.happened(cameras.suspend(camera(city, number), "building works"))


@given(step('camera "{number}" was resumed'))
def camera_was_resumed(city: City, number: str) -> None:
    city.happened(cameras.resume(camera(city, number)))


@given("somebody notes how far the log is", target_fixture="noted")
def noted(city: City) -> int:
    return city.head()


@when(step('camera "{number}" of a {sector:Code} is registered'))
def register(city: City, number: str, sector: str) -> None:
    city.act(registered(number, sector))


@when(step('camera "{number}" of a {sector:Code} is registered where no division is "{code}"'))
def register_nowhere(city: City, number: str, sector: str, code: str) -> None:
    command = registered(number, sector)
    city.places_stand(command._replace(names=tuple(each for each in command.names if each.code != code)))
    assert NamedDivision("gb28181Id", DivisionCode(code)) in command.names
    city.attempt(city.request(command))


@when(step('camera "{number}" is accepted by "{standard}" of "{version}"'))
def accept(city: City, number: str, standard: str, version: str) -> None:
    city.act(cameras.accept(camera(city, number), standard, version))


@when(step('a fault "{fault}" of camera "{number}" is reported'))
def report_fault(city: City, fault: str, number: str) -> None:
    city.act(cameras.report_fault(camera(city, number), fault))


@when(step('camera "{number}" is repaired'))
def repair(city: City, number: str) -> None:
    city.act(cameras.repair_fault(camera(city, number)))


@when(step('camera "{number}" reports {health:Code}'))
def report_health(city: City, number: str, health: str) -> None:
    city.act(cameras.change_health(camera(city, number), CameraHealth(health)))


@when(step('camera "{number}" is resumed'))
def resume(city: City, number: str) -> None:
    city.act(cameras.resume(camera(city, number)))


@then("the list of cameras shows")
def list_shows(city: City, datatable: Rows) -> None:
    page = asyncio.run(city.tocsin.read_models.page(CameraView, Wanted(), Order(by="gb28181_id", descending=False), 100, None))
    assert [[each.gb28181_id, each.sector, each.state, str(each.health)] for each in page.rows] == datatable


@then(step("by {by:Code} there were on {day}"))
def there_were(city: City, registry: Registry, by: str, day: str, datatable: Rows) -> None:
    assert counted(city, registry, by, day, AsOf()) == datatable


@then(step("by {by:Code} there were on {day} as was known then"))
def there_were_known(city: City, registry: Registry, noted: int, by: str, day: str, datatable: Rows) -> None:
    assert counted(city, registry, by, day, AsOf(position=noted)) == datatable


@then(step('by {by:Code} in group "{group}" there were on {day}'))
def there_were_in_group(city: City, registry: Registry, by: str, group: str, day: str, datatable: Rows) -> None:
    assert counted(city, registry, by, day, AsOf(), group) == datatable


@then(step('by {by:Code} in group "{group}" there was nothing on {day}'))
def nothing_in_group(city: City, registry: Registry, by: str, group: str, day: str) -> None:
    assert counted(city, registry, by, day, AsOf(), group) == []


@then("accepted are")
def accepted_are(city: City, registry: Registry, datatable: Rows) -> None:
    city.catch_up()
    found = asyncio.run(registry.accepted(CamerasAsked()))
    assert [[each.standard, each.standard_version, f"{each.accepted} of {each.total}"] for each in found] == datatable


@then("the place is seen by")
def place_is_seen(city: City, registry: Registry, datatable: Rows) -> None:
    found = asyncio.run(registry.seeing(PLACE, 10))
    numbers = {camera(city, row[0]): row[0] for row in datatable}
    assert [[numbers.get(each.camera, "?"), str(round(each.distance)), each.reason] for each in found] == datatable


@then("today cameras were, in minutes")
def lasted(city: City, registry: Registry, datatable: Rows) -> None:
    city.catch_up()
    today = city.clock.now().date()
    rate = asyncio.run(registry.online_rate(Period(today, today), CamerasAsked()))
    assert [[name, str(getattr(rate, name))] for name, _ in datatable] == datatable


@then("nobody sees the place")
def nobody_sees(registry: Registry) -> None:
    assert asyncio.run(registry.seeing(PLACE, 10)) == []


def counted(city: City, registry: Registry, by: str, day: str, recorded: AsOf, group: str | None = None) -> Rows:
    city.catch_up()
    asked = CamerasAsked(on=date.fromisoformat(day), group=group, recorded=recorded)
    return [[each.key, str(each.count)] for each in asyncio.run(registry.counts(asked, CountedBy(by)))]
