"""What technical alarm devices tell. An alarm is never lost: nothing but a key that may not tell anything is refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid5

from application.access import Access
from application.commands import Command, change, internal
from application.desk import Desk
from application.dispatching import alarms
from application.identity import Principal
from application.ports import Clock, EventLog
from application.refusals import TooBusy
from application.requests import Done, Request
from domain.aggregates import Act
from domain.dispatching.rules import AlarmIsClosed, AlarmIsMerged
from domain.ids import AlarmId, CommandId, DeviceId, DivisionCode, OrganisationId, ReportId
from domain.places import Point
from domain.surveillance.events import DeviceSignalled
from domain.surveillance.tech_alarm_device import SignalOvertaken, TechAlarmDevice

ATTEMPTS = 8
"""A device that tells of several zones at once meets itself."""
_NAMESPACE = UUID("3b7e9a52-8f0c-5d1e-9a77-70c51a000002")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What a device told: its number, the zone, its own clock, and what the sender calls the message."""

    number: str
    external_id: str
    zone: int | None = None
    device_at: datetime | None = None

    def id(self, sender: str) -> CommandId:
        """The same message by the same sender is the same command. A counter that began anew tells another time."""
        return CommandId(uuid5(_NAMESPACE, repr((sender, self.number, self.zone, self.external_id, self.device_at))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Where a signal belongs. `open` is the alarm that it is added to; `before` the last one of the zone, however it stands."""

    division: DivisionCode
    station: OrganisationId
    device: DeviceId | None = None
    place: Point | None = None
    address: str = ""
    test: bool = False
    before: AlarmId | None = None
    open: AlarmId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """`opened` says whether the alarm is a new one, `known` whether the device is registered where the sender reaches."""

    done: Done
    alarm: AlarmId
    opened: bool
    known: bool


class Lines(Protocol):
    """What is known of devices and alarms at this moment."""

    async def device(self, principal: Principal, number: str) -> DeviceId | None:
        """Where the sender reaches; elsewhere there is none."""
        ...

    async def open_alarm(self, alarm: AlarmId, since: datetime) -> AlarmId | None:
        """It, or the one it was merged into, where that is open and was received since then."""
        ...

    async def division(self, organisation: OrganisationId) -> DivisionCode: ...


@internal
def take(number: str, zone: int | None, external_id: str, device_at: datetime | None) -> Command:  # noqa: ARG001 - what the command says
    """Take what a device tells: it opens an alarm, or is added to the open one of the same device and zone.

    受理技防报警设备信号：生成警情，或追加到同一设备、同一防区的未办结警情。
    """
    return Command(())  # `taken_up` gives the steps


def taken_up(command: Command, id: CommandId, signal: Signal, line: Line) -> Command:
    """With the alarm that it opens or is added to. It stays the same command, so that a repeat is answered like the first time."""
    alarm, report = line.open or AlarmId(uuid5(id, "alarm")), report_of(id)
    if line.open is not None:
        taken = alarms.add_signal(alarm, report, signal.number, signal.external_id, signal.zone)
    else:
        taken = alarms.open_by_device(
            alarm,
            report,
            signal.number,
            line.division,
            line.station,
            signal.external_id,
            line.device,
            signal.zone,
            line.place,
            line.address,
            line.test,
        )
    if line.device is not None:
        taken = taken & _signalled(line.device, alarm, report, signal, line)
    return taken._replace(name=command.name, content=command.content)


def report_of(id: CommandId) -> ReportId:
    return ReportId(uuid5(id, "report"))


def _signalled(device: DeviceId, alarm: AlarmId, report: ReportId, signal: Signal, line: Line) -> Command:
    def decide(it: TechAlarmDevice, act: Act) -> DeviceSignalled:
        return it.signal(signal.zone, alarm, report, line.before, act.now, test=line.test)

    return change(TechAlarmDevice, device, decide)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes signals. Within `window` of its alarm a further signal of a zone is the same happening."""

    desk: Desk
    log: EventLog
    lines: Lines
    access: Access
    clock: Clock
    window: timedelta

    async def receive(self, principal: Principal, signal: Signal) -> Received:
        id = signal.id(principal.officer)
        for attempt in range(ATTEMPTS):
            line = await self._line(principal, signal, fresh=attempt > 0)
            try:
                done = await self.desk.carry_out(await self._request(principal, id, signal, line))
            except (SignalOvertaken, AlarmIsClosed, AlarmIsMerged):
                continue
            (alarm,) = await self.log.holders("report", str(report_of(id)))
            return Received(done=done, alarm=AlarmId(alarm), opened=alarm == uuid5(id, "alarm"), known=line.device is not None)
        raise TooBusy

    async def _request(self, principal: Principal, id: CommandId, signal: Signal, line: Line) -> Request:
        """What must be allowed is to open an alarm there; what the alarm is added to is nobody's choice."""
        bare = take(signal.number, signal.zone, signal.external_id, signal.device_at)
        opening = taken_up(bare, id, signal, replace(line, device=None, open=None))
        await self.access.insist(principal, opening, [line.station])
        return Request(
            command=taken_up(bare, id, signal, line),
            command_id=id,
            by=principal.officer,
            organisation=principal.organisation,
            device_at=signal.device_at,
        )

    async def _line(self, principal: Principal, signal: Signal, *, fresh: bool) -> Line:
        id = await self.lines.device(principal, signal.number)
        found = None if id is None else (await self.desk.states([(TechAlarmDevice, id)], fresh=fresh)).get(id)
        if id is None or found is None:
            return Line(division=await self.lines.division(principal.organisation), station=principal.organisation)
        device: TechAlarmDevice = found
        now = self.clock.now()
        test = device.is_tested(now)
        before = device.latest.get((signal.zone, test))
        return Line(
            division=device.division,
            station=device.station,
            device=id,
            place=device.lies_at(signal.zone),
            address=device.address,
            test=test,
            before=before,
            open=None if before is None else await self.lines.open_alarm(before, now - self.window),
        )
