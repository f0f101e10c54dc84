"""Runs boundaries.feature, with the steps that it alone says."""

from __future__ import annotations

from datetime import date

from pytest_bdd import given, parsers, scenarios, then, when

from application.jurisdiction import boundaries, divisions
from application.jurisdiction.views import DivisionView
from domain.areas import Area, Ring
from domain.ids import DivisionCode, OrganisationId
from domain.jurisdiction.boundary_map import BoundariesOverlap
from domain.jurisdiction.events import DivisionLevel
from domain.places import Point
from features.city import City
from features.jurisdiction.conftest import division, founded
from features.wording import step

scenarios("boundaries.feature")

WEST, SOUTH, TENTH = 106.0, 29.0, 0.1
SINCE = date(2006, 1, 1)


def spot(x: float, y: float) -> tuple[float, float]:
    return WEST + x * TENTH, SOUTH + y * TENTH


def ring(*corners: tuple[float, float]) -> Ring:
    return tuple(spot(x, y) for x, y in corners)


def square(x: float, y: float, side: float) -> Area:
    return Area(((ring((x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)),),))


SQUARE = r"the square at (?P<x>[\d.]+), (?P<y>[\d.]+) of side (?P<side>[\d.]+)"


@given(step('division "{name}" has had code "{code}" below "{parent}" since "{day}"'))
def division_founded_below(city: City, name: str, code: str, parent: str, day: str) -> None:
    city.happened(founded(city, name, code, day, parent))
    city.knows_division(code)


@given(parsers.re(rf'division "(?P<code>\d+)" has had {SQUARE} since "(?P<day>[\d-]+)"'))
def division_drawn(city: City, code: str, x: str, y: str, side: str, day: str) -> None:
    city.happened(boundaries.draw_division(DivisionCode(code), square(float(x), float(y), float(side)), date.fromisoformat(day)))


@given(parsers.re(rf'organisation "(?P<code>[\d-]+)" has had {SQUARE} since "(?P<day>[\d-]+)"'))
def organisation_drawn(city: City, code: str, x: str, y: str, side: str, day: str) -> None:
    city.happened(boundaries.draw_organisation(OrganisationId(code), square(float(x), float(y), float(side)), date.fromisoformat(day)))


@when(parsers.re(rf'division "(?P<code>\d+)" gets {SQUARE} from "(?P<day>[\d-]+)"'))
def draw_division(city: City, code: str, x: str, y: str, side: str, day: str) -> None:
    city.act(boundaries.draw_division(DivisionCode(code), square(float(x), float(y), float(side)), date.fromisoformat(day)))


@when(parsers.re(rf'a city gets {SQUARE} from "(?P<day>[\d-]+)"'))
def draw_city(city: City, x: str, y: str, side: str, day: str) -> None:
    new = DivisionCode("510100")
    city.happened(divisions.establish(division(city, "Chengdu"), new, "Chengdu", "成都市", DivisionLevel.CITY, SINCE))
    city.knows_division(new)
    city.act(boundaries.draw_division(new, square(float(x), float(y), float(side)), date.fromisoformat(day)))


@when(step('division "{code}" gets a ring that crosses itself'))
def draw_crossing(city: City, code: str) -> None:
    drawn(city, code, ring((5, 5), (6, 6), (6, 5), (5, 6), (5, 5)))


@when(step('division "{code}" gets a ring that is not closed'))
def draw_open(city: City, code: str) -> None:
    drawn(city, code, ring((5, 5), (6, 5), (6, 6), (5, 6)))


@when(step('division "{code}" gets a ring with latitude 91'))
def draw_off_the_map(city: City, code: str) -> None:
    drawn(city, code, ((106.0, 89.0), (107.0, 89.0), (107.0, 91.0), (106.0, 89.0)))


@when(step('division "{code}", which is not registered, gets an area'))
def draw_unknown(city: City, code: str) -> None:
    city.attempt(city.request(boundaries.draw_division(DivisionCode(code), square(5, 5, 1), SINCE)))


@when(step('divisions "{one}" and "{other}" both get the square at 5, 5 of side 1'))
def draw_both(city: City, one: str, other: str) -> None:
    commands = [boundaries.draw_division(DivisionCode(code), square(5, 5, 1), SINCE) for code in (one, other)]
    for command in commands:
        city.places_stand(command)
    city.attempt(*map(city.request, commands))


def drawn(city: City, code: str, outer: Ring) -> None:
    city.act(boundaries.draw_division(DivisionCode(code), Area(((outer,),)), SINCE))


@then("one is refused, for both have ground in common")
def one_refused(city: City) -> None:
    assert isinstance(city.refusal, BoundariesOverlap)
    assert [type(record.event).__name__ for record in city.recorded()] == ["BoundaryChanged"]


@then(
    parsers.re(
        r'on "(?P<day>[\d-]+)" the place at (?P<x>[\d.]+), (?P<y>[\d.]+) lies in (?:"(?P<names>[^"]+)"|no division)'
        r' and with (?:station "(?P<station>[^"]+)"|no station)'
    )
)
def lies_in(city: City, day: str, x: str, y: str, names: str | None, station: str | None) -> None:
    city.catch_up()
    found = city.answered(city.tocsin.gazetteer.where(Point(*spot(float(x), float(y))), date.fromisoformat(day)))
    assert [city.view(DivisionView, id).name_en for id in found.divisions] == (names.split(", ") if names else [])
    assert found.station == station
