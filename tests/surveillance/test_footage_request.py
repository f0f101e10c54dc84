"""The footage request: asked for by two, answered by a third, never gone under a hold or before its time, whatever is tried."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import AlarmId, CaseId, LegalBasisId, OfficerId, OrganisationId, RegisteredCameraId
from domain.retention import NOTHING_IS_KEPT, Retention
from domain.rules import Rejected, TextMissing
from domain.surveillance import footage_rules as rules
from domain.surveillance.events import FootagePaper, FootageRequested
from domain.surveillance.footage_request import FootageRequest, FootageState

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
LI, WANG, ZHOU, QIAN = (OfficerId(name) for name in ("li", "wang", "zhou", "qian"))
LIMITS = Retention(30, 730, "2009")
DIGEST = "ab" * 32
WANTED = FootageRequested(
    camera=RegisteredCameraId(UUID(int=1)),
    station=OrganisationId("S-1"),
    officers=(LI, WANG),
    requested_by=LI,
    purpose="a theft",
    since=NOW - timedelta(hours=2),
    until=NOW - timedelta(hours=1),
    needed_by=NOW + timedelta(1),
    legal_basis=LegalBasisId(UUID(int=2)),
    case=CaseId(UUID(int=3)),
)


def begun(**changed: object) -> FootageRequest:
    return FootageRequest.begin(FootageRequest.request(replace(WANTED, **changed), NOW, LIMITS))  # type: ignore[arg-type]  # as a test wants it


def approved(**changed: object) -> FootageRequest:
    request = begun(**changed)
    return request.apply(request.approve(ZHOU, FootagePaper.APPROVAL, "P-1", NOW))


def taken(**changed: object) -> FootageRequest:
    request = approved(**changed)
    return request.apply(request.retrieve(LI, NOW, DIGEST, 1, LIMITS, None, None))


def sealed() -> FootageRequest:
    request = taken()
    return request.apply(request.put_seal("S-1"))


@pytest.mark.parametrize(
    ("rule", "changed"),
    [
        (rules.TwoOfficersNeeded, {"officers": (LI,)}),
        (rules.TwoOfficersNeeded, {"officers": (LI, WANG, ZHOU)}),
        (rules.SameOfficerTwice, {"officers": (LI, LI)}),
        (rules.SameOfficerTwice, {"officers": (LI, OfficerId(" li "))}),
        (TextMissing, {"officers": (LI, OfficerId(" "))}),
        (rules.FootageForCaseOrAlarm, {"case": None}),
        (rules.FootageForCaseOrAlarm, {"alarm": AlarmId(UUID(int=4))}),
        (rules.FootageEndsTooEarly, {"until": WANTED.since}),
        (rules.FootageNotYetTaken, {"until": NOW + timedelta(seconds=1)}),
        (rules.FootageNoLongerKept, {"since": NOW - timedelta(30, 1)}),
        (rules.FootageNeededTooEarly, {"needed_by": NOW}),
    ],
)
def test_what_is_asked_the_wrong_way_is_refused(rule, changed):
    with pytest.raises(rule):
        begun(**changed)


def test_the_first_day_that_is_kept_can_be_asked_for():
    assert begun(since=NOW - timedelta(30)).asked.since == NOW - timedelta(30)


def test_where_no_limit_counts_nothing_can_be_asked_for():
    with pytest.raises(rules.FootageNoLongerKept):
        FootageRequest.request(WANTED, NOW, NOTHING_IS_KEPT)


@pytest.mark.parametrize("by", [LI, WANG])
def test_nobody_answers_their_own_request(by):
    with pytest.raises(rules.FootageNeedsAnother):
        begun().approve(by, FootagePaper.CERTIFICATE, "C-1", NOW)
    with pytest.raises(rules.FootageNeedsAnother):
        begun().refuse(by, "no", NOW)


def test_who_asked_for_two_others_does_not_answer_either():
    with pytest.raises(rules.FootageNeedsAnother):
        begun(requested_by=ZHOU).approve(ZHOU, FootagePaper.APPROVAL, "P-1", NOW)


def test_footage_is_taken_once_by_one_of_the_two_and_in_time():
    with pytest.raises(rules.FootageNotApproved):
        begun().retrieve(LI, NOW, DIGEST, 1, LIMITS, None, None)
    with pytest.raises(rules.FootageTakenByAnother):
        approved().retrieve(ZHOU, NOW, DIGEST, 1, LIMITS, None, None)
    with pytest.raises(rules.FootageNotNeeded):
        approved().retrieve(LI, NOW + timedelta(1, 1), DIGEST, 1, LIMITS, None, None)
    with pytest.raises(rules.FootageNotApproved):
        taken().retrieve(LI, NOW, DIGEST, 1, LIMITS, None, None)


@pytest.mark.parametrize("digest", ["", "ab", DIGEST.upper(), f"{DIGEST}0", f"{DIGEST[:-1]}g"])
def test_a_digest_has_64_digits(digest):
    with pytest.raises(rules.FootageDigestMalformed):
        approved().retrieve(LI, NOW, digest, 1, LIMITS, None, None)


@pytest.mark.parametrize("size", [0, -1])
def test_footage_is_not_empty(size):
    with pytest.raises(rules.FootageIsEmpty):
        approved().retrieve(LI, NOW, DIGEST, size, LIMITS, None, None)


def test_less_may_be_taken_than_was_asked_for_and_never_more():
    half = WANTED.since + timedelta(minutes=30)
    assert approved().retrieve(LI, NOW, DIGEST, 1, LIMITS, half, None).since == half
    with pytest.raises(rules.FootageOutsideRequest):
        approved().retrieve(LI, NOW, DIGEST, 1, LIMITS, None, WANTED.until + timedelta(seconds=1))


@pytest.mark.parametrize(("important", "days"), [(False, 30), (True, 730)])
def test_it_is_kept_by_the_limit_of_its_day(important, days):
    event = approved(important=important).retrieve(LI, NOW, DIGEST, 1, LIMITS, None, None)
    assert (event.retain_until, event.limit) == (NOW + timedelta(days), "2009")


def test_custody_goes_from_who_holds_it_to_somebody_else():
    with pytest.raises(rules.FootageNotSealed):
        taken().transfer(LI, QIAN, "the court", "trial")
    with pytest.raises(rules.FootageHeldByAnother):
        sealed().transfer(WANG, QIAN, "the court", "trial")
    with pytest.raises(rules.FootageHeldByAnother):
        sealed().transfer(LI, LI, "the court", "trial")
    handed = sealed().apply(sealed().transfer(LI, QIAN, "the court", "trial"))
    assert handed.holder == QIAN
    assert handed.transfer(QIAN, LI, "the station", "over").giver == QIAN


def test_it_is_read_also_once_it_is_gone_and_never_before_it_is_there():
    with pytest.raises(rules.FootageNotThere):
        approved().access("trial")
    gone = sealed().apply(sealed().give_back(LI, "the bank", "over"))
    assert gone.access("trial").purpose == "trial"


def test_retention_is_over_when_the_limit_is_and_once():
    end = NOW + timedelta(30)
    with pytest.raises(rules.FootageStillKept):
        taken().expire_retention(end - timedelta(seconds=1))
    over = taken().apply(taken().expire_retention(end))
    with pytest.raises(rules.FootageRetentionIsOver):
        over.expire_retention(end)
    assert over.apply(over.destroy("over")).state is FootageState.DESTROYED


TRIES = {
    "hold": lambda it, _: it.place_hold("appeal"),
    "lift": lambda it, _: it.lift_hold("over"),
    "over": lambda it, now: it.expire_retention(now),
    "return": lambda it, _: it.give_back(LI, "the bank", "over"),
    "destroy": lambda it, _: it.destroy("over"),
    "seal": lambda it, _: it.put_seal("S-1"),
    "hand": lambda it, _: it.transfer(LI, QIAN, "the court", "trial"),
    "read": lambda it, _: it.access("trial"),
}


@given(st.lists(st.tuples(st.sampled_from(list(TRIES)), st.integers(0, 20)), max_size=12))
def test_nothing_goes_under_a_hold_or_before_its_time(tried):
    request, now = taken(), NOW
    for what, days in tried:
        before, now = request, now + timedelta(days)
        with suppress(Rejected):
            request = request.apply(TRIES[what](request, now))
        if request.holder is None and before.holder is not None:
            assert not before.held
            assert request.state is FootageState.RETURNED or now >= NOW + timedelta(30)
        assert request.retained or now >= NOW + timedelta(30)
