"""The limits that are in force at a moment: of response, and of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from application.stage import Stage
from domain.jurisdiction.events import LimitScope
from domain.jurisdiction.limit_set import LimitSet
from domain.jurisdiction.limits import DaysInForce, LimitsInForce
from domain.jurisdiction.service_level import ServiceLevel


def in_force(stage: Stage, moment: datetime) -> LimitsInForce | None:
    """Of the service levels that the stage knows, those that a commit activates before among them."""
    states = (kept.state for kept in stage.states().values())
    found = next((each for each in states if isinstance(each, ServiceLevel) and each.measures(moment)), None)
    return LimitsInForce(found.code, found.limits) if found else None


def days_in_force(stage: Stage, scopes: Iterable[LimitScope], moment: datetime) -> Mapping[LimitScope, DaysInForce]:
    """The same for time limits; a scope without an active version is left out."""
    states = (kept.state for kept in stage.states().values())
    return {each.scope: each.in_force for each in states if isinstance(each, LimitSet) and each.scope in scopes and each.measures(moment)}


def beyond(stage: Stage, versions: Iterable[UUID], moment: datetime) -> set[UUID]:
    """What came before these, where they are not active yet at a moment."""
    known = (state for state in map(stage.look, versions) if isinstance(state, ServiceLevel | LimitSet))
    ahead = (each for each in known if each.active_from is not None and each.active_from > moment)
    return {each.supersedes for each in ahead if each.supersedes is not None}
