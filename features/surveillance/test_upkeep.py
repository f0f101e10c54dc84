"""Runs upkeep.feature; what only it says stands here."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_bdd import given, scenarios, then, when

from application.oversight.statistics import Period
from application.surveillance import cameras, priority_places
from application.surveillance.questions import CamerasAsked
from application.surveillance.upkeep import PriorityCoverage
from application.surveillance.views import PriorityPlaceView
from domain.ids import DivisionCode, PriorityPlaceId
from domain.places import Point
from domain.surveillance.events import CameraHealth, PriorityKind
from features.city import STATION, City
from features.conftest import Rows
from features.surveillance.conftest import PLACE, beside, camera, registered
from features.wording import step
from infrastructure.surveillance.registry import Registry

scenarios("upkeep.feature")

TODAY = date(2026, 3, 2)


@pytest.fixture
def registry(city: City) -> Registry:
    """Days begin at midnight in Greenwich here, so that hours can be counted in the head."""
    return Registry(city.database, UTC, city.clock)


def at(time: str) -> datetime:
    return datetime.fromisoformat(f"{TODAY}T{time}").replace(tzinfo=UTC)


def place_id(city: City, name: str) -> PriorityPlaceId:
    return PriorityPlaceId(city.id("priority", name))


def designated(city: City, name: str, place: Point, day: str) -> None:
    kind, since = PriorityKind.KEY_SITE, date.fromisoformat(day)
    city.happened(priority_places.designate(place_id(city, name), name, name, kind, place, DivisionCode("500103"), STATION, since))


@given(step('it is "{time}"'))
def it_is(city: City, time: str) -> None:
    city.clock.time = at(time)


@given(step('camera "{number}" stands {metres:d} metres {where} of the place and sees all round since "{time}"'))
def stands(city: City, number: str, metres: int, where: str, time: str) -> None:
    city.happened(registered(number, "PUBLIC_PLACE", camera(city, number), place=beside(metres, where)), at=at(time))


@given(step('the square is a priority place since "{day}"'))
def square(city: City, day: str) -> None:
    designated(city, "square", PLACE, day)


@given(step('the bridge, {metres:d} metres away, is a priority place since "{day}"'))
def bridge(city: City, metres: int, day: str) -> None:
    designated(city, "bridge", beside(metres, "east"), day)


@given(step('camera "{number}" is {health:Code} since "{time}"'))
def is_since(city: City, number: str, health: str, time: str) -> None:
    city.happened(cameras.change_health(camera(city, number), CameraHealth(health)), at=at(time))


@given(step('camera "{number}" was suspended from "{start}" to "{end}"'))
def suspended(city: City, number: str, start: str, end: str) -> None:
    city.happened(cameras.suspend(camera(city, number), "works"), at=at(start))
    city.happened(cameras.resume(camera(city, number)), at=at(end))


@given(step('camera "{number}" was moved {metres:d} metres away at "{time}"'))
def moved(city: City, number: str, metres: int, time: str) -> None:
    city.happened(cameras.move(camera(city, number), beside(metres, "east"), 80), at=at(time))


@given(step('a fault of camera "{number}" was reported at "{start}" and repaired at "{end}"'))
def repaired(city: City, number: str, start: str, end: str) -> None:
    broken(city, number, start)
    city.happened(cameras.repair_fault(camera(city, number)), at=at(end))


@given(step('a fault of camera "{number}" was reported at "{start}"'))
def broken(city: City, number: str, start: str) -> None:
    city.happened(cameras.report_fault(camera(city, number), "LENS"), at=at(start))


@given(step('camera "{number}" was retired at "{time}"'))
def retired(city: City, number: str, time: str) -> None:
    city.happened(cameras.retire(camera(city, number), "worn out"), at=at(time))


@given(step('traffic camera "{number}" of "{owner}" was registered'))
def of_traffic(city: City, number: str, owner: str) -> None:
    city.happened(registered(number, "TRAFFIC", camera(city, number), owner=owner))


@given(step('{some:d} violations "{one}" and 1 violation "{other}" were corrected with camera "{number}"'))
def corrected(city: City, some: int, one: str, other: str, number: str) -> None:
    for code in [*[one] * some, other]:
        city.happened(cameras.record_violation(camera(city, number), code))


@when(step('a violation "{code}" is corrected with camera "{number}"'))
def correct(city: City, code: str, number: str) -> None:
    city.act(cameras.record_violation(camera(city, number), code))


def coverage(city: City, registry: Registry, on: date | None = None) -> PriorityCoverage:
    city.catch_up()
    return asyncio.run(registry.priority_coverage(CamerasAsked(on=on), small=False))


def covered(city: City, registry: Registry, on: date | None, seen: int, total: int, without: Rows) -> None:
    found = coverage(city, registry, on)
    assert (found.seen, found.total) == (seen, total)
    assert sorted(city.view(PriorityPlaceView, id).name_en for id in found.unseen) == [row[0] for row in without]


@then(step("today {seen:d} of {total:d} priority places are seen, without"))
def seen_today(city: City, registry: Registry, seen: int, total: int, datatable: Rows | None = None) -> None:
    covered(city, registry, None, seen, total, datatable or [])


@then(step('on "{day}" {seen:d} of {total:d} priority places are seen, without'))
def seen_on(city: City, registry: Registry, day: str, seen: int, total: int, datatable: Rows | None = None) -> None:
    covered(city, registry, date.fromisoformat(day), seen, total, datatable or [])


@then("there is no percentage on so small a base")
def no_percentage(city: City, registry: Registry) -> None:
    assert coverage(city, registry).percent is None


@then(step("today, up to now, the square was blind for {blind:d} of {minutes:d} minutes, {maintenance:d} of them in maintenance"))
def was_blind(city: City, registry: Registry, blind: int, minutes: int, maintenance: int) -> None:
    city.catch_up()
    (found,) = asyncio.run(registry.blind_times(Period(TODAY, TODAY), CamerasAsked(), 10, None))
    assert (found.priority_place, found.blind, found.minutes, found.maintenance) == (place_id(city, "square"), blind, minutes, maintenance)


@then(
    step(
        "today {reported:d} faults were reported, {repaired:d} repaired and {open:d} is open, "
        "the median is {median:d} seconds and nine of ten took {p90:d}"
    )
)
def repairs_were(city: City, registry: Registry, reported: int, repaired: int, open: int, median: int, p90: int) -> None:
    city.catch_up()
    found = asyncio.run(registry.repairs(Period(TODAY, TODAY), CamerasAsked()))
    assert (found.reported, found.repaired, found.open, found.retired) == (reported, repaired, open, 0)
    assert (found.median, found.p90) == (median, p90)


@then("on the day before nothing was reported")
def nothing_before(city: City, registry: Registry) -> None:
    yesterday = TODAY - timedelta(1)
    found = asyncio.run(registry.repairs(Period(yesterday, yesterday), CamerasAsked()))
    assert (found.reported, found.median, found.p90) == (0, None, None)


@then("today 1 fault was reported and ended with its camera")
def ended_with_camera(city: City, registry: Registry) -> None:
    city.catch_up()
    found = asyncio.run(registry.repairs(Period(TODAY, TODAY), CamerasAsked()))
    assert (found.reported, found.repaired, found.open, found.retired, found.median) == (1, 0, 0, 1, None)


@then("today violations were")
def violations_were(city: City, registry: Registry, datatable: Rows) -> None:
    city.catch_up()
    found = asyncio.run(registry.violations(Period(TODAY, TODAY), CamerasAsked()))
    assert [[each.owner, each.code, f"{each.count} of {each.total}"] for each in found] == datatable
