"""The priority place: it has a name, and it ends once, after it began."""

from __future__ import annotations

from datetime import date

import pytest

from domain.ids import DivisionCode, OrganisationId
from domain.places import Point
from domain.rules import TextMissing
from domain.surveillance.events import PriorityKind, PriorityPlaceDesignated
from domain.surveillance.priority_place import PriorityPlace, PriorityPlaceEndTooEarly, PriorityPlaceIsEnded

SINCE = date(2026, 1, 1)


def designated(name: str = "Square") -> PriorityPlaceDesignated:
    where = Point(106.55, 29.56), DivisionCode("500103"), OrganisationId("S-1")
    return PriorityPlace.designate(name, "广场", PriorityKind.KEY_SITE, *where, SINCE)


def test_a_priority_place_has_a_name():
    assert designated(" Square ").name_en == "Square"
    with pytest.raises(TextMissing):
        designated(" ")


def test_it_ends_once_and_after_it_began():
    place = PriorityPlace.begin(designated())
    with pytest.raises(PriorityPlaceEndTooEarly):
        place.end(SINCE, "rebuilt")
    with pytest.raises(TextMissing):
        place.end(date(2026, 1, 2), " ")
    ended = place.apply(place.end(date(2026, 1, 2), "rebuilt"))
    with pytest.raises(PriorityPlaceIsEnded):
        ended.end(date(2026, 1, 3), "rebuilt")
