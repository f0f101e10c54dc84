"""Commands on cameras."""

from __future__ import annotations

from application.commands import Command, begin, change, command
from application.naming import naming
from domain.ids import CameraId, DivisionCode, OrganisationId, RegisteredCameraId
from domain.places import Point
from domain.surveillance.camera import Camera
from domain.surveillance.events import Builder, CameraHealth, OwnerSector
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
def accept(camera: RegisteredCameraId, standard: str, standard_version: str) -> Command:
    """Accept a camera by a standard, named by its code and version: DB50/216 of 2006.

    按技术规范验收摄像机；规范以代号与版本指明，如 DB50/216-2006。
    """
    return change(Camera, camera, lambda it, _: it.accept(standard, standard_version))


@command
def move(
    camera: RegisteredCameraId,
    place: Point,
    range: int,
    bearing: float | None = None,
    field_of_view: float = 360.0,
    division: DivisionCode | None = None,
    station: OrganisationId | None = None,
    address: str = "",
) -> Command:
    """Say where a camera stands and looks from now on; it stays in its division and with its station unless others are named.

    变更摄像机的位置与朝向；未指明时区划与派出所不变。
    """
    moved = change(Camera, camera, lambda it, _: it.move(place, range, bearing, field_of_view, division, station, address))
    return naming(moved, divisions={"division": division}, organisations={"station": station})


@command
def network(camera: RegisteredCameraId, networked: bool) -> Command:  # noqa: FBT001 - an argument of the API
    """Say whether a camera's pictures reach the police network.

    登记摄像机是否联网。
    """
    return change(Camera, camera, lambda it, _: it.network(networked=networked))


@command
def suspend(camera: RegisteredCameraId, reason: str) -> Command:
    """Suspend a camera: it is not meant to work until it is resumed.

    停用摄像机，直至恢复。
    """
    return change(Camera, camera, lambda it, _: it.suspend(reason))


@command
def resume(camera: RegisteredCameraId) -> Command:
    """Put a suspended camera back into service.

    恢复停用的摄像机。
    """
    return change(Camera, camera, lambda it, _: it.resume())


@command
def change_health(camera: RegisteredCameraId, health: CameraHealth) -> Command:
    """Say how a camera's device is doing; the same again changes nothing.

    上报摄像机运行状况；与之前相同的不重复记录。
    """
    return change(Camera, camera, lambda it, _: it.change_health(health))


@command
def report_fault(camera: RegisteredCameraId, fault: str, note: str = "") -> Command:
    """Report what is wrong with a camera; `fault` is the deployment's own word for it.

    摄像机报障；fault 为本地自定义的故障名。
    """
    return change(Camera, camera, lambda it, _: it.report_fault(fault, note))


@command
def repair_fault(camera: RegisteredCameraId, note: str = "") -> Command:
    """Record that a camera's fault is repaired.

    登记摄像机故障已修复。
    """
    return change(Camera, camera, lambda it, _: it.repair_fault(note))


@command
def retire(camera: RegisteredCameraId, reason: str) -> Command:
    """Retire a camera: from now on it is no longer there.

    报废摄像机；此后不再计入。
    """
    return change(Camera, camera, lambda it, _: it.retire(reason))


@command
def record_violation(camera: RegisteredCameraId, code: str) -> Command:
    """Record a traffic violation that was corrected by what a camera of the traffic police showed; nobody is named.

    登记通过交通类摄像机纠正的交通违法行为，不记录人员与车牌。
    """
    return change(Camera, camera, lambda it, _: it.record_violation(code))
