"""Which unit to send: all there are, those that fit before those that do not, the one that is there first before the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from typing import NamedTuple

from domain.dispatching.events import RankedUnit, Shortfall, UnfitReason, UnitStatus
from domain.dispatching.rules import TooFewWanted
from domain.ids import OrganisationId, RecommendationId, UnitId
from domain.places import Point, distances
from domain.rules import required_text

_NOT_FREE = {
    UnitStatus.OFF_DUTY: UnfitReason.OFF_DUTY,
    UnitStatus.COMMITTED: UnfitReason.COMMITTED,
    UnitStatus.DELAYED: UnfitReason.DELAYED,
    UnitStatus.OUT_OF_SERVICE: UnfitReason.OUT_OF_SERVICE,
}


@dataclass(frozen=True, slots=True)
class Needs:
    """What an alarm needs: so many units, each of which can do all of this; of these stations, where any are named."""

    wanted: int = 1
    capabilities: tuple[str, ...] = ()
    stations: tuple[OrganisationId, ...] = ()

    def __post_init__(self) -> None:
        if self.wanted < 1:
            raise TooFewWanted
        for each in self.capabilities:
            required_text(each, field="capabilities")


class Candidate(NamedTuple):
    """A unit as it stands, and where it is, if that is known."""

    unit: UnitId
    status: UnitStatus
    station: OrganisationId
    capabilities: tuple[str, ...] = ()
    place: Point | None = None
    fixed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """All units there are for a place, as they stand, and in how many seconds they would be there; a unit that is not in
    `seconds` has no way. Positions older than `oldest` seconds are not relied on."""

    place: Point
    candidates: Sequence[Candidate]
    seconds: Mapping[UnitId, float]
    oldest: float


@dataclass(frozen=True, slots=True)
class Standing:
    """The recommended units that are still to be sent."""

    recommendation: RecommendationId
    units: tuple[UnitId, ...]

    def after(self, sent: UnitId | None) -> Standing | None:
        """Whoever is sent, one unit fewer is needed: another one takes the place of the last."""
        left = tuple(each for each in self.units if each != sent) if sent in self.units else self.units[:-1]
        return replace(self, units=left) if left else None


def ranked(needs: Needs, survey: Survey, now: datetime) -> tuple[RankedUnit, ...]:
    """Every candidate has its place, always the same one: units that are as far are told apart by their ids."""
    placed = [each for each in survey.candidates if each.place is not None]
    metres = distances([each.place for each in placed if each.place is not None], survey.place)
    away = dict(zip([each.unit for each in placed], metres, strict=True))
    return tuple(sorted([_judged(needs, survey, now, each, away.get(each.unit)) for each in survey.candidates], key=_order))


def recommended(needs: Needs, ranking: Sequence[RankedUnit]) -> tuple[UnitId, ...]:
    return tuple(each.unit for each in ranking if each.fit)[: needs.wanted]


def shortfall(needs: Needs, ranking: Sequence[RankedUnit]) -> tuple[Shortfall, ...]:
    """Where fewer fit than are wanted: how many were unfit for each reason, the most frequent first."""
    if len(recommended(needs, ranking)) == needs.wanted:
        return ()
    counts = Counter(reason for each in ranking for reason in each.reasons)
    return tuple(Shortfall(reason, units) for reason, units in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def in_a_straight_line(origins: Iterable[Point], to: Point, metres_a_second: float) -> list[float]:
    """Seconds of travel."""
    return [metres / metres_a_second for metres in distances(origins, to)]


def _judged(needs: Needs, survey: Survey, now: datetime, unit: Candidate, metres: float | None) -> RankedUnit:
    age = None if unit.fixed_at is None else max(0.0, (now - unit.fixed_at).total_seconds())
    reasons = tuple(_reasons(needs, survey, unit, age))
    return RankedUnit(unit.unit, not reasons, reasons, survey.seconds.get(unit.unit), metres, age)


def _reasons(needs: Needs, survey: Survey, unit: Candidate, age: float | None) -> Iterator[UnfitReason]:
    """All that stands against a unit."""
    if unit.status in _NOT_FREE:
        yield _NOT_FREE[unit.status]
    if needs.capabilities and not set(needs.capabilities).issubset(unit.capabilities):
        yield UnfitReason.LACKS_CAPABILITY
    if needs.stations and unit.station not in needs.stations:
        yield UnfitReason.OUTSIDE
    if unit.place is None or age is None:
        yield UnfitReason.NO_POSITION
    elif age > survey.oldest:
        yield UnfitReason.POSITION_TOO_OLD
    elif unit.unit not in survey.seconds:
        yield UnfitReason.NO_WAY


def _order(unit: RankedUnit) -> tuple[bool, float, UnitId]:
    return not unit.fit, inf if unit.travel_seconds is None else unit.travel_seconds, unit.unit
