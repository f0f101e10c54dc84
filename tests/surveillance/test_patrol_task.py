"""The patrol task: of its mode, begun and ended once, and nothing is seen on one that is not under way."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import OfficerId, OrganisationId, PostId, RegisteredCameraId
from domain.places import Point
from domain.rules import Rejected, TextMissing
from domain.surveillance.events import PatrolMode, PatrolObserved, PatrolPlanned, RouteStop, SecurityTask
from domain.surveillance.patrol_task import (
    NobodyPatrols,
    PatrolEndsTooEarly,
    PatrolNotUnderWay,
    PatrolState,
    PatrolTask,
    RouteOfOtherKind,
    RouteTooLong,
    VideoPatrolNeedsPost,
)

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
CAMERA, PLACE = RouteStop(camera=RegisteredCameraId(UUID(int=1))), RouteStop(place=Point(106.55, 29.56))
WANTED = PatrolPlanned(
    mode=PatrolMode.VIDEO,
    task=SecurityTask.PREVENT,
    station=OrganisationId("S-1"),
    route=(CAMERA,),
    starts_at=NOW,
    ends_at=NOW + timedelta(hours=2),
    officers=(OfficerId("li"), OfficerId("li")),
    post=PostId(UUID(int=2)),
)


def planned(**changed: object) -> PatrolTask:
    return PatrolTask.begin(PatrolTask.plan(replace(WANTED, **changed)))  # type: ignore[arg-type]  # as a test wants it


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        (RouteOfOtherKind, {"route": ()}),
        (RouteOfOtherKind, {"route": (CAMERA, PLACE)}),
        (RouteOfOtherKind, {"route": (RouteStop(),)}),
        (RouteOfOtherKind, {"route": (RouteStop(place=PLACE.place, camera=CAMERA.camera),)}),
        (RouteTooLong, {"route": (CAMERA,) * 101}),
        (NobodyPatrols, {"officers": ()}),
        (VideoPatrolNeedsPost, {"post": None}),
        (VideoPatrolNeedsPost, {"mode": PatrolMode.STREET, "route": (PLACE,)}),
        (PatrolEndsTooEarly, {"ends_at": NOW}),
    ],
)
def test_what_is_planned_the_wrong_way_is_refused(rule, changed):
    with pytest.raises(rule):
        planned(**changed)


def test_an_officer_is_named_once():
    assert PatrolTask.plan(WANTED).officers == (OfficerId("li"),)


def test_nothing_is_seen_on_a_patrol_that_is_not_under_way_and_nothing_unsaid():
    with pytest.raises(PatrolNotUnderWay):
        planned().observe("a fight", None, None)
    with pytest.raises(TextMissing):
        planned().apply(planned().start()).observe(" ", None, None)


TRIES = {
    "start": lambda it: it.start(),
    "observe": lambda it: it.observe("a fight", None, None),
    "end": lambda it: it.end(""),
    "cancel": lambda it: it.cancel("rain"),
}


@given(st.lists(st.sampled_from(list(TRIES)), max_size=10))
def test_a_patrol_goes_one_way(tried):
    patrol, way = planned(), [PatrolState.PLANNED]
    for each in tried:
        with suppress(Rejected):
            event = TRIES[each](patrol)
            assert isinstance(event, PatrolObserved) is (each == "observe")
            assert each != "observe" or patrol.state is PatrolState.UNDER_WAY
            patrol = patrol.apply(event)
            way += [patrol.state] if patrol.state is not way[-1] else []
    whole = [PatrolState.PLANNED, PatrolState.UNDER_WAY, PatrolState.ENDED]
    assert way in (whole[:1], whole[:2], whole, [PatrolState.PLANNED, PatrolState.CANCELLED])
