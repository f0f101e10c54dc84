"""The limit set: one version of the days that a review may take or that material is kept, from its draft until another takes its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import LimitSetId
from domain.jurisdiction.events import (
    LimitMatter,
    LimitScope,
    LimitSetActivated,
    LimitSetChange,
    LimitSetDrafted,
    LimitSetRevised,
    LimitSetSuperseded,
    TimeLimit,
)
from domain.jurisdiction.limits import DaysInForce
from domain.jurisdiction.service_level import ActivationTooEarly
from domain.rules import InvalidTransition, InvalidValue

_CODE = re.compile(r"[\w.\-]{1,32}")
LONGEST = 36_525
"""A hundred years: a limit that is none is no limit."""
MATTERS: dict[LimitScope, tuple[LimitMatter, ...]] = {
    LimitScope.FILING: (LimitMatter.REVIEW, LimitMatter.REVIEW_TO_VERIFY, LimitMatter.REVIEW_EXTENDED),
    LimitScope.RETENTION: (LimitMatter.FOOTAGE, LimitMatter.IMPORTANT_FOOTAGE, LimitMatter.POSITIONS),
}
NO_LONGER = {LimitMatter.REVIEW_TO_VERIFY: LimitMatter.REVIEW_EXTENDED, LimitMatter.REVIEW: LimitMatter.REVIEW_TO_VERIFY} | {
    LimitMatter.FOOTAGE: LimitMatter.IMPORTANT_FOOTAGE
}
"""Which matter has no longer a limit than another."""


class LimitSetCodeMalformed(InvalidValue):
    """The code of a limit set has 1 to 32 letters, digits, dots or hyphens.

    期限代码由 1 至 32 个字母、数字、点或连字符组成。
    """

    on = "code"


class LimitSetNotOfScope(InvalidValue):
    """There is one limit for each matter of the scope, and none for others.

    须为该类别的每一事项各设一条期限，且不得包含其他事项。
    """

    on = "limits"


class DaysOutOfRange(InvalidValue):
    """A limit is one day at least and a hundred years at most, and what is extended or important has no shorter one.

    期限为一天至一百年；延长期限与重要资料的期限不得短于一般期限。
    """

    on = "limits"


class LimitSetIsNoDraft(InvalidTransition):
    """The limit set is active already or was; draft another one.

    该期限版本已启用或已被取代；请另拟新版本。
    """


class LimitSetNotActive(InvalidTransition):
    """The limit set that is to be superseded is not active, or is about something else.

    拟被取代的期限版本并非启用状态，或类别不同。
    """

    on = "supersedes"


@dataclass(frozen=True)
class LimitSet:
    """A limit set (期限版本)."""

    begins: ClassVar[tuple[type[Event], ...]] = (LimitSetDrafted,)

    code: str
    scope: LimitScope
    limits: tuple[TimeLimit, ...]
    active_from: datetime | None = None
    active_to: datetime | None = None
    supersedes: LimitSetId | None = None

    @staticmethod
    def draft(code: str, scope: LimitScope, limits: tuple[TimeLimit, ...]) -> LimitSetDrafted:
        if not _CODE.fullmatch(code):
            raise LimitSetCodeMalformed
        return LimitSetDrafted(code=code, scope=scope, limits=_sound(scope, limits))

    def revise(self, limits: tuple[TimeLimit, ...]) -> LimitSetRevised | None:
        if self.active_from is not None:
            raise LimitSetIsNoDraft
        sound = _sound(self.scope, limits)
        return None if sound == self.limits else LimitSetRevised(limits=sound)

    def activate(self, active_from: datetime, now: datetime, supersedes: LimitSetId | None) -> LimitSetActivated:
        """Nobody is measured by what was not known."""
        if self.active_from is not None:
            raise LimitSetIsNoDraft
        if active_from < now:
            raise ActivationTooEarly
        return LimitSetActivated(scope=self.scope, active_from=active_from, supersedes=supersedes)

    def supersede(self, by: LimitSetId, scope: LimitScope, active_to: datetime) -> LimitSetSuperseded:
        if self.active_from is None or self.active_to is not None or scope is not self.scope:
            raise LimitSetNotActive
        if active_to <= self.active_from:
            raise ActivationTooEarly
        return LimitSetSuperseded(active_to=active_to, superseded_by=by)

    def measures(self, moment: datetime) -> bool:
        return self.active_from is not None and self.active_from <= moment and (self.active_to is None or moment < self.active_to)

    @property
    def in_force(self) -> DaysInForce:
        return DaysInForce(self.code, {each.matter: each.days for each in self.limits})

    @classmethod
    def begin(cls, event: LimitSetDrafted) -> LimitSet:
        return cls(code=event.code, scope=event.scope, limits=event.limits)

    def apply(self, event: LimitSetChange) -> LimitSet:
        match event:
            case LimitSetRevised(limits=limits):
                return evolve(self, limits=limits)
            case LimitSetActivated(active_from=active_from, supersedes=supersedes):
                return evolve(self, active_from=active_from, supersedes=supersedes)
            case LimitSetSuperseded(active_to=active_to):
                return evolve(self, active_to=active_to)
            case _:
                assert_never(event)


def _sound(scope: LimitScope, limits: tuple[TimeLimit, ...]) -> tuple[TimeLimit, ...]:
    """In the order of the matters, so that the same limits are the same."""
    matters = MATTERS[scope]
    if sorted(each.matter for each in limits) != sorted(matters):
        raise LimitSetNotOfScope
    days = {each.matter: each.days for each in limits}
    if not all(1 <= each <= LONGEST for each in days.values()):
        raise DaysOutOfRange
    if any(days[one] > days[other] for one, other in NO_LONGER.items() if one in days):
        raise DaysOutOfRange
    return tuple(TimeLimit(matter, days[matter]) for matter in matters)
