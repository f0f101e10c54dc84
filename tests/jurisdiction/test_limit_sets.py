"""Limit sets: sound limits, one version after the other, and what follows from them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.retaining import kept_by
from domain.casework import rules
from domain.casework.reviews import accepted
from domain.ids import LimitSetId
from domain.jurisdiction.events import LimitMatter, LimitScope, LimitSetActivated, LimitSetRevised, LimitSetSuperseded, TimeLimit
from domain.jurisdiction.limit_set import (
    MATTERS,
    DaysOutOfRange,
    LimitSet,
    LimitSetCodeMalformed,
    LimitSetIsNoDraft,
    LimitSetNotActive,
    LimitSetNotOfScope,
)
from domain.jurisdiction.service_level import ActivationTooEarly
from domain.retention import Retention
from domain.rules import Rejected
from features.city import MORNING

FILING, RETENTION = LimitScope.FILING, LimitScope.RETENTION
LATER = MORNING + timedelta(days=1)
OTHER = LimitSetId(UUID(int=1))


def limits(scope: LimitScope, *days: int) -> tuple[TimeLimit, ...]:
    return tuple(TimeLimit(matter, each) for matter, each in zip(MATTERS[scope], days, strict=False))


def filing(*events: LimitSetActivated | LimitSetSuperseded) -> LimitSet:
    state = LimitSet.begin(LimitSet.draft("2026-1", FILING, limits(FILING, 3, 7, 30)))
    for event in events:
        state = state.apply(event)
    return state


ACTIVE = LimitSetActivated(scope=FILING, active_from=MORNING)


@pytest.mark.parametrize(
    ("scope", "given_limits", "rule"),
    [
        (FILING, (), LimitSetNotOfScope),
        (FILING, limits(FILING, 3, 7), LimitSetNotOfScope),
        (FILING, limits(RETENTION, 30, 730, 90), LimitSetNotOfScope),
        (FILING, (*limits(FILING, 3, 7), TimeLimit(LimitMatter.REVIEW, 3)), LimitSetNotOfScope),
        (FILING, limits(FILING, 0, 7, 30), DaysOutOfRange),
        (FILING, limits(FILING, 3, 7, 6), DaysOutOfRange),
        (RETENTION, limits(RETENTION, 30, 29, 90), DaysOutOfRange),
        (RETENTION, limits(RETENTION, 30, 730, 40_000), DaysOutOfRange),
    ],
)
def test_limits_are_sound(scope: LimitScope, given_limits: tuple[TimeLimit, ...], rule: type[Rejected]):
    with pytest.raises(rule):
        LimitSet.draft("2026-1", scope, given_limits)


def test_a_draft_has_a_code_and_the_same_limits_are_nothing_new():
    with pytest.raises(LimitSetCodeMalformed):
        LimitSet.draft("of 2026", FILING, limits(FILING, 3, 7, 30))
    assert filing().revise(tuple(reversed(limits(FILING, 3, 7, 30)))) is None
    assert filing().revise(limits(FILING, 4, 7, 30)) == LimitSetRevised(limits=limits(FILING, 4, 7, 30))
    with pytest.raises(LimitSetIsNoDraft):
        filing(ACTIVE).revise(limits(FILING, 4, 7, 30))


def test_a_version_is_active_once_and_gives_way_once():
    assert filing().activate(MORNING, MORNING, OTHER) == LimitSetActivated(scope=FILING, active_from=MORNING, supersedes=OTHER)
    with pytest.raises(ActivationTooEarly):
        filing().activate(MORNING - timedelta(seconds=1), MORNING, None)
    with pytest.raises(LimitSetIsNoDraft):
        filing(ACTIVE).activate(LATER, MORNING, None)
    with pytest.raises(LimitSetNotActive):
        filing().supersede(OTHER, FILING, LATER)
    with pytest.raises(LimitSetNotActive):
        filing(ACTIVE).supersede(OTHER, RETENTION, LATER)
    with pytest.raises(ActivationTooEarly):
        filing(ACTIVE).supersede(OTHER, FILING, MORNING)
    gone = filing(ACTIVE).supersede(OTHER, FILING, LATER)
    with pytest.raises(LimitSetNotActive):
        filing(ACTIVE, gone).supersede(OTHER, FILING, LATER)


@given(st.integers(-48, 48))
def test_a_version_measures_its_own_stretch_of_time(hours: int):
    version = filing(ACTIVE, LimitSetSuperseded(active_to=LATER, superseded_by=OTHER))
    moment = MORNING + timedelta(hours=hours)
    assert version.measures(moment) is (MORNING <= moment < LATER)
    assert not filing().measures(moment)


@given(st.integers(-3, 60), st.integers(1, 10), st.integers(0, 10), st.integers(0, 10))
def test_a_review_never_takes_longer_than_its_limits(days: int, usual: int, longer: int, longest: int):
    told = limits(FILING, usual, usual + longer, usual + longer + longest)
    in_force = LimitSet.begin(LimitSet.draft("2026-1", FILING, told)).in_force
    until = MORNING + timedelta(days=days)
    if days <= 0:
        with pytest.raises(rules.ReviewLimitMustMoveForward):
            accepted(MORNING, until, in_force)
    elif days > usual + longer:
        with pytest.raises(rules.ReviewTooLong):
            accepted(MORNING, until, in_force)
    else:
        found = accepted(MORNING, until, in_force)
        assert (found.review_until, found.limits) == (until, "2026-1")
        assert found.extendable_until == MORNING + timedelta(days=usual + longer + longest)
    assert accepted(MORNING, None, in_force).review_until == MORNING + timedelta(days=usual)
    assert accepted(MORNING, None, None).review_until is None


def test_retention_is_what_the_version_says():
    kept = LimitSet.begin(LimitSet.draft("r-1", RETENTION, limits(RETENTION, 30, 730, 90))).in_force
    assert kept_by(kept) == Retention(usual=30, important=730, limit="r-1", positions=90)
    assert kept_by(None) is None
