"""The camera: where it stands and looks, whether it works, and until when it is there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, assert_never

from domain.events import Event
from domain.ids import CameraId, DivisionCode, OrganisationId
from domain.places import Point
from domain.rules import free_text, required_text
from domain.surveillance.events import Builder, CameraRegistered, CameraRetired, OwnerSector
from domain.surveillance.gb28181 import camera_number
from domain.surveillance.rules import BearingOutOfCircle, CameraIsRetired, FieldOfViewOutOfCircle, RangeOutOfSight

CIRCLE = 360
"""Degrees."""
FARTHEST = 20_000
"""Metres: whoever says more has mistaken the unit."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera (监控镜头)."""

    begins: ClassVar[tuple[type[Event], ...]] = (CameraRegistered,)

    retired: bool = False

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
            owner=free_text(owner, field="owner"),
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

    def retire(self, reason: str) -> CameraRetired:
        if self.retired:
            raise CameraIsRetired
        return CameraRetired(reason=required_text(reason, field="reason"))

    @classmethod
    def begin(cls, event: CameraRegistered) -> Camera:  # noqa: ARG003 - that it exists is all that counts
        return cls()

    def apply(self, event: CameraRetired) -> Camera:
        match event:
            case CameraRetired():
                return replace(self, retired=True)
            case _:
                assert_never(event)


def _insist_on_view(range: int, bearing: float | None, field_of_view: float) -> None:
    if not 1 <= range <= FARTHEST:
        raise RangeOutOfSight
    if bearing is not None and not 0 <= bearing < CIRCLE:
        raise BearingOutOfCircle
    if not 0 < field_of_view <= CIRCLE:
        raise FieldOfViewOutOfCircle
