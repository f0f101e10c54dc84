"""The city of linkage.feature: stations around one street, with cameras, a device, rooms in which somebody watches."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from application.commands import Command
from application.dispatching import alarms
from application.identity import Principal, Role
from application.jurisdiction import organisations
from application.surveillance import cameras, devices, posts, rosters
from application.surveillance.signals import Signal
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import (
    AlarmId,
    ApiKeyId,
    CameraId,
    DeviceId,
    DivisionCode,
    OfficerId,
    OrganisationId,
    PostId,
    RegisteredCameraId,
    ReportId,
    RosterId,
)
from domain.jurisdiction.events import KeyAction, OrganisationKind
from domain.places import Point
from domain.surveillance.events import Builder, DeviceKind, OwnerSector, PostLevel, Shift
from features.city import City
from features.surveillance.conftest import BEARINGS, PLACE, beside

JIANGBEI = DivisionCode("500105")
LONG_AGO = date(2020, 1, 1)
WATCHER = "P-9"


@dataclass
class Street:
    """Things by their names."""

    city: City
    alarms: dict[str, AlarmId] = field(default_factory=dict[str, AlarmId])

    def camera(self, number: str) -> RegisteredCameraId:
        return RegisteredCameraId(self.city.id("camera", number))

    def device(self, name: str) -> DeviceId:
        return DeviceId(self.city.id("device", name))

    def post(self, name: str) -> PostId:
        return PostId(self.city.id("post", name))

    def organisation(self, code: str, kind: OrganisationKind, above: str | None = None) -> None:
        parent = None if above is None else OrganisationId(above)
        self.city.happened(organisations.establish(OrganisationId(code), kind, code, code, JIANGBEI, LONG_AGO, parent))
        self.city.catch_up()  # who stands above whom is told after the commit

    def stands(self, number: str, station: str, place: Point, range: int, direction: str) -> None:
        id, where = self.camera(number), (JIANGBEI, OrganisationId(station), place)
        self.city.happened(
            cameras.register(id, CameraId(number), OwnerSector.MARKET, "shop", Builder.SOCIAL, *where, range, BEARINGS[direction], 60.0)
        )

    def works(self, name: str, code: str, level: PostLevel, *, on_duty: bool = True, sees: str | None = None) -> None:
        post, now = self.post(name), self.city.clock.now()
        self.city.happened(posts.establish(post, name, name, name, level, OrganisationId(code), JIANGBEI, LONG_AGO, staffed24h=False))
        if sees is not None:
            self.city.happened(posts.connect(post, (CameraId(sees),)))
        if on_duty:
            roster, until = RosterId(uuid4()), now + timedelta(hours=8)
            self.city.happened(rosters.publish(roster, post, now, until, (Shift(OfficerId(WATCHER), now, until),)))
            self.city.happened(rosters.sign_on(roster, 0), by=WATCHER)

    def registered(self, name: str, station: str, zone: int) -> None:
        device, where = self.device(name), (JIANGBEI, OrganisationId(station), PLACE)
        self.city.happened(devices.register(device, name, DeviceKind.INTRUSION, "jeweller", *where))
        self.city.happened(devices.set_zone(device, zone, "back door"))

    def told(self, name: str, zone: int, alarm: str) -> None:
        """By an alarm receiving centre whose key reaches the sub-bureau."""
        actions, home = frozenset([KeyAction.SIGNAL]), OrganisationId("JB")
        centre = Principal(OfficerId("key:centre"), home, Role.INTEGRATION, None, ApiKeyId(uuid4()), (home,), actions)
        signal = Signal(number=name, zone=zone, external_id=f"{alarm} of {name}")
        self.alarms[alarm] = self.city.answered(self.city.tocsin.receiver.receive(centre, signal)).alarm
        self.city.policies_answer()

    def called(self, alarm: str, station: str, place: Point = PLACE, division: DivisionCode = JIANGBEI, **late: Any) -> None:
        id = self.alarms[alarm] = AlarmId(self.city.id("alarm", alarm))
        self.city.happened(call(id, OrganisationId(station), place, division), at=self.city.clock.now() - timedelta(**late))

    def name(self, id: AlarmId) -> str:
        return next(name for name, known in self.alarms.items() if known == id)


def call(alarm: AlarmId, station: OrganisationId, place: Point, division: DivisionCode) -> Command:
    return alarms.open(alarm, ReportId(uuid4()), ReportSource.CALL_110, IntakeKind.ALARM, division, station, place=place)


def north(metres: int) -> Point:
    return beside(metres, "north")
