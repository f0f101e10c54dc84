"""What the city has before its year begins: divisions, organisations, units on duty."""

from __future__ import annotations

from datetime import date, datetime

from application.dispatching import units
from application.jurisdiction import divisions, organisations
from domain.ids import DivisionId, OfficerId
from domain.jurisdiction.events import DivisionLevel, OrganisationKind
from infrastructure.demo.city import BUREAU, CITY, SYNTHETIC_EN, SYNTHETIC_ZH, District, Station
from infrastructure.demo.world import Story, World

SINCE = date(2010, 1, 1)
FOUNDER = OfficerId("DEMO-founder")


def founding(world: World, at: datetime) -> Story:
    capital = world.districts[0].stations[0]
    city = divisions.establish(
        division=DivisionId(world.id()),
        code=CITY,
        name_en="Chongqing",
        name_zh="重庆市",
        level=DivisionLevel.CITY,
        valid_from=SINCE,
    )
    yield world.beat(at, city, FOUNDER, capital)
    bureau = organisations.establish(
        organisation=BUREAU,
        kind=OrganisationKind.CITY_BUREAU,
        name_en=f"{SYNTHETIC_EN} city bureau",
        name_zh=f"{SYNTHETIC_ZH}市公安局",
        division=CITY,
        valid_from=SINCE,
    )
    yield world.beat(at, bureau, FOUNDER, capital)
    for district in world.districts:
        yield from _district(world, district, at)


def _district(world: World, district: District, at: datetime) -> Story:
    division = divisions.establish(
        division=DivisionId(world.id()),
        code=district.code,
        name_en=district.name_en,
        name_zh=district.name_zh,
        level=DivisionLevel.COUNTY,
        parent=CITY,
        valid_from=SINCE,
    )
    yield world.beat(at, division, FOUNDER, district.stations[0])
    sub_bureau = organisations.establish(
        organisation=district.sub_bureau,
        kind=OrganisationKind.SUB_BUREAU,
        name_en=f"{SYNTHETIC_EN} sub-bureau {district.name_en}",
        name_zh=f"{SYNTHETIC_ZH}{district.name_zh}分局",
        parent=BUREAU,
        division=district.code,
        valid_from=SINCE,
    )
    yield world.beat(at, sub_bureau, FOUNDER, district.stations[0])
    for station in district.stations:
        yield from _station(world, district, station, at)


def _station(world: World, district: District, station: Station, at: datetime) -> Story:
    established = organisations.establish(
        organisation=station.code,
        kind=OrganisationKind.STATION,
        name_en=f"{SYNTHETIC_EN} station {station.number}, {district.name_en}",
        name_zh=f"{SYNTHETIC_ZH}{district.name_zh}第{station.number}派出所",
        parent=district.sub_bureau,
        division=district.code,
        valid_from=SINCE,
    )
    yield world.beat(at, established, FOUNDER, station)
    for unit in station.units:
        registered = units.register(unit=unit.id, call_sign=unit.call_sign, kind=unit.kind, station=station.code)
        yield world.beat(at, registered, FOUNDER, station)
        yield world.beat(at, units.sign_on(unit=unit.id, crew=unit.crew), unit.crew[0], station)
