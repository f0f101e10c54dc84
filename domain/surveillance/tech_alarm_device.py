"""The technical alarm device: where its zones lie, whether it is being tested, and which alarm its last signals went to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import AlarmId, CameraId, DivisionCode, OrganisationId, ReportId
from domain.places import Point
from domain.rules import InvalidTransition, InvalidValue, LimitExceeded, free_text, required_text
from domain.surveillance.events import (
    DeviceKind,
    DeviceResumed,
    DeviceRetired,
    DeviceSignalled,
    DeviceState,
    DeviceSuspended,
    DeviceTestEnded,
    DeviceTestStarted,
    DeviceZoneSet,
    TechAlarmDeviceChange,
    TechAlarmDeviceRegistered,
)
from domain.surveillance.gb28181 import camera_number

MOST_ZONES = 999
MOST_ZONE_CAMERAS = 50
LONGEST_TEST = timedelta(days=3)
"""Whoever forgets that a device is being tested would hear nothing of a burglary."""


class DeviceIsRetired(InvalidTransition):
    """The device is retired.

    该报警设备已报废。
    """


class DeviceIsSuspended(InvalidTransition):
    """The device is suspended already.

    该报警设备已停用。
    """


class DeviceIsInService(InvalidTransition):
    """The device is in service; only a suspended one is resumed.

    该报警设备在用；只有停用的设备才能恢复。
    """


class ZoneOutOfRange(InvalidValue):
    """Zones are numbered from 1 to 999.

    防区编号须在 1 至 999 之间。
    """

    on = "zone"


class TooManyZoneCameras(LimitExceeded):
    """At most 50 cameras are named for a zone.

    一个防区最多指定 50 个摄像机。
    """

    on = "cameras"


class DeviceTestEndsTooSoon(InvalidValue):
    """A test ends after now.

    测试结束时间须晚于当前时间。
    """

    on = "until"


class DeviceTestTooLong(LimitExceeded):
    """A device is tested for three days at most.

    设备测试最长为三天。
    """

    on = "until"


class DeviceIsNotTested(InvalidTransition):
    """The device is not being tested.

    该报警设备不在测试状态。
    """


class SignalOvertaken(InvalidTransition):
    """Another signal of the device, or an end of its test, came in between; send it again.

    该设备的其他信号或测试状态变更先行入库；请重新发送。
    """


Key = tuple[int | None, bool]
"""A zone, and whether the device was being tested: a burglary is no part of a test."""


@dataclass(frozen=True)
class TechAlarmDevice:
    """A technical alarm device (技防报警设备). No state of it stands against a signal: an alarm is never lost."""

    begins: ClassVar[tuple[type[Event], ...]] = (TechAlarmDeviceRegistered,)

    number: str
    division: DivisionCode
    station: OrganisationId
    place: Point
    address: str
    zones: Mapping[int, DeviceZoneSet] = field(default_factory=dict[int, DeviceZoneSet])
    state: DeviceState = DeviceState.IN_SERVICE
    tested_until: datetime | None = None
    latest: Mapping[Key, AlarmId] = field(default_factory=dict[Key, AlarmId])

    @staticmethod
    def register(
        number: str, kind: DeviceKind, owner: str, division: DivisionCode, station: OrganisationId, place: Point, address: str = ""
    ) -> TechAlarmDeviceRegistered:
        return TechAlarmDeviceRegistered(
            number=required_text(number, field="number"),
            kind=kind,
            owner=required_text(owner, field="owner"),
            division=division,
            station=station,
            place=place,
            address=free_text(address, field="address"),
        )

    def set_zone(self, zone: int, name: str, place: Point | None, cameras: tuple[CameraId, ...]) -> DeviceZoneSet | None:
        self._insist_on_being_there()
        if not 1 <= zone <= MOST_ZONES:
            raise ZoneOutOfRange
        told = DeviceZoneSet(zone=zone, name=required_text(name, field="name"), place=place, cameras=_named(cameras))
        return None if self.zones.get(zone) == told else told

    def start_test(self, until: datetime, reason: str, now: datetime) -> DeviceTestStarted:
        """Also while it is being tested: then it is tested until another time."""
        self._insist_on_being_there()
        if until <= now:
            raise DeviceTestEndsTooSoon
        if until > now + LONGEST_TEST:
            raise DeviceTestTooLong
        return DeviceTestStarted(until=until, reason=required_text(reason, field="reason"))

    def end_test(self, now: datetime) -> DeviceTestEnded:
        if not self.is_tested(now):
            raise DeviceIsNotTested
        return DeviceTestEnded()

    def suspend(self, reason: str) -> DeviceSuspended:
        self._insist_on_being_there()
        if self.state is DeviceState.SUSPENDED:
            raise DeviceIsSuspended
        return DeviceSuspended(reason=required_text(reason, field="reason"))

    def resume(self) -> DeviceResumed:
        self._insist_on_being_there()
        if self.state is DeviceState.IN_SERVICE:
            raise DeviceIsInService
        return DeviceResumed()

    def retire(self, reason: str) -> DeviceRetired:
        self._insist_on_being_there()
        return DeviceRetired(reason=required_text(reason, field="reason"))

    def signal(
        self, zone: int | None, alarm: AlarmId, report: ReportId, before: AlarmId | None, now: datetime, *, test: bool
    ) -> DeviceSignalled:
        """`before` is the zone's last alarm as whoever chose `alarm` saw it: two signals at once do not open two alarms."""
        if self.is_tested(now) != test or self.latest.get((zone, test)) != before:
            raise SignalOvertaken
        return DeviceSignalled(zone=zone, alarm=alarm, report=report, test=test)

    def is_tested(self, now: datetime) -> bool:
        return self.tested_until is not None and now < self.tested_until

    def lies_at(self, zone: int | None) -> Point:
        """Where a zone is; where the device is, if nobody said more."""
        told = self.zones.get(zone) if zone is not None else None
        return told.place if told is not None and told.place is not None else self.place

    def _insist_on_being_there(self) -> None:
        if self.state is DeviceState.RETIRED:
            raise DeviceIsRetired

    @classmethod
    def begin(cls, event: TechAlarmDeviceRegistered) -> TechAlarmDevice:
        return cls(event.number, event.division, event.station, event.place, event.address)

    def apply(self, event: TechAlarmDeviceChange) -> TechAlarmDevice:  # noqa: PLR0911 - one line for each event
        match event:
            case DeviceZoneSet(zone=zone):
                return evolve(self, zones={**self.zones, zone: event})
            case DeviceTestStarted(until=until):
                return evolve(self, tested_until=until)
            case DeviceTestEnded():
                return evolve(self, tested_until=None)
            case DeviceSuspended():
                return evolve(self, state=DeviceState.SUSPENDED)
            case DeviceResumed():
                return evolve(self, state=DeviceState.IN_SERVICE)
            case DeviceRetired():
                return evolve(self, state=DeviceState.RETIRED)
            case DeviceSignalled(zone=zone, alarm=alarm, test=test):
                return evolve(self, latest={**self.latest, (zone, test): alarm})
            case _:
                assert_never(event)


def _named(cameras: tuple[CameraId, ...]) -> tuple[CameraId, ...]:
    try:
        named = tuple(dict.fromkeys(map(camera_number, cameras)))
    except InvalidValue as refusal:
        raise type(refusal)(field="cameras") from None
    if len(named) > MOST_ZONE_CAMERAS:
        raise TooManyZoneCameras
    return named
