"""What an alarm decides about cameras, posts and duplicates, and what the score of a duplicate is made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dispatching.alarm import Alarm
from domain.dispatching.duplicates import Happening, Likeness, Suspicion, suspicions
from domain.dispatching.events import (
    AlarmAbsorbed,
    AlarmClosed,
    AlarmOpened,
    AlarmsMerged,
    CamerasLinked,
    DuplicateDismissed,
    DuplicateGround,
    IntakeKind,
    LinkedCamera,
    LinkReason,
    PostChoice,
    VideoFinding,
    VideoVerificationRequested,
    VideoVerified,
    Weighed,
)
from domain.dispatching.rules import AlarmHasMoved, AlarmIsClosed, AlarmIsMerged, CameraNotLinked, DuplicateNotSuggested, PostNotAsked
from domain.events import Event
from domain.ids import AlarmId, CameraId, DeviceId, DivisionCode, OrganisationId, PostId
from domain.places import Point
from domain.rules import TextMissing

PLACE = Point(106.55, 29.56)
METRE = 1 / 111_195.08
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CAMERA, STRANGE = CameraId("50010300001320000001"), CameraId("50010300001320000002")
POST, NEXT = PostId(UUID(int=1)), PostId(UUID(int=2))
OTHER = AlarmId(UUID(int=3))
STATION = OrganisationId("S-1")
LIMITS = Likeness(radius=300.0, window=900.0, least=60)
FOUND = (LinkedCamera(CAMERA, LinkReason.IN_SECTOR, True, 20.0),)
LINKED = CamerasLinked(place=PLACE, cameras=FOUND, seeing=1)
ASKED = VideoVerificationRequested(post=POST, station=STATION, choice=PostChoice.STATION, cameras=(CAMERA,))
FALSE = VideoVerified(post=POST, finding=VideoFinding.FALSE, camera=CAMERA)
LIKELY = Suspicion(OTHER, 60.0, 12.0, (Weighed(DuplicateGround.NEAR, 38), Weighed(DuplicateGround.SOON, 28)), LIMITS)
MERGED, CLOSED = AlarmsMerged(into=OTHER, reason="same"), AlarmClosed()


def alarm(*then: Event, test: bool = False) -> Alarm:
    opened = AlarmOpened(kind=IntakeKind.ALARM, division=DivisionCode("500103"), station=STATION, place=PLACE, test=test)
    return reduce(Alarm.apply, then, Alarm.begin(opened))  # type: ignore[arg-type]


def test_cameras_that_see_the_place_are_linked_and_none_is_no_event():
    assert alarm().link_cameras(PLACE, FOUND, 1) == LINKED
    assert alarm().link_cameras(PLACE, (), 0) is None
    assert alarm(test=True).link_cameras(PLACE, FOUND, 1) is None
    assert alarm(LINKED).cameras == {CAMERA}


def test_cameras_of_another_place_are_not_linked():
    with pytest.raises(AlarmHasMoved):
        alarm().link_cameras(Point(106.56, 29.56), FOUND, 1)


def test_a_post_is_asked_once_and_another_in_its_place():
    assert alarm().ask_for_verification(POST, STATION, PostChoice.STATION, (CAMERA,)) == ASKED
    assert alarm(ASKED).ask_for_verification(POST, STATION, PostChoice.STATION, (CAMERA,)) is None
    asked = alarm(ASKED, FALSE).ask_for_verification(NEXT, STATION, PostChoice.CITY, ())
    assert asked is not None
    assert alarm(ASKED, FALSE, asked).verified is None
    assert alarm(test=True).ask_for_verification(POST, STATION, PostChoice.STATION, ()) is None


def test_only_the_post_that_was_asked_answers_by_a_linked_camera():
    assert alarm(LINKED, ASKED).verify_by_video(POST, VideoFinding.FALSE, CAMERA, "") == FALSE
    assert alarm(LINKED, ASKED, FALSE).verify_by_video(POST, VideoFinding.FALSE, CAMERA, "") is None
    assert alarm(LINKED, ASKED, FALSE).verify_by_video(POST, VideoFinding.GENUINE, CAMERA, "") is not None
    with pytest.raises(PostNotAsked):
        alarm(LINKED, ASKED).verify_by_video(NEXT, VideoFinding.FALSE, None, "")
    with pytest.raises(PostNotAsked):
        alarm(LINKED).verify_by_video(POST, VideoFinding.FALSE, None, "")
    with pytest.raises(CameraNotLinked):
        alarm(LINKED, ASKED).verify_by_video(POST, VideoFinding.FALSE, STRANGE, "")


def test_what_is_false_closes_nothing():
    seen = alarm(LINKED, ASKED, FALSE)
    assert not seen.closed
    assert seen.recorded is None


def test_a_duplicate_is_suggested_once_and_not_after_it_was_dismissed_or_merged():
    suggested = alarm().suggest_duplicate(LIKELY)
    assert suggested is not None
    assert (suggested.other, suggested.score, suggested.radius, suggested.least) == (OTHER, 66, 300.0, 60)
    assert alarm(suggested).suggest_duplicate(LIKELY) is None
    dismissed = alarm(suggested).dismiss_duplicate(OTHER, "another street")
    assert dismissed == DuplicateDismissed(other=OTHER, reason="another street")
    assert alarm(suggested, dismissed).suggest_duplicate(LIKELY) is None
    assert alarm(AlarmAbsorbed(source=OTHER)).suggest_duplicate(LIKELY) is None
    assert alarm(test=True).suggest_duplicate(LIKELY) is None


def test_a_dismissal_names_what_is_suggested_and_why():
    suggested = alarm().suggest_duplicate(LIKELY)
    assert suggested is not None
    with pytest.raises(DuplicateNotSuggested):
        alarm().dismiss_duplicate(OTHER, "why")
    with pytest.raises(TextMissing):
        alarm(suggested).dismiss_duplicate(OTHER, " ")


@pytest.mark.parametrize(("end", "rule"), [(CLOSED, AlarmIsClosed), (MERGED, AlarmIsMerged)])
def test_nothing_is_found_out_about_what_is_over(end, rule):
    it = alarm(LINKED, ASKED, end)
    for decide in (
        lambda: it.link_cameras(PLACE, FOUND, 1),
        lambda: it.ask_for_verification(NEXT, STATION, PostChoice.CITY, ()),
        lambda: it.verify_by_video(POST, VideoFinding.FALSE, None, ""),
        lambda: it.suggest_duplicate(LIKELY),
        lambda: it.dismiss_duplicate(OTHER, "why"),
    ):
        with pytest.raises(rule):
            decide()


# --- The score -------------------------------------------------------------------------------------------------------

OWN = Happening(AlarmId(UUID(int=9)), NOON, PLACE, "Guanyin Bridge 1", "BURGLARY")


def other(metres: float = 0, seconds: float = 0, number: int = 3, **values: object) -> Happening:
    place = Point(PLACE.longitude, PLACE.latitude + metres * METRE)
    usual = {"place": place, "address": "", "alarm_type": "BURGLARY"}
    return Happening(AlarmId(UUID(int=number)), NOON + timedelta(seconds=seconds), **{**usual, **values})  # type: ignore[arg-type]


def grounds(compared: Happening, own: Happening = OWN, least: int = 0) -> dict[str, int]:
    found = suspicions(own, [compared], Likeness(300.0, 900.0, least))
    return {each.ground.value: each.points for suspicion in found for each in suspicion.grounds}


def test_the_same_place_and_time_and_type():
    assert grounds(other()) == {"NEAR": 40, "SOON": 30, "SAME_TYPE": 20}


def test_half_the_radius_and_half_the_window_are_half_the_points():
    assert grounds(other(150, -450)) == {"NEAR": 20, "SOON": 15, "SAME_TYPE": 20}


def test_the_better_of_address_and_distance_counts():
    assert grounds(other(299, address=" guanyin  BRIDGE 1")) == {"SAME_ADDRESS": 40, "SOON": 30, "SAME_TYPE": 20}
    assert grounds(other(place=None, address="Guanyin Bridge 1")) == {"SAME_ADDRESS": 40, "SOON": 30, "SAME_TYPE": 20}


def test_another_type_has_no_ground_and_an_unknown_one_a_small_one():
    assert grounds(other(alarm_type="FIRE")) == {"NEAR": 40, "SOON": 30}
    assert grounds(other(alarm_type=None)) == {"NEAR": 40, "SOON": 30, "TYPE_UNKNOWN": 10}


def test_the_same_device_counts_wherever_it_is():
    device = DeviceId(UUID(int=7))
    own = Happening(OWN.alarm, NOON, PLACE, device=device, zone=3)
    assert grounds(other(5_000, device=device, zone=3), own) == {"SOON": 30, "SAME_ZONE": 30}
    assert grounds(other(5_000, device=device, zone=4), own) == {"SOON": 30, "SAME_DEVICE": 25}


@pytest.mark.parametrize("compared", [other(301), other(seconds=901), other(seconds=-901), other(place=None)])
def test_what_is_beyond_the_limits_is_not_compared(compared):
    assert grounds(compared) == {}


def test_too_few_points_suggest_nothing_and_the_likeliest_come_first():
    others = [other(10, 10, 5), other(150, 450, 4), other(10, 10, 3), other(0, 0, 8), other(40, 40, 7)]
    found = suspicions(OWN, others, Likeness(300.0, 900.0, 60))
    assert [each.other.int for each in found] == [8, 3, 5]


@given(metres=st.floats(0, 300), seconds=st.floats(-900, 900), alarm_type=st.sampled_from([None, "BURGLARY", "FIRE"]))
def test_the_score_is_what_its_grounds_say_and_the_same_from_both_sides(metres: float, seconds: float, alarm_type: str | None):
    compared = other(metres, seconds, alarm_type=alarm_type)
    one, back = suspicions(OWN, [compared], Likeness(310.0, 900.0, 0)), suspicions(compared, [OWN], Likeness(310.0, 900.0, 0))
    (found,), (other_side,) = one, back
    assert 0 <= found.score <= 100
    assert found.score == sum(each.points for each in found.grounds) == other_side.score


@given(near=st.floats(0, 299), farther=st.floats(0, 299), soon=st.floats(0, 899), later=st.floats(0, 899))
def test_nearer_and_sooner_is_never_less_likely(near: float, farther: float, soon: float, later: float):
    near, farther = sorted((near, farther))
    soon, later = sorted((soon, later))
    assert sum(grounds(other(near, soon)).values()) >= sum(grounds(other(farther, later)).values())
