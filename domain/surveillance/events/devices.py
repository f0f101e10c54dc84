"""The events of technical alarm devices."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from domain.events import Event
from domain.ids import AlarmId, CameraId, DivisionCode, OrganisationId, ReportId
from domain.places import Point


class DeviceKind(StrEnum):
    """What a technical alarm device watches for (技防报警设备类别)."""

    INTRUSION = "INTRUSION"
    HOLD_UP = "HOLD_UP"
    FIRE = "FIRE"
    GAS = "GAS"
    OTHER = "OTHER"


class DeviceState(StrEnum):
    """Whether a device is meant to work (使用状态). Whatever a suspended or retired one tells is taken all the same."""

    IN_SERVICE = "IN_SERVICE"
    SUSPENDED = "SUSPENDED"
    RETIRED = "RETIRED"


class TechAlarmDeviceRegistered(Event):
    """技防报警设备. `number` is what it calls itself when it tells something."""

    number: str
    kind: DeviceKind
    owner: str
    division: DivisionCode
    station: OrganisationId
    place: Point
    address: str = ""


class DeviceZoneSet(Event):
    """防区, as it is from now on. `cameras` are those known to look at it, the best first; others are found by where it lies."""

    zone: int
    name: str
    place: Point | None = None
    cameras: tuple[CameraId, ...] = ()


class DeviceTestStarted(Event):
    """Until then what the device tells opens test alarms and no others."""

    until: datetime
    reason: str


class DeviceTestEnded(Event):
    pass


class DeviceSuspended(Event):
    reason: str


class DeviceResumed(Event):
    pass


class DeviceRetired(Event):
    reason: str


class DeviceSignalled(Event):
    """The device told something of a zone; it stands as a report with the alarm."""

    zone: int | None
    alarm: AlarmId
    report: ReportId
    test: bool = False


TechAlarmDeviceChange = (
    DeviceZoneSet | DeviceTestStarted | DeviceTestEnded | DeviceSuspended | DeviceResumed | DeviceRetired | DeviceSignalled
)
