"""The events of priority places: which there are, and from when until when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from domain.events import Event
from domain.ids import DivisionCode, OrganisationId
from domain.places import Point


class PriorityKind(StrEnum):
    """Why a place is to be watched: a complex area, a stretch of road where offences are frequent, a key site, a junction.

    重点部位类别：重点复杂地区、易发案路段、重点部位、要道路口。
    """

    COMPLEX_AREA = "COMPLEX_AREA"
    CRIME_PRONE_ROAD = "CRIME_PRONE_ROAD"
    KEY_SITE = "KEY_SITE"
    JUNCTION = "JUNCTION"


class PriorityPlaceDesignated(Event):
    """It is to be watched from `valid_from` on."""

    name_en: str
    name_zh: str
    kind: PriorityKind
    place: Point
    division: DivisionCode
    station: OrganisationId
    valid_from: date


class PriorityPlaceEnded(Event):
    """`valid_to` is the first day on which it is none any more."""

    valid_to: date
    reason: str
