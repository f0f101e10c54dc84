"""Technical alarm devices as they are now, and their zones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.surveillance.views import DeviceZoneView, TechAlarmDeviceView
from domain.events import Recorded
from domain.ids import zone_of
from domain.surveillance.events import (
    DeviceResumed,
    DeviceRetired,
    DeviceSignalled,
    DeviceState,
    DeviceSuspended,
    DeviceTestEnded,
    DeviceTestStarted,
    DeviceZoneSet,
    TechAlarmDeviceRegistered,
)
from infrastructure.projections.changes import Change, Insert, More, Patch, Put
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

DEVICES = table_of(TechAlarmDeviceView, "tech_alarm_devices", indexes=[("station",)])
DEVICE_ZONES = table_of(DeviceZoneView, "device_zones", indexes=[("device",)])

on_device = Handlers()


@on_device(TechAlarmDeviceRegistered)
def device_registered(record: Recorded[TechAlarmDeviceRegistered]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "number": event.number,
        "kind": event.kind,
        "state": DeviceState.IN_SERVICE,
        "owner": event.owner,
        "division": event.division,
        "station": event.station,
        "place": event.place,
        "address": event.address,
        "test_reason": "",
        "signals": 0,
        "registered_at": record.effective_at,
    }
    return (Insert(DEVICES, values),)


@on_device(DeviceZoneSet)
def device_zone_set(record: Recorded[DeviceZoneSet]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": zone_of(record.originator_id, event.zone),
        "device": record.originator_id,
        "number": event.zone,
        "name": event.name,
        "place": event.place,
        "cameras": event.cameras,
        "set_at": record.effective_at,
    }
    return (*_device(record), Put(DEVICE_ZONES, values))


@on_device(DeviceTestStarted)
def device_test_started(record: Recorded[DeviceTestStarted]) -> Iterable[Change]:
    return _device(record, tested_until=record.event.until, test_reason=record.event.reason)


@on_device(DeviceTestEnded)
def device_test_ended(record: Recorded[DeviceTestEnded]) -> Iterable[Change]:
    return _device(record, tested_until=None, test_reason="")


@on_device(DeviceSuspended)
def device_suspended(record: Recorded[DeviceSuspended]) -> Iterable[Change]:
    return _device(record, state=DeviceState.SUSPENDED)


@on_device(DeviceResumed)
def device_resumed(record: Recorded[DeviceResumed]) -> Iterable[Change]:
    return _device(record, state=DeviceState.IN_SERVICE)


@on_device(DeviceRetired)
def device_retired(record: Recorded[DeviceRetired]) -> Iterable[Change]:
    return _device(record, state=DeviceState.RETIRED, retired_at=record.effective_at)


@on_device(DeviceSignalled)
def device_signalled(record: Recorded[DeviceSignalled]) -> Iterable[Change]:
    return _device(record, signals=More(1), signalled_at=record.effective_at)


def _device(record: Recorded[Any], **values: Any) -> tuple[Change, ...]:
    values["version"] = record.version
    return (Patch(DEVICES, record.originator_id, values),)
