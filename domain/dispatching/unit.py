"""The police unit: on duty or not, what it does now, and where it was last seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, assert_never

from domain.dispatching.events import (
    CapabilitiesChanged,
    CrewChanged,
    PositionSampled,
    UnitChange,
    UnitCommitted,
    UnitRegistered,
    UnitReleased,
    UnitSignedOff,
    UnitSignedOn,
    UnitStatus,
    UnitStatusChanged,
)
from domain.dispatching.rules import (
    FixFromTheFuture,
    StatusFollowsFromActs,
    UnitHasActiveOrder,
    UnitIsCommitted,
    UnitIsOffDuty,
    UnitIsOnDuty,
    UnitNotOnRoster,
    UnitStateOfAnotherBase,
)
from domain.events import Event
from domain.evolving import evolve
from domain.ids import OfficerId, OrderId, OrganisationId
from domain.places import Point
from domain.rules import required_text

STAYS = frozenset({UnitStatus.OUT_OF_SERVICE, UnitStatus.DELAYED})
"""States that outlast the order in which they came about."""


@dataclass(frozen=True)
class Unit:
    """A unit. The first of its orders is the active one; the others are stacked behind it."""

    begins: ClassVar[tuple[type[Event], ...]] = (UnitRegistered,)

    station: OrganisationId
    capabilities: tuple[str, ...] = ()
    on_duty: bool = False
    status: UnitStatus = UnitStatus.OFF_DUTY
    custom: str = ""
    crew: tuple[OfficerId, ...] = ()
    orders: tuple[OrderId, ...] = ()
    fixed_at: datetime | None = None

    @staticmethod
    def register(call_sign: str, kind: str, station: OrganisationId, capabilities: tuple[str, ...] = ()) -> UnitRegistered:
        return UnitRegistered(
            call_sign=required_text(call_sign, field="callSign"),
            kind=required_text(kind, field="kind"),
            station=OrganisationId(required_text(station, field="station")),
            capabilities=_codes(capabilities),
        )

    def sign_on(self, crew: tuple[OfficerId, ...] = ()) -> UnitSignedOn:
        if self.on_duty:
            raise UnitIsOnDuty
        return UnitSignedOn(crew=tuple(dict.fromkeys(crew)))

    def sign_off(self) -> UnitSignedOff:
        self._insist_on_duty()
        if self.orders:
            raise UnitIsCommitted
        return UnitSignedOff()

    def change_status(self, status: UnitStatus, custom: str = "", base: UnitStatus | None = None) -> UnitStatusChanged | None:
        """COMMITTED may be told more exactly while there is an order; `base` is what the deployment's own state `custom` is a kind of."""
        self._insist_on_duty()
        if status is UnitStatus.OFF_DUTY or (status is UnitStatus.COMMITTED and not self.orders):
            raise StatusFollowsFromActs
        if status is UnitStatus.AVAILABLE and self.orders:
            raise UnitIsCommitted
        if custom and base is not status:
            raise UnitStateOfAnotherBase
        return None if (status, custom) == (self.status, self.custom) else UnitStatusChanged(status=status, custom=custom)

    def commit(self, order: OrderId, *, stacked: bool = False, override_reason: str = "") -> UnitCommitted:
        """One active order; another waits behind it only where that is said."""
        if self.orders and not stacked:
            raise UnitHasActiveOrder
        if self.status in {UnitStatus.OFF_DUTY, UnitStatus.OUT_OF_SERVICE} and not override_reason.strip():
            raise UnitNotOnRoster
        return UnitCommitted(order=order, stacked=bool(self.orders))

    def release(self, order: OrderId) -> UnitReleased | None:
        if order not in self.orders:
            return None  # the order was only proposed
        left = tuple(each for each in self.orders if each != order)
        return UnitReleased(order=order, active=left[0] if left else None, status=self._status_with(left))

    def sample_position(self, place: Point, fixed_at: datetime, now: datetime) -> PositionSampled | None:
        """A fix that comes late, after a newer one, tells nothing."""
        if fixed_at > now:
            raise FixFromTheFuture
        if self.fixed_at is not None and fixed_at <= self.fixed_at:
            return None
        return PositionSampled(place=place, fixed_at=fixed_at)

    def change_crew(self, crew: tuple[OfficerId, ...]) -> CrewChanged | None:
        self._insist_on_duty()
        crew = tuple(dict.fromkeys(crew))
        return None if crew == self.crew else CrewChanged(crew=crew)

    def change_capabilities(self, capabilities: tuple[str, ...]) -> CapabilitiesChanged | None:
        """On duty or not: a dog that is ill, a boat that was lent."""
        codes = _codes(capabilities)
        return None if set(codes) == set(self.capabilities) else CapabilitiesChanged(capabilities=codes)

    def _insist_on_duty(self) -> None:
        if not self.on_duty:
            raise UnitIsOffDuty

    def _status_with(self, orders: tuple[OrderId, ...]) -> UnitStatus:
        """A unit that broke down under way stays out of service when its order is over."""
        if self.status in STAYS:
            return self.status
        if orders:
            return UnitStatus.COMMITTED
        return UnitStatus.AVAILABLE if self.on_duty else UnitStatus.OFF_DUTY

    @classmethod
    def begin(cls, event: UnitRegistered) -> Unit:
        return cls(station=event.station, capabilities=event.capabilities)

    def apply(self, event: UnitChange) -> Unit:  # noqa: PLR0911 - one line for each event
        match event:
            case UnitSignedOn(crew=crew):
                status = UnitStatus.COMMITTED if self.orders else UnitStatus.AVAILABLE
                return evolve(self, on_duty=True, status=status, custom="", crew=crew)
            case UnitSignedOff():
                return evolve(self, on_duty=False, status=UnitStatus.OFF_DUTY, custom="", crew=())
            case UnitStatusChanged(status=status, custom=custom):
                return evolve(self, status=status, custom=custom)
            case UnitCommitted(order=order):
                return evolve(self, status=UnitStatus.COMMITTED, custom="", orders=(*self.orders, order))
            case UnitReleased(order=order, status=status):
                custom = self.custom if status in STAYS else ""
                return evolve(self, status=status, custom=custom, orders=tuple(each for each in self.orders if each != order))
            case PositionSampled(fixed_at=fixed_at):
                return evolve(self, fixed_at=fixed_at)
            case CrewChanged(crew=crew):
                return evolve(self, crew=crew)
            case CapabilitiesChanged(capabilities=capabilities):
                return evolve(self, capabilities=capabilities)
            case _:
                assert_never(event)


def _codes(capabilities: tuple[str, ...]) -> tuple[str, ...]:
    """Each once."""
    return tuple(dict.fromkeys(required_text(each, field="capabilities") for each in capabilities))
