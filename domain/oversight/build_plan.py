"""A build plan: how many devices an organisation is to build, network and have accepted by when, and how far it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.oversight.events import (
    BuildPlanCancelled,
    BuildPlanChange,
    BuildPlanRevised,
    BuildPlanSet,
    BuildProgressRecorded,
    BuildStage,
    Milestone,
)
from domain.rules import InvalidTransition, InvalidValue, TextMissing, free_text, required_text

DONE = (BuildStage.BUILT, BuildStage.NETWORKED, BuildStage.ACCEPTED)
"""What progress is recorded of, each of what came through the one before."""


class BuildPlanNeedsTotal(InvalidValue):
    """A build plan says with a milestone PLANNED how many are planned in all.

    建设方案须以 PLANNED 节点写明计划总数。
    """

    on = "milestones"


class MilestoneTooSmall(InvalidValue):
    """A milestone is about at least one device.

    节点数量至少为一。
    """

    on = "milestones"


class MilestonesDoNotRise(InvalidValue):
    """Milestones of one stage fall on different days, and each later one is about more in all.

    同一阶段的节点须在不同日期，且累计数量逐次增加。
    """

    on = "milestones"


class MilestoneBeyondPlan(InvalidValue):
    """No milestone is about more devices than are planned.

    节点数量不得超过计划总数。
    """

    on = "milestones"


class PlannedIsNoProgress(InvalidValue):
    """What is planned follows from the plan; progress is what is built, networked or accepted.

    计划数由方案确定；进度仅登记已建、已联网或已验收数量。
    """

    on = "stage"


class ProgressBelowZero(InvalidValue):
    """Progress is no less than nothing.

    进度不得小于零。
    """

    on = "quantity"


class ProgressOutOfOrder(InvalidValue):
    """No more is networked than is built, and no more is accepted than is networked.

    已联网数不得超过已建数，已验收数不得超过已联网数。
    """

    on = "quantity"


class BuildPlanIsCancelled(InvalidTransition):
    """The build plan is cancelled.

    该建设方案已取消。
    """


@dataclass(frozen=True)
class BuildPlan:
    """A build plan (建设方案) of one organisation for one kind of device. Quantities are totals, never additions."""

    begins: ClassVar[tuple[type[Event], ...]] = (BuildPlanSet,)

    milestones: tuple[Milestone, ...]
    done: Mapping[BuildStage, int] = field(default_factory=lambda: dict.fromkeys(DONE, 0))
    cancelled: bool = False

    @staticmethod
    def set(wanted: BuildPlanSet) -> BuildPlanSet:
        return replace(wanted, milestones=_in_order(wanted.milestones))

    def revise(self, milestones: tuple[Milestone, ...], reason: str) -> BuildPlanRevised | None:
        """The whole plan anew; what it said until then stays on record."""
        self._insist_standing()
        milestones, reason = _in_order(milestones), required_text(reason, field="reason")
        return None if milestones == self.milestones else BuildPlanRevised(milestones=milestones, reason=reason)

    def record_progress(self, stage: BuildStage, quantity: int, reason: str = "") -> BuildProgressRecorded | None:
        """How many there are in all. A number that goes down puts one right that was told before, and says why."""
        self._insist_standing()
        if stage not in DONE:
            raise PlannedIsNoProgress
        if quantity < 0:
            raise ProgressBelowZero
        reason = free_text(reason, field="reason")
        if quantity < self.done[stage] and not reason:
            raise TextMissing(field="reason")
        after = [{**self.done, stage: quantity}[each] for each in DONE]
        if after != sorted(after, reverse=True):
            raise ProgressOutOfOrder
        if quantity == self.done[stage]:
            return None
        return BuildProgressRecorded(stage=stage, quantity=quantity, reason=reason)

    def cancel(self, reason: str) -> BuildPlanCancelled:
        self._insist_standing()
        return BuildPlanCancelled(reason=required_text(reason, field="reason"))

    def _insist_standing(self) -> None:
        if self.cancelled:
            raise BuildPlanIsCancelled

    @classmethod
    def begin(cls, event: BuildPlanSet) -> BuildPlan:
        return cls(milestones=event.milestones)

    def apply(self, event: BuildPlanChange) -> BuildPlan:
        match event:
            case BuildPlanRevised(milestones=milestones):
                return evolve(self, milestones=milestones)
            case BuildProgressRecorded(stage=stage, quantity=quantity):
                return evolve(self, done={**self.done, stage: quantity})
            case BuildPlanCancelled():
                return evolve(self, cancelled=True)
            case _:
                assert_never(event)


def planned(milestones: Iterable[Milestone]) -> int:
    """How many are planned in all."""
    return max((each.quantity for each in milestones if each.stage is BuildStage.PLANNED), default=0)


def _in_order(milestones: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    """By stage and day, or the refusal of what makes no plan."""
    stages: dict[BuildStage, list[Milestone]] = defaultdict(list)
    for each in sorted(milestones, key=lambda each: each.due):
        stages[each.stage].append(each)
    if any(each.quantity < 1 for each in milestones):
        raise MilestoneTooSmall
    if not stages[BuildStage.PLANNED]:
        raise BuildPlanNeedsTotal
    if not all(map(_rises, stages.values())):
        raise MilestonesDoNotRise
    if any(each.quantity > planned(milestones) for each in milestones):
        raise MilestoneBeyondPlan
    return tuple(each for stage in BuildStage for each in stages[stage])


def _rises(milestones: list[Milestone]) -> bool:
    return all(one.due < next.due and one.quantity < next.quantity for one, next in pairwise(milestones))
