"""The limits of response that are in force at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from application.stage import Stage
from domain.jurisdiction.limits import LimitsInForce
from domain.jurisdiction.service_level import ServiceLevel


def in_force(stage: Stage, moment: datetime) -> LimitsInForce | None:
    """Of the service levels that the stage knows, those that a commit activates before among them."""
    states = (kept.state for kept in stage.states().values())
    found = next((each for each in states if isinstance(each, ServiceLevel) and each.measures(moment)), None)
    return LimitsInForce(found.code, found.limits) if found else None


def beyond(stage: Stage, levels: Iterable[UUID], moment: datetime) -> set[UUID]:
    """What came before these, where they are not active yet at a moment."""
    states = (stage.look(id) for id in levels)
    ahead = (each for each in states if isinstance(each, ServiceLevel) and each.active_from is not None and each.active_from > moment)
    return {each.supersedes for each in ahead if each.supersedes is not None}
