"""The geometry of seeing: whatever a camera sees is in its sector, in its range, and in the box in which it is looked for."""

from __future__ import annotations

from math import asin, cos, degrees, isclose, radians, sin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.places import EARTH_RADIUS, Point, distance
from domain.surveillance.seeing import Outlook, SeeingReason, around, bearing, reach, sighting, turned

HERE = Point(106.55, 29.56)
METRE = 1 / 111_195.08
"""Degrees of latitude."""
PLACES = st.builds(Point, st.floats(-179, 179), st.floats(-80, 80))
BEARINGS = st.floats(0, 360, exclude_max=True)
ANYWHERE = st.builds(Point, st.floats(-180, 180), st.floats(-90, 90))


def beside(east: float, north: float) -> Point:
    """So many metres from here."""
    return Point(HERE.longitude + east * METRE / cos(radians(HERE.latitude)), HERE.latitude + north * METRE)


@pytest.mark.parametrize(
    ("place", "sees"),
    [
        (beside(50, 0), True),
        (beside(99, 0), True),
        (beside(101, 0), False),
        (beside(50, 28), True),
        (beside(50, 30), False),
        (beside(-50, 0), False),
        (HERE, True),
    ],
)
def test_a_camera_that_looks_east_sees_what_is_east_of_it(place, sees):
    assert (sighting(Outlook(HERE, 100, 90.0, 60.0), place) is not None) is sees


def test_a_sector_may_lie_across_north():
    north = Outlook(HERE, 100, 350.0, 60.0)
    assert sighting(north, beside(10, 60)) is not None
    assert sighting(north, beside(60, 60)) is None


def test_the_reason_is_told():
    place = beside(0, -40)
    seen = [sighting(Outlook(HERE, 100, *view), place) for view in ((180.0, 90.0), (None, 90.0), (0.0, 360.0), (None, 360.0))]
    reasons = [each.reason for each in seen if each is not None]
    assert reasons == [SeeingReason.IN_SECTOR, SeeingReason.DIRECTION_UNKNOWN, SeeingReason.ALL_ROUND, SeeingReason.ALL_ROUND]
    assert all(each is not None and isclose(each.distance, 40, abs_tol=0.1) for each in seen)


@given(PLACES, st.integers(1, 20_000), BEARINGS, st.floats(1, 359), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_what_is_seen_is_near_and_ahead_and_in_the_box(camera, range, looks, wide, east, north):
    place = Point(camera.longitude + east, camera.latitude + north)
    seen = sighting(Outlook(camera, range, looks, wide), place)
    near = distance(camera, place) <= range
    ahead = distance(camera, place) < 1 or turned(looks, bearing(camera, place)) <= wide / 2
    assert (seen is not None) is (near and ahead)
    if seen is not None:
        assert around(place, reach(range)).holds(camera)


@given(PLACES, st.integers(1, 20_000), BEARINGS, st.floats(0.1, 359), st.floats(0, 1), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_who_sees_wider_sees_no_less(camera, range, looks, wide, more, east, north):
    place = Point(camera.longitude + east, camera.latitude + north)
    if sighting(Outlook(camera, range, looks, wide), place) is not None:
        assert sighting(Outlook(camera, range, looks, wide + more * (359.9 - wide)), place) is not None
        assert sighting(Outlook(camera, range + 10, looks, wide), place) is not None
        assert sighting(Outlook(camera, range, None, wide), place) is not None


@given(ANYWHERE, ANYWHERE, st.floats(1, 2))
@example(Point(179.999, 0.0), Point(-179.999, 0.0), 1.0)
@example(Point(0.0, 89.999), Point(180.0, 89.999), 1.0)
def test_a_box_holds_whatever_is_no_farther(place: Point, other: Point, more: float):
    assert around(place, distance(place, other) * more).holds(other)


@given(PLACES, st.floats(-0.01, 0.01), st.floats(-0.01, 0.01))
def test_a_small_box_holds_whatever_is_no_farther(place: Point, east: float, north: float):
    other = Point(place.longitude + east, place.latitude + north)
    assert around(place, distance(place, other)).holds(other)


@given(st.floats(-85, 85), st.floats(1, 20_000))
def test_a_box_holds_the_easternmost_place_that_is_no_farther(latitude: float, metres: float):
    """It lies nearer to the pole, where a circle around a place is widest in degrees."""
    angle, lat = metres / EARTH_RADIUS, radians(latitude)
    east = Point(degrees(asin(sin(angle) / cos(lat))), degrees(asin(sin(lat) / cos(angle))))
    assert isclose(distance(Point(0, latitude), east), metres, rel_tol=1e-3, abs_tol=0.1)
    box = around(Point(0, latitude), metres)
    assert box.holds(east)
    assert box.east <= east.longitude + degrees(2 / EARTH_RADIUS / cos(lat)) + east.longitude * 0.05


@given(BEARINGS, BEARINGS)
def test_the_angle_between_bearings_is_the_smaller_one(one: float, other: float):
    assert 0 <= turned(one, other) <= 180
    assert isclose(turned(one, other), turned(other, one), abs_tol=1e-9)


@given(st.integers(1, 20_000))
def test_reach_is_the_next_power_of_two(range: int):
    assert range <= reach(range) < 2 * range or reach(range) == range == 1
