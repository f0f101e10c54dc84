"""The city: districts of Chongqing by name, with stations and units that do not exist."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from math import sqrt
from random import Random
from uuid import UUID

from domain.dispatching.events import AreaClass
from domain.ids import DivisionCode, OfficerId, OrganisationId, UnitId
from domain.places import Point

CITY = DivisionCode("500000")
BUREAU = OrganisationId("DEMO-500000")
FLAT = DivisionCode("500103")
"""Where the city's own centre orders the units of the stations, past the sub-bureau (R27)."""
SYNTHETIC_EN = "Synthetic"
SYNTHETIC_ZH = "演示"
SPREAD = {AreaClass.URBAN: 0.02, AreaClass.SUBURBAN: 0.06, AreaClass.RURAL: 0.12}
"""How far from the middle of a district its alarms lie, in degrees."""


@dataclass(frozen=True, slots=True)
class Unit:
    id: UnitId
    station: OrganisationId
    call_sign: str
    kind: str
    crew: tuple[OfficerId, ...]


@dataclass(frozen=True, slots=True)
class Station:
    """A station with its units; `officer` names its desk, `head` the one who approves."""

    code: OrganisationId
    number: int
    division: DivisionCode
    place: Point
    units: tuple[Unit, ...]
    officer: OfficerId
    head: OfficerId


@dataclass(frozen=True, slots=True)
class District:
    code: DivisionCode
    sub_bureau: OrganisationId
    name_en: str
    name_zh: str
    area: AreaClass
    weight: int
    middle: Point
    stations: tuple[Station, ...]

    def somewhere(self, random: Random, near: Station | None = None) -> Point:
        """A place of the district; more of them towards its middle, or towards a station."""
        middle = near.place if near else self.middle
        reach = SPREAD[self.area] / (2 if near else 1)
        return Point(round(random.gauss(middle.longitude, reach), 5), round(random.gauss(middle.latitude, reach), 5))


def districts(random: Random) -> tuple[District, ...]:
    """All 38, as the file beside this module lists them."""
    return tuple(_district(row, random) for row in _rows())


def _rows() -> Iterator[dict[str, str]]:
    text = (resources.files(__package__) / "districts.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def _district(row: dict[str, str], random: Random) -> District:
    bare = District(
        code=DivisionCode(row["code"]),
        sub_bureau=OrganisationId(f"DEMO-{row['code']}"),
        name_en=row["name_en"],
        name_zh=row["name_zh"],
        area=AreaClass(row["area"]),
        weight=int(row["weight"]),
        middle=Point(float(row["longitude"]), float(row["latitude"])),
        stations=(),
    )
    stations = tuple(_station(bare, number, random) for number in range(1, int(row["stations"]) + 1))
    return District(**{name: getattr(bare, name) for name in District.__slots__ if name != "stations"}, stations=stations)


def _station(district: District, number: int, random: Random) -> Station:
    code = f"{district.sub_bureau}-{number:02}"
    cars = 2 + round(sqrt(district.weight) / 3)
    return Station(
        code=OrganisationId(code),
        number=number,
        division=district.code,
        place=district.somewhere(random),
        units=tuple(_unit(code, car, random) for car in range(1, cars + 1)),
        officer=OfficerId(f"{code}-desk"),
        head=OfficerId(f"{code}-head"),
    )


def _unit(station: str, car: int, random: Random) -> Unit:
    id = UnitId(UUID(int=random.getrandbits(128), version=4))
    crew = tuple(OfficerId(f"{station}-{car}{seat}") for seat in "ab")
    return Unit(id, OrganisationId(station), f"{station}-{car}", "PATROL_CAR" if car % 3 else "MOTORCYCLE", crew)
