"""What the desk needs of an aggregate, and the circumstances in which one decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Any, ClassVar, Protocol, Self, TypeVar, cast
from uuid import UUID

from domain.areas import Geometry
from domain.events import At, Event, Recorded
from domain.ids import OfficerId, OrganisationId
from domain.jurisdiction.codes import CodesInForce
from domain.jurisdiction.events import CodeScope, LimitScope
from domain.jurisdiction.limits import DaysInForce, LimitsInForce
from domain.retention import NOTHING_IS_KEPT, Retention

Decision = Event | At | None
"""What a decision answers: an event, an event with its own effective time, or nothing new."""


class Aggregate(Protocol):
    """Frozen state, just enough for the next decision. `begins` names the events that can come first."""

    begins: ClassVar[tuple[type[Event], ...]]

    @classmethod
    def begin(cls, event: Any) -> Self: ...

    def apply(self, event: Any) -> Self: ...


A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who does it, on whose authority, and when it happened; `now` is the time of recording.

    `seen` holds what the command changes or asked to look at, as it was before; `records` what it asked to read;
    `levels` the station of units and all organisations above it; `named` what stands behind the codes it names, by field and code;
    `retention` how long material is kept by the limits that count; `limits` the limits of response in force, where it asked for them.
    """

    by: OfficerId
    organisation: OrganisationId
    effective_at: datetime
    now: datetime
    seen: Mapping[tuple[type[Any], UUID], Any] = field(default_factory=dict[tuple[type[Any], UUID], Any])
    records: Mapping[int, Recorded[Event]] = field(default_factory=dict[int, Recorded[Event]])
    levels: Mapping[UUID, tuple[OrganisationId, ...]] = field(default_factory=dict[UUID, tuple[OrganisationId, ...]])
    named: Mapping[tuple[str, str], Any] = field(default_factory=dict[tuple[str, str], Any])
    geometry: Geometry | None = None
    zone: tzinfo = UTC
    retention: Retention = NOTHING_IS_KEPT
    days: Mapping[LimitScope, DaysInForce] = field(default_factory=dict[LimitScope, DaysInForce])
    codes: Mapping[CodeScope, CodesInForce] = field(default_factory=dict[CodeScope, CodesInForce])
    limits: LimitsInForce | None = None

    @property
    def today(self) -> date:
        """The day of recording, in the deployment's zone."""
        return self.now.astimezone(self.zone).date()

    def look(self, kind: type[A], id: UUID) -> A:
        return cast("A", self.seen[kind, id])

    def recorded(self, position: int) -> Recorded[Event] | None:
        return self.records.get(position)
