"""Commands on service levels."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command
from domain.ids import ServiceLevelId
from domain.jurisdiction.events import ResponseLimit
from domain.jurisdiction.service_level import ServiceLevel


@command
def draft(service_level: ServiceLevelId, code: str, limits: tuple[ResponseLimit, ...]) -> Command:
    """Draft a version of the limits of response.

    拟定一版响应时限。
    """
    return begin(ServiceLevel, service_level, lambda _: ServiceLevel.draft(code, limits))


@command
def revise(service_level: ServiceLevelId, limits: tuple[ResponseLimit, ...]) -> Command:
    """Give a draft other limits: these and no others.

    修改草案的时限：仅以所列为准。
    """
    return change(ServiceLevel, service_level, lambda it, _: it.revise(limits))


@command
def activate(service_level: ServiceLevelId, active_from: datetime, supersedes: ServiceLevelId | None = None) -> Command:
    """Measure what is ordered from a time on by these limits, in place of those that are active.

    自某时起启用该版时限，取代现行版本。
    """
    activated = change(ServiceLevel, service_level, lambda it, act: it.activate(active_from, act.effective_at, supersedes))
    if supersedes is None:
        return activated
    return activated & change(ServiceLevel, supersedes, lambda it, _: it.supersede(service_level, active_from))
