"""The city's boundaries, which nobody surveyed: each station has the ground that is nearest to it, each district that of its stations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import cos, pi, sin
from random import Random

import shapely
from shapely import Geometry, MultiPoint, Polygon, STRtree

from application.geojson import area_of
from application.jurisdiction import boundaries
from domain.areas import Area
from domain.ids import OrganisationId
from infrastructure.demo.city import CITY, District, Station
from infrastructure.demo.founding import FOUNDER, SINCE
from infrastructure.demo.world import Story, World

GRID = 1e-5
"""Degrees: corners of neighbours are the same to the last digit."""
REACH = 0.12
"""How far the city goes on past its last stations, in degrees."""
UNEVEN = 0.35
"""By how much of this its outline wanders."""
CORNERS = 180
"""Of the outline."""
ROUNDING = 0.15
"""How far its bays reach, as a share of what lies around it."""


def bounding(world: World, at: datetime) -> Story:
    """What is drawn for it leaves the year's own draws as they are."""
    cells = cells_of(world.districts, Random(world.id().int))  # noqa: S311 - a story, not a secret
    capital = world.districts[0].stations[0]
    whole = shapely.union_all(list(cells.values()), grid_size=GRID)
    yield world.beat(at, boundaries.draw_division(CITY, _area(whole), SINCE), FOUNDER, capital)
    for district in world.districts:
        ground = shapely.union_all([cells[station.code] for station in district.stations], grid_size=GRID)
        yield world.beat(at, boundaries.draw_division(district.code, _area(ground), SINCE), FOUNDER, district.stations[0])
        for station in district.stations:
            yield world.beat(at, boundaries.draw_organisation(station.code, _area(cells[station.code]), SINCE), FOUNDER, station)


def cells_of(districts: Sequence[District], random: Random) -> Mapping[OrganisationId, Geometry]:
    """The ground of each station within the outline of the city."""
    stations = [station for district in districts for station in district.stations]
    outline = _outline(MultiPoint([_spot(station) for station in stations]), random)
    cells = shapely.voronoi_polygons(MultiPoint([_spot(station) for station in stations]), extend_to=outline)
    tree = STRtree(cells.geoms)
    return {station.code: _within(cells.geoms[_around(tree, station)], outline) for station in stations}


def _outline(stations: MultiPoint, random: Random) -> Geometry:
    """Around all stations, with bays where there are none, and as uneven as a border is."""
    hull = shapely.concave_hull(stations, ratio=ROUNDING).buffer(REACH)
    border = [hull.exterior.interpolate(number / CORNERS, normalized=True) for number in range(CORNERS)]
    return Polygon([_aside(spot.x, spot.y, random) for spot in border]).buffer(0)


def _aside(longitude: float, latitude: float, random: Random) -> tuple[float, float]:
    turn, far = random.uniform(0, 2 * pi), random.uniform(0, REACH * UNEVEN)
    return longitude + far * cos(turn), latitude + far * sin(turn)


def _around(tree: STRtree, station: Station) -> int:
    found: Iterator[int] = iter(tree.query(shapely.Point(_spot(station)), predicate="intersects"))
    return next(found)


def _within(cell: Geometry, outline: Geometry) -> Geometry:
    return shapely.intersection(cell, outline, grid_size=GRID)


def _spot(station: Station) -> tuple[float, float]:
    return station.place.longitude, station.place.latitude


def _area(ground: Geometry) -> Area:
    return area_of(shapely.geometry.mapping(ground))
