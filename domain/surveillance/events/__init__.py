"""All events of surveillance, by what they happen to."""

from __future__ import annotations

from domain.surveillance.events.cameras import (
    Builder as Builder,
    CameraAccepted as CameraAccepted,
    CameraChange as CameraChange,
    CameraHealth as CameraHealth,
    CameraMoved as CameraMoved,
    CameraNetworked as CameraNetworked,
    CameraRegistered as CameraRegistered,
    CameraResumed as CameraResumed,
    CameraRetired as CameraRetired,
    CameraState as CameraState,
    CameraSuspended as CameraSuspended,
    FaultRepaired as FaultRepaired,
    FaultReported as FaultReported,
    HealthChanged as HealthChanged,
    OwnerSector as OwnerSector,
)
from domain.surveillance.events.devices import (
    DeviceKind as DeviceKind,
    DeviceResumed as DeviceResumed,
    DeviceRetired as DeviceRetired,
    DeviceSignalled as DeviceSignalled,
    DeviceState as DeviceState,
    DeviceSuspended as DeviceSuspended,
    DeviceTestEnded as DeviceTestEnded,
    DeviceTestStarted as DeviceTestStarted,
    DeviceZoneSet as DeviceZoneSet,
    TechAlarmDeviceChange as TechAlarmDeviceChange,
    TechAlarmDeviceRegistered as TechAlarmDeviceRegistered,
)
from domain.surveillance.events.staffing import (
    CamerasConnected as CamerasConnected,
    CamerasDisconnected as CamerasDisconnected,
    DutyRosterChange as DutyRosterChange,
    MonitoringPostChange as MonitoringPostChange,
    MonitoringPostClosed as MonitoringPostClosed,
    MonitoringPostEstablished as MonitoringPostEstablished,
    PostLevel as PostLevel,
    PostRostered as PostRostered,
    RosterPublished as RosterPublished,
    Shift as Shift,
    ShiftEnded as ShiftEnded,
    ShiftHandedOver as ShiftHandedOver,
    ShiftMissed as ShiftMissed,
    ShiftReassigned as ShiftReassigned,
    ShiftsSwapped as ShiftsSwapped,
    ShiftStarted as ShiftStarted,
)
