"""The deployment plan: how many units an organisation wants on which hours of the week, and the figure it is argued from."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import ClassVar, assert_never

from domain.aggregates import Act
from domain.dispatching.events import (
    DeploymentGrounds,
    DeploymentPlanChange,
    DeploymentPlanDrafted,
    DeploymentPlanPublished,
    DeploymentPlanRevised,
    DeploymentPlanSuperseded,
    DeploymentSlot,
)
from domain.events import Event
from domain.evolving import evolve
from domain.ids import DeploymentPlanId, OrganisationId
from domain.jurisdiction.events import OrganisationKind
from domain.rules import InvalidTransition, InvalidValue, free_text

AREAS = (OrganisationKind.STATION, OrganisationKind.SUB_BUREAU)
WEEKDAYS = range(1, 8)
DAY_ENDS = 24
_FIGURE = re.compile(r"[A-Za-z]\w{0,63}")


class DeploymentNeedsArea(InvalidValue):
    """A deployment plan is that of a station or a sub-bureau.

    布警方案须属于派出所或分局。
    """

    on = "organisation"


class DeploymentNeedsSlots(InvalidValue):
    """A deployment plan has at least one slot.

    布警方案至少须有一个时段。
    """

    on = "slots"


class SlotOutsideTheDay(InvalidValue):
    """A slot lies on a weekday from 1 (Monday) to 7 (Sunday) and goes from an hour to a later one, between 0 and 24.

    时段须在星期一（1）至星期日（7）之内，起始小时须早于结束小时，且均在 0 至 24 之间。
    """

    on = "slots"


class SlotNeedsUnits(InvalidValue):
    """In each slot at least one unit is wanted.

    每个时段所需单位至少为一个。
    """

    on = "slots"


class SlotsOverlap(InvalidValue):
    """Slots of the same weekday do not overlap: no minute of a unit counts twice.

    同一天的时段不得重叠，以免同一单位的同一分钟重复计算。
    """

    on = "slots"


class DeploymentHasNoSpan(InvalidValue):
    """A deployment plan ends on a later day than it begins.

    布警方案的失效日须晚于生效日。
    """

    on = "validTo"


class GroundsUnsound(InvalidValue):
    """What a deployment rests on is the name of a figure, a period that does not end before it begins, and a position in the log.

    布警依据须写明统计名称、起止日期（止不早于起）及日志位置。
    """

    on = "grounds"


class GroundsNotOnRecord(InvalidValue):
    """The log has not come as far as the position that the figure is said to be true for.

    日志尚未到达所写统计位置。
    """

    on = "grounds"


class DeploymentIsNoDraft(InvalidTransition):
    """This deployment plan is published already or was; draft another one.

    该布警方案已发布或已被取代；请另拟新方案。
    """


class DeploymentNotPublished(InvalidTransition):
    """This deployment plan is not the published one.

    该布警方案并非已发布的现行方案。
    """

    on = "supersedes"


class DeploymentOfAnother(InvalidValue):
    """A deployment plan takes the place of one of the same organisation.

    新方案只能取代同一机构的布警方案。
    """

    on = "supersedes"


class SupersedesTooEarly(InvalidValue):
    """A deployment plan takes the place of another no earlier than that one begins.

    新方案的生效日不得早于被取代方案的生效日。
    """

    on = "supersedes"


@dataclass(frozen=True, slots=True)
class DeploymentContent:
    """What a plan says."""

    valid_from: date
    valid_to: date
    slots: tuple[DeploymentSlot, ...]
    grounds: DeploymentGrounds


@dataclass(frozen=True)
class DeploymentPlan:
    """A deployment plan (布警方案). Of an organisation the last that was published takes over from the one before, so each day has one."""

    begins: ClassVar[tuple[type[Event], ...]] = (DeploymentPlanDrafted,)

    organisation: OrganisationId
    content: DeploymentContent
    published: bool = False
    superseded: bool = False

    @staticmethod
    def draft(organisation: OrganisationId, content: DeploymentContent) -> DeploymentPlanDrafted:
        sound = _sound(content)
        return DeploymentPlanDrafted(
            organisation=organisation,
            valid_from=sound.valid_from,
            valid_to=sound.valid_to,
            slots=sound.slots,
            grounds=sound.grounds,
        )

    def revise(self, content: DeploymentContent) -> DeploymentPlanRevised | None:
        if self.published:
            raise DeploymentIsNoDraft
        sound = _sound(content)
        if sound == self.content:
            return None
        return DeploymentPlanRevised(valid_from=sound.valid_from, valid_to=sound.valid_to, slots=sound.slots, grounds=sound.grounds)

    def publish(self) -> DeploymentPlanPublished:
        if self.published:
            raise DeploymentIsNoDraft
        return DeploymentPlanPublished(organisation=self.organisation)

    def supersede(self, by: DeploymentPlanId, other: DeploymentPlan) -> DeploymentPlanSuperseded:
        """The days before the other begins stay this one's."""
        if other.organisation != self.organisation:
            raise DeploymentOfAnother
        if not self.published or self.superseded:
            raise DeploymentNotPublished
        if other.content.valid_from < self.content.valid_from:
            raise SupersedesTooEarly
        return DeploymentPlanSuperseded(superseded_by=by, valid_to=min(self.content.valid_to, other.content.valid_from))

    @classmethod
    def begin(cls, event: DeploymentPlanDrafted) -> DeploymentPlan:
        return cls(organisation=event.organisation, content=_content(event))

    def apply(self, event: DeploymentPlanChange) -> DeploymentPlan:
        match event:
            case DeploymentPlanRevised():
                return evolve(self, content=_content(event))
            case DeploymentPlanPublished():
                return evolve(self, published=True)
            case DeploymentPlanSuperseded(valid_to=valid_to):
                return evolve(self, superseded=True, content=replace(self.content, valid_to=valid_to))
            case _:
                assert_never(event)


def insist_on_area(kind: OrganisationKind) -> None:
    if kind not in AREAS:
        raise DeploymentNeedsArea


def insist_on_record(grounds: DeploymentGrounds, act: Act) -> None:
    """No figure is true for a position that nobody has recorded yet."""
    if act.recorded(grounds.position) is None:
        raise GroundsNotOnRecord


def _content(event: DeploymentPlanDrafted | DeploymentPlanRevised) -> DeploymentContent:
    return DeploymentContent(event.valid_from, event.valid_to, event.slots, event.grounds)


def _sound(content: DeploymentContent) -> DeploymentContent:
    if content.valid_to <= content.valid_from:
        raise DeploymentHasNoSpan
    return replace(content, slots=_sound_slots(content.slots), grounds=_sound_grounds(content.grounds))


def _sound_slots(slots: tuple[DeploymentSlot, ...]) -> tuple[DeploymentSlot, ...]:
    """In the order of the week."""
    if not slots:
        raise DeploymentNeedsSlots
    if not all(each.weekday in WEEKDAYS and 0 <= each.from_hour < each.to_hour <= DAY_ENDS for each in slots):
        raise SlotOutsideTheDay
    if any(each.units < 1 for each in slots):
        raise SlotNeedsUnits
    ordered = sorted(slots, key=lambda each: (each.weekday, each.from_hour))
    days: dict[int, list[DeploymentSlot]] = defaultdict(list)
    for each in ordered:
        days[each.weekday].append(each)
    if any(later.from_hour < earlier.to_hour for day in days.values() for earlier, later in pairwise(day)):
        raise SlotsOverlap
    return tuple(replace(each, capability=free_text(each.capability, field="slots")) for each in ordered)


def _sound_grounds(grounds: DeploymentGrounds) -> DeploymentGrounds:
    if not _FIGURE.fullmatch(grounds.figure) or grounds.last < grounds.first or grounds.position < 1:
        raise GroundsUnsound
    return grounds
