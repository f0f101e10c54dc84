"""The events of units, and of the states that a deployment gives them."""

from __future__ import annotations

from datetime import datetime

from domain.dispatching.events.choices import UnitStatus
from domain.events import Event
from domain.ids import OfficerId, OrderId, OrganisationId
from domain.places import Point


class UnitRegistered(Event):
    call_sign: str
    kind: str
    station: OrganisationId
    capabilities: tuple[str, ...] = ()


class UnitSignedOn(Event):
    crew: tuple[OfficerId, ...] = ()


class UnitSignedOff(Event):
    pass


class UnitStatusChanged(Event):
    """`custom` is the code of the deployment's own state; before such states were defined, its own word for it."""

    status: UnitStatus
    custom: str = ""


class UnitCommitted(Event):
    """The unit has an order; a stacked one waits behind the active one, which stays what the unit does."""

    order: OrderId
    stacked: bool = False


class UnitReleased(Event):
    """An order is over for the unit; `active` is the order it has now, if any, and `status` its state from now on."""

    order: OrderId
    active: OrderId | None = None
    status: UnitStatus = UnitStatus.AVAILABLE


class PositionSampled(Event):
    """A coarse sample; the raw track stands beside the log. `fixed_at` is the receiver's time of the fix."""

    place: Point
    fixed_at: datetime


class CrewChanged(Event):
    crew: tuple[OfficerId, ...]


class CapabilitiesChanged(Event):
    """What the unit can do from now on, all of it."""

    capabilities: tuple[str, ...]


UnitChange = (
    UnitSignedOn | UnitSignedOff | UnitStatusChanged | UnitCommitted | UnitReleased | PositionSampled | CrewChanged | CapabilitiesChanged
)


class UnitStateDefined(Event):
    """A deployment's own state of units, and the base state that it is a kind of."""

    code: str
    name_en: str
    name_zh: str
    base: UnitStatus


class UnitStateRenamed(Event):
    name_en: str
    name_zh: str


class UnitStateWithdrawn(Event):
    """No unit takes it from now on; those that are in it stay so until they report something else."""

    reason: str


UnitStateChange = UnitStateRenamed | UnitStateWithdrawn
