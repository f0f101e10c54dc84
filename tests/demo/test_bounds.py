"""The demo city's boundaries: whole, without gaps or overlaps, each station on its own ground."""

from __future__ import annotations

from itertools import combinations

import pytest
import shapely

from domain.areas import Area, checked
from domain.dispatching.events import AlarmOpened
from domain.events import Event, Recorded
from domain.jurisdiction.events import BoundaryChanged, BoundaryLevel
from infrastructure.demo.city import CITY
from infrastructure.demo.world import World
from infrastructure.jurisdiction.geometry import ShapelyGeometry, shape_of
from tests.demo.test_year import year

__all__ = ["year"]
NARROW = 1e-6
"""Square degrees of what rounding leaves."""
GEOMETRY = ShapelyGeometry(1)


@pytest.fixture(scope="module")
def drawn(year: list[Recorded[Event]]) -> dict[tuple[BoundaryLevel, str], Area]:
    return {(each.event.level, each.event.code): each.event.area for each in year if isinstance(each.event, BoundaryChanged)}


def test_every_district_and_station_has_an_area(drawn: dict[tuple[BoundaryLevel, str], Area]):
    districts = World(1).districts
    assert {code for level, code in drawn if level is BoundaryLevel.COUNTY} == {district.code for district in districts}
    assert {code for level, code in drawn if level is BoundaryLevel.STATION} == {
        each.code for found in districts for each in found.stations
    }
    assert all(checked(area, GEOMETRY) for area in drawn.values())


def test_districts_fill_the_city_and_stations_their_districts(drawn: dict[tuple[BoundaryLevel, str], Area]):
    city = shape_of(drawn[BoundaryLevel.CITY, CITY])
    counties = [shape_of(area) for (level, _), area in drawn.items() if level is BoundaryLevel.COUNTY]
    assert shapely.union_all(counties).symmetric_difference(city).area < NARROW
    assert all(one.intersection(other).area < NARROW for one, other in combinations(counties, 2))
    for district in World(1).districts:
        cells = [shape_of(drawn[BoundaryLevel.STATION, station.code]) for station in district.stations]
        assert shapely.union_all(cells).symmetric_difference(shape_of(drawn[BoundaryLevel.COUNTY, district.code])).area < NARROW


def test_each_station_stands_on_its_own_ground(drawn: dict[tuple[BoundaryLevel, str], Area]):
    for district in World(1).districts:
        for station in district.stations:
            spot = shapely.Point(station.place.longitude, station.place.latitude)
            assert shape_of(drawn[BoundaryLevel.STATION, station.code]).contains(spot)


def test_most_of_what_happens_in_a_district_lies_in_it(year: list[Recorded[Event]], drawn: dict[tuple[BoundaryLevel, str], Area]):
    opened = [each.event for each in year if isinstance(each.event, AlarmOpened) and each.event.place is not None]
    inside = [
        shape_of(drawn[BoundaryLevel.COUNTY, event.division]).contains(shapely.Point(event.place.longitude, event.place.latitude))
        for event in opened
    ]
    assert len(opened) > 1_000
    assert 0.85 < sum(inside) / len(inside) < 1
