"""What is asked about cameras beyond their list: how many there were on a day, and which of them see a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from application.access import SeenBy
from application.oversight.statistics import AsOf, Period
from application.surveillance.upkeep import BlindTime, PatrolFinds, PriorityCoverage, Repairs, ViolationCount
from domain.ids import OrganisationId, RegisteredCameraId
from domain.places import Point
from domain.surveillance.seeing import SeeingReason


class CountedBy(StrEnum):
    """By what cameras are told apart as they are counted."""

    SECTOR = "SECTOR"
    OWNER = "OWNER"
    BUILDER = "BUILDER"
    DIVISION = "DIVISION"


@dataclass(frozen=True, slots=True, kw_only=True)
class CamerasAsked:
    """Cameras that were there on a day, of an area group or of an organisation and all below it; `recorded` says what was known by when."""

    on: date | None = None
    group: str | None = None
    organisation: OrganisationId | None = None
    recorded: AsOf = field(default_factory=AsOf)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraCount:
    """So many cameras of a kind, of so many in all."""

    key: str
    count: int
    total: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedShare:
    """So many cameras accepted by a standard, of so many in all."""

    standard: str
    standard_version: str
    accepted: int
    total: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineRate:
    """Minutes online, of minutes in service; a degraded camera is online, a suspended one is not in service."""

    online: int
    in_service: int
    degraded: int
    offline: int
    unknown: int
    suspended: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeingCamera:
    """A camera that sees a place: how far it is, in metres, and why it is said to see it."""

    camera: RegisteredCameraId
    distance: float
    reason: SeeingReason
    online: bool


class Surveillance(Protocol):
    """Answers from what is there for whoever asks."""

    async def counts(self, asked: CamerasAsked, by: CountedBy) -> Sequence[CameraCount]:
        """Largest first."""
        ...

    async def accepted(self, asked: CamerasAsked) -> Sequence[AcceptedShare]:
        """For each standard that any camera was accepted by."""
        ...

    async def online_rate(self, period: Period, asked: CamerasAsked) -> OnlineRate:
        """Over the days of the period, as far as they have passed."""
        ...

    async def priority_coverage(self, asked: CamerasAsked, *, small: bool) -> PriorityCoverage:
        """As it was at the end of the day, or is now."""
        ...

    async def blind_times(self, period: Period, asked: CamerasAsked, first: int, after: UUID | None) -> Sequence[BlindTime]:
        """Of the priority places there were in the period, in order of their ids."""
        ...

    async def repairs(self, period: Period, asked: CamerasAsked) -> Repairs:
        """Of the faults reported in the period."""
        ...

    async def violations(self, period: Period, asked: CamerasAsked) -> Sequence[ViolationCount]:
        """Most first."""
        ...

    async def patrol_finds(self, period: Period, asked: CamerasAsked) -> Sequence[PatrolFinds]:
        """One for each mode."""
        ...

    async def seeing(self, place: Point, at_most: int) -> Sequence[SeeingCamera]:
        """Cameras in service that see the place: those online first, the nearest first."""
        ...


SeenSurveillance = SeenBy[Surveillance]
