"""What is in force at a moment: limits of response and of days, and codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from application.stage import Stage
from domain.jurisdiction.code_list import CodeList
from domain.jurisdiction.codes import CodesInForce
from domain.jurisdiction.events import CodeScope, LimitScope
from domain.jurisdiction.limit_set import LimitSet
from domain.jurisdiction.limits import DaysInForce, LimitsInForce
from domain.jurisdiction.service_level import ServiceLevel


def in_force(stage: Stage, moment: datetime) -> LimitsInForce | None:
    """Of the service levels that the stage knows, those that a commit activates before among them."""
    found = next((each for each in stage.versions() if isinstance(each, ServiceLevel) and each.measures(moment)), None)
    return LimitsInForce(found.code, found.limits) if found else None


def days_in_force(stage: Stage, scopes: Collection[LimitScope | CodeScope], moment: datetime) -> Mapping[LimitScope, DaysInForce]:
    """The same for time limits; a scope without an active version is left out."""
    if not scopes:
        return {}
    known = (each for each in stage.versions() if isinstance(each, LimitSet))
    return {each.scope: each.in_force for each in known if each.scope in scopes and each.measures(moment)}


def codes_in_force(stage: Stage, scopes: Collection[LimitScope | CodeScope], moment: datetime) -> Mapping[CodeScope, CodesInForce]:
    """The same for codes."""
    if not scopes:
        return {}
    known = (each for each in stage.versions() if isinstance(each, CodeList))
    return {each.scope: each.in_force for each in known if each.scope in scopes and each.holds(moment)}


def beyond(stage: Stage, versions: Iterable[UUID], moment: datetime) -> set[UUID]:
    """What came before these, where they are not active yet at a moment."""
    known = (state for state in map(stage.look, versions) if isinstance(state, ServiceLevel | LimitSet | CodeList))
    ahead = (each for each in known if each.active_from is not None and each.active_from > moment)
    return {each.supersedes for each in ahead if each.supersedes is not None}
