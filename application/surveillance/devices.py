"""Commands on technical alarm devices."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command
from application.naming import naming
from domain.ids import CameraId, DeviceId, DivisionCode, OrganisationId
from domain.places import Point
from domain.surveillance.events import DeviceKind
from domain.surveillance.tech_alarm_device import TechAlarmDevice


@command
def register(
    device: DeviceId,
    number: str,
    kind: DeviceKind,
    owner: str,
    division: DivisionCode,
    station: OrganisationId,
    place: Point,
    address: str = "",
) -> Command:
    """Register a technical alarm device; its number is what it calls itself when it tells something.

    登记技防报警设备；number 为设备上报时使用的编号。
    """
    registered = begin(TechAlarmDevice, device, lambda _: TechAlarmDevice.register(number, kind, owner, division, station, place, address))
    return naming(registered, divisions={"division": division}, organisations={"station": station})


@command
def set_zone(device: DeviceId, zone: int, name: str, place: Point | None = None, cameras: tuple[CameraId, ...] = ()) -> Command:
    """Say where a zone of a device lies, and which cameras are known to look at it, the best first.

    设置防区：位置及可见该防区的摄像机，优先者在前。
    """
    return change(TechAlarmDevice, device, lambda it, _: it.set_zone(zone, name, place, cameras))


@command
def start_test(device: DeviceId, until: datetime, reason: str) -> Command:
    """Test a device: until then what it tells opens test alarms, and no others.

    设备进入测试状态；到期前其信号仅生成测试警情。
    """
    return change(TechAlarmDevice, device, lambda it, act: it.start_test(until, reason, act.now))


@command
def end_test(device: DeviceId) -> Command:
    """End the test of a device before its time.

    提前结束设备测试。
    """
    return change(TechAlarmDevice, device, lambda it, act: it.end_test(act.now))


@command
def suspend(device: DeviceId, reason: str) -> Command:
    """Suspend a device: it is not meant to work until it is resumed. What it tells is taken all the same.

    停用报警设备，直至恢复；其信号照常受理。
    """
    return change(TechAlarmDevice, device, lambda it, _: it.suspend(reason))


@command
def resume(device: DeviceId) -> Command:
    """Put a suspended device back into service.

    恢复停用的报警设备。
    """
    return change(TechAlarmDevice, device, lambda it, _: it.resume())


@command
def retire(device: DeviceId, reason: str) -> Command:
    """Retire a device. What it tells is taken all the same.

    报废报警设备；其信号照常受理。
    """
    return change(TechAlarmDevice, device, lambda it, _: it.retire(reason))
