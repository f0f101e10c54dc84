"""Boundaries: which area counts on a day, and that no two of a level ever have ground in common."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon

from application.geojson import NoArea, area_of, geojson
from domain.areas import Area, AreaCrossesItself, AreaEmpty, AreaOffTheMap, RingNotClosed, RingTooShort
from domain.jurisdiction.boundaries import on
from domain.jurisdiction.boundary_map import BoundariesOverlap, BoundaryMap
from domain.jurisdiction.events import BoundaryChange, BoundaryChanged, BoundaryEnded, BoundaryLevel
from domain.rules import Rejected
from infrastructure.jurisdiction.geometry import ShapelyGeometry

GEOMETRY = ShapelyGeometry(20)
FIRST = date(2006, 1, 1)
COUNTY, STATION = BoundaryLevel.COUNTY, BoundaryLevel.STATION
DAYS = st.integers(0, 12).map(lambda days: FIRST + timedelta(days))


def box(west: float, south: float, side: float) -> Area:
    east, north = west + side, south + side
    return Area(((((west, south), (east, south), (east, north), (west, north), (west, south)),),))


BOXES = st.builds(box, st.integers(100, 104), st.integers(20, 24), st.integers(1, 3))
CODES = st.sampled_from("ABC")
LEVELS = st.sampled_from((COUNTY, STATION))
ABOLISHED = st.integers(13, 15).map(lambda days: FIRST + timedelta(days))
DRAWINGS = st.tuples(LEVELS, CODES, BOXES, DAYS, st.none() | ABOLISHED)
ENDINGS = st.tuples(LEVELS, CODES, DAYS)


def told(*acts: tuple[object, ...]) -> tuple[BoundaryMap | None, list[BoundaryChange]]:
    """The map after some drawings and endings, as far as none is refused, and what was recorded."""
    known: BoundaryMap | None = None
    events: list[BoundaryChange] = []
    for act in acts:
        try:
            event = decided(known, act)
        except Rejected:
            continue
        if event is not None:
            known = known.apply(event) if known else BoundaryMap.begin(event)  # type: ignore[arg-type]  # an ending never begins it
            events.append(event)
    return known, events


def decided(known: BoundaryMap | None, act: tuple[object, ...]) -> BoundaryChange | None:
    match act:
        case (BoundaryLevel() as level, str() as code, tuple() as area, date() as since, to):
            return BoundaryMap.draw(known, (level, code), Area(area), since, to, GEOMETRY)  # type: ignore[arg-type]  # a day or none
        case (BoundaryLevel() as level, str() as code, date() as to):
            return None if known is None else known.end((level, code), to)
        case _:
            raise AssertionError(act)


@given(st.lists(DRAWINGS | ENDINGS, max_size=12))
def test_no_two_of_a_level_have_ground_in_common_on_any_day(acts: list[tuple[object, ...]]):
    known, _ = told(*acts)
    for (level, one), (other_level, other) in combinations(known.areas if known else (), 2):
        for day in (FIRST + timedelta(days) for days in range(-1, 15)):
            areas = [on(known.areas[of], day) for of in ((level, one), (other_level, other))]  # type: ignore[union-attr]
            if level is other_level and None not in areas:
                first, second = (Polygon(area[0][0]) for area in areas if area)
                assert first.intersection(second).area == 0


@given(st.lists(DRAWINGS | ENDINGS, max_size=12), LEVELS, CODES, DAYS)
def test_what_was_recorded_last_for_a_day_counts(acts: list[tuple[object, ...]], level: BoundaryLevel, code: str, day: date):
    known, events = told(*acts)
    expected: Area | None = None
    begun: list[tuple[date, Area | None]] = []
    for event in events:
        if (event.level, event.code) != (level, code):
            continue
        if isinstance(event, BoundaryEnded):
            begun = [each for each in begun if each[0] < event.valid_to] + [(event.valid_to, None)]
        else:
            begun = [each for each in begun if each[0] != event.valid_from] + [(event.valid_from, event.area)]
            if event.valid_to is not None and not any(event.valid_from < each <= event.valid_to for each, _ in begun):
                begun.append((event.valid_to, None))
    expected = max(((since, area) for since, area in begun if since <= day), key=lambda each: each[0], default=(FIRST, None))[1]
    assert on(known.areas.get((level, code), ()) if known else (), day) == expected


def test_the_same_again_is_nothing_new():
    known, _ = told((COUNTY, "A", box(100, 20, 1), FIRST, None))
    assert decided(known, (COUNTY, "A", box(100, 20, 1), FIRST + timedelta(9), None)) is None
    assert decided(known, (COUNTY, "B", FIRST)) is None


def test_the_other_one_is_named():
    known, _ = told((COUNTY, "500103", box(100, 20, 2), FIRST, None))
    with pytest.raises(BoundariesOverlap) as refused:
        decided(known, (COUNTY, "500105", box(101, 20, 2), FIRST, None))
    assert refused.value.message.endswith("The other one is 500103.")
    assert refused.value.message_zh.endswith("对方为 500103。")
    assert refused.value.field == "area"
    assert isinstance(decided(known, (STATION, "500105", box(101, 20, 2), FIRST, None)), BoundaryChanged)


def test_what_ended_before_stands_in_nobodys_way():
    known, _ = told((COUNTY, "A", box(100, 20, 2), FIRST, FIRST + timedelta(5)))
    with pytest.raises(BoundariesOverlap):
        decided(known, (COUNTY, "B", box(100, 20, 2), FIRST + timedelta(4), None))
    assert decided(known, (COUNTY, "B", box(100, 20, 2), FIRST + timedelta(5), None)) is not None


@pytest.mark.parametrize(
    ("area", "rule"),
    [
        ((), AreaEmpty),
        (((),), AreaEmpty),
        (((((1.0, 1.0), (2.0, 1.0), (1.0, 1.0)),),), RingTooShort),
        (((((1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)),),), RingNotClosed),
        (((((1.0, 1.0), (181.0, 1.0), (2.0, 2.0), (1.0, 1.0)),),), AreaOffTheMap),
        (((((1.0, 1.0), (2.0, float("nan")), (2.0, 2.0), (1.0, 1.0)),),), AreaOffTheMap),
        (((((1.0, 1.0), (2.0, 2.0), (2.0, 1.0), (1.0, 2.0), (1.0, 1.0)),),), AreaCrossesItself),
        ((*box(1, 1, 2), *box(2, 2, 2)), AreaCrossesItself),
        (((box(1, 1, 1)[0][0], box(5, 5, 1)[0][0]),), AreaCrossesItself),
    ],
)
def test_an_area_has_sound_rings(area: Area, rule: type[Rejected]):
    with pytest.raises(rule):
        decided(None, (COUNTY, "A", area, FIRST, None))


def test_a_strip_as_wide_as_a_drawing_error_is_none():
    metres = 1 / 111_195
    assert not GEOMETRY.overlap(box(100, 0, 1), box(101 - 19 * metres, 0, 1))
    assert GEOMETRY.overlap(box(100, 0, 1), box(101 - 21 * metres, 0, 1))
    assert not GEOMETRY.overlap(box(100, 60, 1), box(101 - 38 * metres, 60, 1)), "a degree of longitude is half as long there"
    assert GEOMETRY.overlap(box(100, 60, 1), box(101 - 42 * metres, 60, 1))


@given(BOXES, BOXES)
def test_geojson_comes_back_as_it_went_out(one: Area, other: Area):
    for area in (one, Area(one + other)):
        assert area_of(geojson(area)) == area


def test_heights_are_left_out_and_other_shapes_are_no_areas():
    flat = area_of({"type": "Polygon", "coordinates": [[[1, 2, 300], [3, 2, 300], [3, 4, 300], [1, 2, 300]]]})
    assert flat == ((((1.0, 2.0), (3.0, 2.0), (3.0, 4.0), (1.0, 2.0)),),)
    for wrong in ({"type": "Point", "coordinates": [1, 2]}, "x", None, {"type": "Polygon", "coordinates": [[1, 2]]}, {"type": "Polygon"}):
        with pytest.raises(NoArea):
            area_of(wrong)
