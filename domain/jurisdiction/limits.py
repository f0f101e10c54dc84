"""Which of several limits of response counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.dispatching.events import AreaClass
from domain.jurisdiction.events import ResponseLimit


@dataclass(frozen=True, slots=True)
class LimitsInForce:
    """The limits of a service level, and its code."""

    code: str
    limits: tuple[ResponseLimit, ...]


def limit_for(limits: Sequence[ResponseLimit], area_class: AreaClass | None, priority: str | None) -> ResponseLimit | None:
    """The nearest limit: for this area and priority, else for the area, else for the priority, else for all."""
    by = {(each.area_class, each.priority): each for each in limits}
    nearest = ((area_class, priority), (area_class, None), (None, priority), (None, None))
    return next((by[each] for each in nearest if each in by), None)
