"""The events of divisions, organisations, their boundaries and populations, and of area groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.areas import Area
from domain.events import Event
from domain.ids import DivisionCode, DivisionId, OrganisationId


class DivisionLevel(StrEnum):
    PROVINCE = "PROVINCE"
    CITY = "CITY"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"


class OrganisationKind(StrEnum):
    CITY_BUREAU = "CITY_BUREAU"
    SUB_BUREAU = "SUB_BUREAU"
    STATION = "STATION"
    OFFICE = "OFFICE"


class DivisionEstablished(Event):
    """A code of GB/T 2260 means this division from `valid_from` on."""

    code: DivisionCode
    name_en: str
    name_zh: str
    level: DivisionLevel
    parent: DivisionCode | None
    valid_from: date


class DivisionRenamed(Event):
    name_en: str
    name_zh: str
    valid_from: date


class DivisionAbolished(Event):
    """`valid_to` is the first day on which it is no more."""

    valid_to: date
    successors: tuple[DivisionId, ...] = ()


DivisionChange = DivisionRenamed | DivisionAbolished


class OrganisationEstablished(Event):
    """`organisation` is its own code; `parent` the one above it; `division` the place it works for."""

    organisation: OrganisationId
    kind: OrganisationKind
    name_en: str
    name_zh: str
    parent: OrganisationId | None
    division: DivisionCode
    valid_from: date


class OrganisationRenamed(Event):
    name_en: str
    name_zh: str
    valid_from: date


class OrganisationClosed(Event):
    valid_to: date
    successors: tuple[OrganisationId, ...] = ()


class OrganisationMoved(Event):
    """From `valid_from` on it stands under another one."""

    parent: OrganisationId
    valid_from: date


class DirectOrdersSet(Event):
    """扁平化指挥: whether those above may order the organisation's units past the levels in between."""

    allowed: bool


OrganisationChange = OrganisationRenamed | OrganisationMoved | OrganisationClosed | DirectOrdersSet


class BoundaryLevel(StrEnum):
    """What is bounded: divisions and organisations of a level lie beside each other, those of different levels within each other.

    界线的层级：同级互不重叠。
    """

    PROVINCE = "PROVINCE"
    CITY = "CITY"
    COUNTY = "COUNTY"
    TOWNSHIP = "TOWNSHIP"
    CITY_BUREAU = "CITY_BUREAU"
    SUB_BUREAU = "SUB_BUREAU"
    STATION = "STATION"
    OFFICE = "OFFICE"


class BoundaryChanged(Event):
    """From `valid_from` on the division or organisation of this code has this area: until the next one, or until it is no more itself."""

    level: BoundaryLevel
    code: str
    area: Area
    valid_from: date
    valid_to: date | None = None


class BoundaryEnded(Event):
    """From `valid_to` on it has none, whatever was drawn for later days."""

    level: BoundaryLevel
    code: str
    valid_to: date


BoundaryChange = BoundaryChanged | BoundaryEnded


class PopulationKind(StrEnum):
    """Whom a population counts: who lives there, who is registered there, who lives there and is registered elsewhere.

    人口口径：常住、户籍、流动。
    """

    RESIDENT = "RESIDENT"
    REGISTERED = "REGISTERED"
    FLOATING = "FLOATING"


@dataclass(frozen=True, slots=True)
class PopulationCount:
    """One count of a population, and where it was recorded.

    一次人口登记。
    """

    people: int
    source: str
    position: int
    recorded_at: datetime


class PopulationRecorded(Event):
    """At the end of the year the division had so many people of this kind, as `source` has it."""

    division: DivisionCode
    year: int
    kind: PopulationKind
    people: int
    source: str


@dataclass(frozen=True, slots=True)
class AreaGroupMembers:
    """What an area group takes in from a day on: organisations and divisions, each with all below it.

    片区自某日起的组成：机构与行政区划（均含下级）。
    """

    valid_from: date
    organisations: tuple[OrganisationId, ...] = ()
    divisions: tuple[DivisionCode, ...] = ()


class AreaGroupEstablished(Event):
    """A name for several areas together, such as the districts of the main city (主城区)."""

    code: str
    name_en: str
    name_zh: str
    organisations: tuple[OrganisationId, ...]
    divisions: tuple[DivisionCode, ...]
    valid_from: date


class AreaGroupChanged(Event):
    """The members, all of them, from a day on."""

    organisations: tuple[OrganisationId, ...]
    divisions: tuple[DivisionCode, ...]
    valid_from: date


class AreaGroupAbolished(Event):
    valid_to: date


AreaGroupChange = AreaGroupChanged | AreaGroupAbolished
