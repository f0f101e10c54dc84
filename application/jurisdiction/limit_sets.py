"""Commands on limit sets."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command
from domain.aggregates import Act, Decision
from domain.ids import LimitSetId
from domain.jurisdiction.events import LimitScope, TimeLimit
from domain.jurisdiction.limit_set import LimitSet


@command
def draft(limit_set: LimitSetId, code: str, scope: LimitScope, limits: tuple[TimeLimit, ...]) -> Command:
    """Draft a version of the days that a review may take, or that material is kept.

    拟定一版期限：受案立案审查或资料保存。
    """
    return begin(LimitSet, limit_set, lambda _: LimitSet.draft(code, scope, limits))


@command
def revise(limit_set: LimitSetId, limits: tuple[TimeLimit, ...]) -> Command:
    """Give a draft other limits: these and no others.

    修改草案的期限：仅以所列为准。
    """
    return change(LimitSet, limit_set, lambda it, _: it.revise(limits))


@command
def activate(limit_set: LimitSetId, active_from: datetime, supersedes: LimitSetId | None = None) -> Command:
    """Measure what happens from a time on by these limits, in place of those that are active.

    自某时起启用该版期限，取代现行版本。
    """
    activated = change(LimitSet, limit_set, lambda it, act: it.activate(active_from, act.effective_at, supersedes))
    if supersedes is None:
        return activated

    def gives_way(it: LimitSet, act: Act) -> Decision:
        return it.supersede(limit_set, act.look(LimitSet, limit_set).scope, active_from)

    return activated & change(LimitSet, supersedes, gives_way)
