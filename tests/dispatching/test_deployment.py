"""Deployment plans: what one must say, and how unit-time is counted, whatever the stretches."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dispatching.deploying import Counts, Presence
from domain.dispatching.deployment_plan import (
    DeploymentContent,
    DeploymentHasNoSpan,
    DeploymentIsNoDraft,
    DeploymentNeedsSlots,
    DeploymentNotPublished,
    DeploymentOfAnother,
    DeploymentPlan,
    GroundsUnsound,
    SlotNeedsUnits,
    SlotOutsideTheDay,
    SlotsOverlap,
    SupersedesTooEarly,
)
from domain.dispatching.events import DeploymentGrounds, DeploymentPlanPublished, DeploymentPlanSuperseded, DeploymentSlot
from domain.ids import DeploymentPlanId, OrganisationId
from domain.rules import Rejected

FIRST, UNTIL = date(2026, 3, 2), date(2026, 4, 1)
NORTH, SOUTH = OrganisationId("N"), OrganisationId("S")
GROUNDS = DeploymentGrounds("demand", FIRST, FIRST, 7)
MORNING, EVENING = DeploymentSlot(1, 0, 12, 2), DeploymentSlot(1, 12, 24, 1, "DOG")
CONTENT = DeploymentContent(FIRST, UNTIL, (MORNING, EVENING), GROUNDS)
OTHER = DeploymentPlanId(UUID(int=2))


def plan(organisation: OrganisationId = NORTH, first: date = FIRST, *, published: bool = True) -> DeploymentPlan:
    content = DeploymentContent(first, UNTIL, (MORNING,), GROUNDS)
    drafted = DeploymentPlan.begin(DeploymentPlan.draft(organisation, content))
    return drafted.apply(DeploymentPlanPublished(organisation=organisation)) if published else drafted


@pytest.mark.parametrize(
    ("slots", "refusal"),
    [
        ((), DeploymentNeedsSlots),
        ((DeploymentSlot(0, 0, 1, 1),), SlotOutsideTheDay),
        ((DeploymentSlot(8, 0, 1, 1),), SlotOutsideTheDay),
        ((DeploymentSlot(1, -1, 1, 1),), SlotOutsideTheDay),
        ((DeploymentSlot(1, 0, 25, 1),), SlotOutsideTheDay),
        ((DeploymentSlot(1, 5, 5, 1),), SlotOutsideTheDay),
        ((DeploymentSlot(1, 6, 5, 1),), SlotOutsideTheDay),
        ((DeploymentSlot(1, 0, 1, 0),), SlotNeedsUnits),
        ((MORNING, DeploymentSlot(1, 11, 13, 1)), SlotsOverlap),
        ((DeploymentSlot(1, 11, 13, 1, "DOG"), MORNING), SlotsOverlap),
    ],
)
def test_slots_that_cannot_be_followed_are_refused(slots: tuple[DeploymentSlot, ...], refusal: type[Rejected]) -> None:
    with pytest.raises(refusal):
        DeploymentPlan.draft(NORTH, DeploymentContent(FIRST, UNTIL, slots, GROUNDS))


@pytest.mark.parametrize(
    "grounds",
    [
        DeploymentGrounds("", FIRST, FIRST, 7),
        DeploymentGrounds("by heart", FIRST, FIRST, 7),
        DeploymentGrounds("demand", UNTIL, FIRST, 7),
        DeploymentGrounds("demand", FIRST, UNTIL, 0),
    ],
)
def test_what_a_plan_rests_on_can_be_looked_up(grounds: DeploymentGrounds) -> None:
    with pytest.raises(GroundsUnsound):
        DeploymentPlan.draft(NORTH, DeploymentContent(FIRST, UNTIL, (MORNING,), grounds))


def test_a_plan_has_a_span() -> None:
    with pytest.raises(DeploymentHasNoSpan):
        DeploymentPlan.draft(NORTH, DeploymentContent(FIRST, FIRST, (MORNING,), GROUNDS))


def test_slots_stand_in_the_order_of_the_week_and_may_touch() -> None:
    sunday = DeploymentSlot(7, 0, 24, 1)
    drafted = DeploymentPlan.draft(NORTH, DeploymentContent(FIRST, UNTIL, (sunday, EVENING, MORNING), GROUNDS))
    assert drafted.slots == (MORNING, EVENING, sunday)


def test_a_draft_is_revised_until_it_is_published() -> None:
    draft = plan(published=False)
    assert draft.revise(draft.content) is None
    changed = draft.revise(CONTENT)
    assert changed is not None
    assert draft.apply(changed).content == CONTENT
    with pytest.raises(DeploymentIsNoDraft):
        plan().revise(CONTENT)
    with pytest.raises(DeploymentIsNoDraft):
        plan().publish()


@pytest.mark.parametrize(
    ("before", "after", "refusal"),
    [
        (plan(), plan(SOUTH), DeploymentOfAnother),
        (plan(published=False), plan(), DeploymentNotPublished),
        (plan().apply(DeploymentPlanSuperseded(superseded_by=OTHER, valid_to=FIRST)), plan(), DeploymentNotPublished),
        (plan(), plan(first=FIRST - timedelta(1)), SupersedesTooEarly),
    ],
)
def test_a_plan_does_not_take_the_place_of_any(before: DeploymentPlan, after: DeploymentPlan, refusal: type[Rejected]) -> None:
    with pytest.raises(refusal):
        before.supersede(OTHER, after)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.data())
def test_each_day_has_one_plan_however_many_follow_one_another(lengths: list[int], data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, 40), min_size=len(lengths), max_size=len(lengths)))
    spans: list[tuple[date, date]] = []
    before: DeploymentPlan | None = None
    for start, length in zip(starts, lengths, strict=True):
        first = FIRST + timedelta(start)
        content = DeploymentContent(first, first + timedelta(length + 1), (MORNING,), GROUNDS)
        after = DeploymentPlan.begin(DeploymentPlan.draft(NORTH, content)).apply(DeploymentPlanPublished(organisation=NORTH))
        if before is not None:
            try:
                gone = before.apply(before.supersede(OTHER, after))
            except SupersedesTooEarly:
                continue
            spans[-1] = gone.content.valid_from, gone.content.valid_to
        spans.append((content.valid_from, content.valid_to))
        before = after
    for number in range(120):
        day = FIRST + timedelta(number)
        assert sum(since <= day < until for since, until in spans) <= 1


stretches = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8)


@given(stretches, st.integers(0, 30), st.integers(0, 30), st.integers(1, 4))
def test_unit_time_is_what_counting_moment_by_moment_gives(held: list[tuple[int, int]], start: int, length: int, wanted: int) -> None:
    moments = [sum(since <= moment < until for since, until in held) for moment in range(start, start + length)]
    expected = Presence(sum(moments), sum(min(count, wanted) for count in moments))
    assert Counts(held).within((start, start + length), wanted) == expected
