"""The camera: where it stands and looks, whether it is meant to work and does, and until when it is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import CameraId, DivisionCode, OrganisationId
from domain.places import Point
from domain.rules import free_text, required_text
from domain.surveillance.events import (
    Builder,
    CameraAccepted,
    CameraChange,
    CameraHealth,
    CameraMoved,
    CameraNetworked,
    CameraRegistered,
    CameraResumed,
    CameraRetired,
    CameraState,
    CameraSuspended,
    FaultRepaired,
    FaultReported,
    HealthChanged,
    OwnerSector,
    ViolationRecorded,
)
from domain.surveillance.gb28181 import camera_number
from domain.surveillance.rules import (
    BearingOutOfCircle,
    CameraIsAccepted,
    CameraIsInService,
    CameraIsRetired,
    CameraIsSuspended,
    CameraNotOfTraffic,
    FaultIsOpen,
    FieldOfViewOutOfCircle,
    NoFaultIsOpen,
    RangeOutOfSight,
    ViolationCodeMalformed,
)

CIRCLE = 360
"""Degrees."""
FARTHEST = 20_000
"""Metres: whoever says more has mistaken the unit."""
_VIOLATION = re.compile(r"[\w.\-]{1,32}")


@dataclass(frozen=True)
class Camera:
    """A camera (监控镜头). `stands` is what a move may change, as it was told last."""

    begins: ClassVar[tuple[type[Event], ...]] = (CameraRegistered,)

    stands: CameraMoved
    sector: OwnerSector
    networked: bool
    state: CameraState = CameraState.IN_SERVICE
    health: CameraHealth | None = None
    fault: bool = False
    accepted: frozenset[CameraAccepted] = frozenset()

    @staticmethod
    def register(
        gb28181_id: CameraId,
        sector: OwnerSector,
        owner: str,
        builder: Builder,
        division: DivisionCode,
        station: OrganisationId,
        place: Point,
        range: int,
        bearing: float | None = None,
        field_of_view: float = CIRCLE,
        *,
        networked: bool = False,
        address: str = "",
    ) -> CameraRegistered:
        _insist_on_view(range, bearing, field_of_view)
        return CameraRegistered(
            gb28181_id=camera_number(gb28181_id),
            sector=sector,
            owner=required_text(owner, field="owner"),
            builder=builder,
            division=division,
            station=station,
            place=place,
            range=range,
            bearing=bearing,
            field_of_view=field_of_view,
            networked=networked,
            address=free_text(address, field="address"),
        )

    def accept(self, standard: str, standard_version: str) -> CameraAccepted:
        self._insist_on_being_there()
        accepted = CameraAccepted(
            standard=required_text(standard, field="standard"),
            standard_version=required_text(standard_version, field="standardVersion"),
        )
        if accepted in self.accepted:
            raise CameraIsAccepted
        return accepted

    def move(
        self,
        place: Point,
        range: int,
        bearing: float | None,
        field_of_view: float,
        division: DivisionCode | None = None,
        station: OrganisationId | None = None,
        address: str = "",
    ) -> CameraMoved | None:
        """It stays in its division and with its station unless others are named."""
        self._insist_on_being_there()
        _insist_on_view(range, bearing, field_of_view)
        moved = CameraMoved(
            place=place,
            range=range,
            bearing=bearing,
            field_of_view=field_of_view,
            division=division or self.stands.division,
            station=station or self.stands.station,
            address=free_text(address, field="address"),
        )
        return None if moved == self.stands else moved

    def network(self, *, networked: bool) -> CameraNetworked | None:
        self._insist_on_being_there()
        return None if networked == self.networked else CameraNetworked(networked=networked)

    def suspend(self, reason: str) -> CameraSuspended:
        self._insist_on_being_there()
        if self.state is CameraState.SUSPENDED:
            raise CameraIsSuspended
        return CameraSuspended(reason=required_text(reason, field="reason"))

    def resume(self) -> CameraResumed:
        self._insist_on_being_there()
        if self.state is CameraState.IN_SERVICE:
            raise CameraIsInService
        return CameraResumed()

    def retire(self, reason: str) -> CameraRetired:
        self._insist_on_being_there()
        return CameraRetired(reason=required_text(reason, field="reason"))

    def change_health(self, health: CameraHealth) -> HealthChanged | None:
        """A suspended camera's device may go on telling how it is."""
        self._insist_on_being_there()
        return None if health is self.health else HealthChanged(health=health)

    def report_fault(self, fault: str, note: str = "") -> FaultReported:
        self._insist_on_being_there()
        if self.fault:
            raise FaultIsOpen
        return FaultReported(fault=required_text(fault, field="fault"), note=free_text(note, field="note"))

    def repair_fault(self, note: str = "") -> FaultRepaired:
        self._insist_on_being_there()
        if not self.fault:
            raise NoFaultIsOpen
        return FaultRepaired(note=free_text(note, field="note"))

    def record_violation(self, code: str) -> ViolationRecorded:
        self._insist_on_being_there()
        if self.sector is not OwnerSector.TRAFFIC:
            raise CameraNotOfTraffic
        if not _VIOLATION.fullmatch(code):
            raise ViolationCodeMalformed
        return ViolationRecorded(code=code)

    def _insist_on_being_there(self) -> None:
        if self.state is CameraState.RETIRED:
            raise CameraIsRetired

    @classmethod
    def begin(cls, event: CameraRegistered) -> Camera:
        stands = CameraMoved(
            place=event.place,
            range=event.range,
            bearing=event.bearing,
            field_of_view=event.field_of_view,
            division=event.division,
            station=event.station,
            address=event.address,
        )
        return cls(stands=stands, sector=event.sector, networked=event.networked)

    def apply(self, event: CameraChange) -> Camera:  # noqa: C901, PLR0911 - one line for each event
        match event:
            case CameraAccepted():
                return evolve(self, accepted=self.accepted | {event})
            case CameraMoved():
                return evolve(self, stands=event)
            case CameraNetworked(networked=networked):
                return evolve(self, networked=networked)
            case CameraSuspended():
                return evolve(self, state=CameraState.SUSPENDED)
            case CameraResumed():
                return evolve(self, state=CameraState.IN_SERVICE)
            case CameraRetired():
                return evolve(self, state=CameraState.RETIRED)
            case HealthChanged(health=health):
                return evolve(self, health=health)
            case FaultReported():
                return evolve(self, fault=True)
            case FaultRepaired():
                return evolve(self, fault=False)
            case ViolationRecorded():
                return self
            case _:
                assert_never(event)


def _insist_on_view(range: int, bearing: float | None, field_of_view: float) -> None:
    if not 1 <= range <= FARTHEST:
        raise RangeOutOfSight
    if bearing is not None and not 0 <= bearing < CIRCLE:
        raise BearingOutOfCircle
    if not 0 < field_of_view <= CIRCLE:
        raise FieldOfViewOutOfCircle
