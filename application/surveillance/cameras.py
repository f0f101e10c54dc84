"""Commands on cameras."""

from __future__ import annotations

from application.commands import Command, begin, change, command
from application.naming import naming
from domain.ids import CameraId, DivisionCode, OrganisationId, RegisteredCameraId
from domain.places import Point
from domain.surveillance.camera import Camera
from domain.surveillance.events import Builder, OwnerSector
from domain.surveillance.gb28181 import division_in


@command
def register(
    camera: RegisteredCameraId,
    gb28181_id: CameraId,
    sector: OwnerSector,
    owner: str,
    builder: Builder,
    division: DivisionCode,
    station: OrganisationId,
    place: Point,
    range: int,
    bearing: float | None = None,
    field_of_view: float = 360.0,
    networked: bool = False,  # noqa: FBT001, FBT002 - an argument of the API
    address: str = "",
) -> Command:
    """Register a camera; its number follows GB/T 28181-2016, annex D.

    登记摄像机；编号须符合 GB/T 28181-2016 附录 D。
    """
    registered = begin(
        Camera,
        camera,
        lambda _: Camera.register(
            gb28181_id,
            sector,
            owner,
            builder,
            division,
            station,
            place,
            range,
            bearing,
            field_of_view,
            networked=networked,
            address=address,
        ),
    )
    return naming(registered, divisions={"division": division, "gb28181Id": division_in(gb28181_id)}, organisations={"station": station})


@command
def retire(camera: RegisteredCameraId, reason: str) -> Command:
    """Retire a camera: from now on it is no longer there.

    报废摄像机；此后不再计入。
    """
    return change(Camera, camera, lambda it, _: it.retire(reason))
