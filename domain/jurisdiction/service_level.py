"""The service level: one version of the limits of response, from its draft until another takes its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import ServiceLevelId
from domain.jurisdiction.events import (
    ResponseLimit,
    ServiceLevelActivated,
    ServiceLevelChange,
    ServiceLevelDrafted,
    ServiceLevelRevised,
    ServiceLevelSuperseded,
)
from domain.rules import InvalidTransition, InvalidValue

_CODE = re.compile(r"[\w.\-]{1,32}")


class ServiceLevelCodeMalformed(InvalidValue):
    """A service level's code has 1 to 32 letters, digits, dots or hyphens.

    服务等级代码由 1 至 32 个字母、数字、点或连字符组成。
    """

    on = "code"


class LimitsIncomplete(InvalidValue):
    """A service level has limits, each with at least one time, and every time is one second or more.

    服务等级须有时限，每条至少含一项时间，且各时间不少于一秒。
    """

    on = "limits"


class LimitsAmbiguous(InvalidValue):
    """There is one limit at most for each class of area and priority.

    同一区域类别与级别至多一条时限。
    """

    on = "limits"


class ServiceLevelIsNoDraft(InvalidTransition):
    """The service level is active already or was; draft another one.

    该服务等级已启用或已被取代；请另拟新版本。
    """


class ServiceLevelNotActive(InvalidTransition):
    """The service level that is to be superseded is not active.

    拟被取代的服务等级并非启用状态。
    """

    on = "supersedes"


class ActivationTooEarly(InvalidValue):
    """Limits count from the moment of their activation at the earliest, and after those before them began to count.

    时限最早自启用时起算，且须晚于原时限的启用时间。
    """

    on = "activeFrom"


@dataclass(frozen=True)
class ServiceLevel:
    """A service level (服务等级), one version of it."""

    begins: ClassVar[tuple[type[Event], ...]] = (ServiceLevelDrafted,)

    code: str
    limits: tuple[ResponseLimit, ...]
    active_from: datetime | None = None
    active_to: datetime | None = None
    supersedes: ServiceLevelId | None = None

    @staticmethod
    def draft(code: str, limits: tuple[ResponseLimit, ...]) -> ServiceLevelDrafted:
        if not _CODE.fullmatch(code):
            raise ServiceLevelCodeMalformed
        return ServiceLevelDrafted(code=code, limits=_sound(limits))

    def revise(self, limits: tuple[ResponseLimit, ...]) -> ServiceLevelRevised | None:
        if self.active_from is not None:
            raise ServiceLevelIsNoDraft
        return None if limits == self.limits else ServiceLevelRevised(limits=_sound(limits))

    def activate(self, active_from: datetime, now: datetime, supersedes: ServiceLevelId | None = None) -> ServiceLevelActivated:
        """Nobody is measured by what was not known."""
        if self.active_from is not None:
            raise ServiceLevelIsNoDraft
        if active_from < now:
            raise ActivationTooEarly
        return ServiceLevelActivated(active_from=active_from, supersedes=supersedes)

    def supersede(self, by: ServiceLevelId, active_to: datetime) -> ServiceLevelSuperseded:
        if self.active_from is None or self.active_to is not None:
            raise ServiceLevelNotActive
        if active_to <= self.active_from:
            raise ActivationTooEarly
        return ServiceLevelSuperseded(active_to=active_to, superseded_by=by)

    def measures(self, moment: datetime) -> bool:
        return self.active_from is not None and self.active_from <= moment and (self.active_to is None or moment < self.active_to)

    @classmethod
    def begin(cls, event: ServiceLevelDrafted) -> ServiceLevel:
        return cls(code=event.code, limits=event.limits)

    def apply(self, event: ServiceLevelChange) -> ServiceLevel:
        match event:
            case ServiceLevelRevised(limits=limits):
                return evolve(self, limits=limits)
            case ServiceLevelActivated(active_from=active_from, supersedes=supersedes):
                return evolve(self, active_from=active_from, supersedes=supersedes)
            case ServiceLevelSuperseded(active_to=active_to):
                return evolve(self, active_to=active_to)
            case _:
                assert_never(event)


def _sound(limits: tuple[ResponseLimit, ...]) -> tuple[ResponseLimit, ...]:
    times = [[time for time in _times(each) if time is not None] for each in limits]
    if not limits or not all(times) or min(map(min, times)) < 1:
        raise LimitsIncomplete
    if len({(each.area_class, each.priority) for each in limits}) < len(limits):
        raise LimitsAmbiguous
    return limits


def _times(limit: ResponseLimit) -> tuple[int | None, ...]:
    return limit.acknowledgement, limit.arrival, limit.first_feedback, limit.check_in
