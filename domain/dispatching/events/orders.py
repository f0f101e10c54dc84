"""The events of dispatch orders."""

from __future__ import annotations

from datetime import datetime

from domain.dispatching.events.choices import OrderFact
from domain.events import Event
from domain.ids import AlarmId, CorrectionId, OrderId, OrganisationId, UnitId


class OrderProposed(Event):
    """A unit is proposed to the dispatcher; `distance` in metres and `position_age` in seconds where known."""

    alarm: AlarmId
    unit: UnitId
    reason: str = ""
    distance: float | None = None
    position_age: float | None = None


class UnitOrdered(Event):
    """The unit was notified. `acknowledge_by` is the limit after which the order times out.

    `stacked` orders wait behind the unit's active one. `override_reason` says why a unit off its roster, or another than
    the recommended one, was sent. `bypassed` are the levels between whoever ordered and the unit's station (扁平化指挥).
    `service_level` is the code of the limits that `acknowledge_by` was taken from, where nobody gave it.
    """

    alarm: AlarmId
    unit: UnitId
    stacked: bool = False
    override_reason: str = ""
    acknowledge_by: datetime | None = None
    priority: str | None = None
    sequence: int | None = None
    external_id: str | None = None
    bypassed: tuple[OrganisationId, ...] = ()
    service_level: str | None = None


class OrderAcknowledged(Event):
    pass


class OrderRefused(Event):
    reason: str


class UnitEnRoute(Event):
    pass


class UnitArrived(Event):
    pass


class UnitCheckedIn(Event):
    """The crew on scene was heard from (报平安)."""


class CheckInMissed(Event):
    """The crew on scene was not heard from by `limit`: the `number`th time in a row, after it had checked in `check_ins` times."""

    check_ins: int
    number: int
    limit: datetime
    service_level: str


class UnitCleared(Event):
    """The unit is available again. `disposition` is the source's own code, where it has one."""

    disposition: str = ""


class OrderCancelled(Event):
    reason: str


class UnitPreempted(Event):
    """Taken off this order for a more urgent one."""

    by_order: OrderId | None
    reason: str


class OrderTimedOut(Event):
    """Not acknowledged by `limit`."""

    limit: datetime


class OrderEscalated(Event):
    """`service_level` is the code of the limits that were applied, where somebody did not set the limit by hand."""

    level: int
    timer: str
    limit: datetime
    service_level: str | None = None


class OrderFactCorrected(Event):
    correction: CorrectionId
    fact: OrderFact
    corrects: int
    reason: str
    instant: datetime


OrderChange = (
    UnitOrdered
    | OrderAcknowledged
    | OrderRefused
    | UnitEnRoute
    | UnitArrived
    | UnitCheckedIn
    | CheckInMissed
    | UnitCleared
    | OrderCancelled
    | UnitPreempted
    | OrderTimedOut
    | OrderEscalated
    | OrderFactCorrected
)
