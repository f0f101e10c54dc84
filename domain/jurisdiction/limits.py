"""Which of several limits counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.dispatching.events import AreaClass
from domain.jurisdiction.events import LimitMatter, ResponseLimit


@dataclass(frozen=True, slots=True)
class LimitsInForce:
    """The limits of a service level, and its code."""

    code: str
    limits: tuple[ResponseLimit, ...]


@dataclass(frozen=True, slots=True)
class DaysInForce:
    """The days that a version of time limits has for each matter, and its code."""

    code: str
    days: Mapping[LimitMatter, int]

    def after(self, moment: datetime, matter: LimitMatter) -> datetime:
        return moment + timedelta(days=self.days[matter])


def limit_for(limits: Sequence[ResponseLimit], area_class: AreaClass | None, priority: str | None) -> ResponseLimit | None:
    """The nearest limit: for this area and priority, else for the area, else for the priority, else for all."""
    by = {(each.area_class, each.priority): each for each in limits}
    nearest = ((area_class, priority), (area_class, None), (None, priority), (None, None))
    return next((by[each] for each in nearest if each in by), None)
