"""Positions of units as the application needs them: a stream beside the log, shown as far as the units are there for whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.identity import Principal
from domain.dispatching.positions import Fix, FixOutcome
from domain.dispatching.recommending import Candidate
from domain.ids import OrganisationId, UnitId
from domain.places import Point
from domain.rules import LimitExceeded, Rejected

MOST_FIXES = 300
"""Of one report."""
MOST_POSITIONS = 2_000
"""Of one answer, and so many fixes of a track."""


class TooManyFixes(LimitExceeded):
    """A report holds 1 to 300 fixes.

    一次上报为 1 至 300 个定位点。
    """

    on = "fixes"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPosition:
    """Where a unit is, by its latest fix. `age` is in seconds, `distance` in metres from the place that was asked about.

    单位最近一次定位；age 为定位时效（秒），distance 为与所询地点的距离（米）。
    """

    unit: UnitId
    place: Point
    at: datetime
    accuracy: float | None
    speed: float | None
    heading: float | None
    age: float
    distance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearby:
    """Which units: those of these organisations and of all below them, within so many metres of a place, the nearest first."""

    near: Point | None = None
    within: float | None = None
    organisations: Collection[OrganisationId] = ()


class Positions(Protocol):
    """The latest fix of each unit, and its track for as many days as it is kept."""

    async def candidates(self, principal: Principal) -> list[Candidate]:
        """All units that are there for somebody, as they stand and where they are."""
        ...

    async def report(self, principal: Principal, fixes: Sequence[Fix]) -> list[FixOutcome | Rejected]:
        """Keep what units' own officers, or a system that locates them, tell; each fix is answered by itself."""
        ...

    async def latest(self, principal: Principal, wanted: Nearby, first: int) -> list[UnitPosition]: ...

    async def track(self, principal: Principal, unit: UnitId, since: datetime, until: datetime, first: int) -> list[Fix] | None:
        """Its fixes from `since` (included) to `until` (excluded), the oldest first; None where the unit is not there for them."""
        ...
