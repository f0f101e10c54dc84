"""Technical alarm devices of banks and shops around the stations, each with its zones, and a camera that looks at the counter of one."""

from __future__ import annotations

from datetime import datetime
from random import Random

from application.commands import Command
from application.surveillance import cameras, devices
from domain.ids import CameraId, DeviceId, OfficerId, RegisteredCameraId
from domain.places import Point
from domain.surveillance.events import Builder, DeviceKind, OwnerSector
from infrastructure.demo.city import BUREAU, SYNTHETIC_EN, District, Station
from infrastructure.demo.world import Story, World

VIDEO_OFFICE = OfficerId("DEMO-video-office")
EACH, ZONES = 2, ("Counter", "Store room")
KINDS = (DeviceKind.INTRUSION, DeviceKind.INTRUSION, DeviceKind.HOLD_UP)
WATCHED = 1
"""Of each station's devices, the one whose owner has a camera."""
SERIAL = 9_000_000
"""Where the numbers of owners' cameras begin, behind all those of the rooms."""
ACROSS = 0.0002
"""Degrees to the south of the shop from which its camera looks north."""


def equipping(world: World, at: datetime) -> None:
    """Start what each station's surroundings have."""
    random = world.drawn("devices")
    for district in world.districts:
        for station in district.stations:
            world.start(_registered(world, random, district, station, at))


def number_of(station: Station, each: int) -> str:
    return f"{station.code}-T{each}"


def _registered(world: World, random: Random, district: District, station: Station, at: datetime) -> Story:
    for each in range(1, EACH + 1):
        number = number_of(station, each)
        device, place = DeviceId(world.named("device", number)), district.somewhere(random, station)
        owner = f"{SYNTHETIC_EN} shop {number}"
        registered = devices.register(device, number, random.choice(KINDS), owner, district.code, station.code, place)
        yield world.deed(at, registered, VIDEO_OFFICE, BUREAU, "device", number)
        seen: tuple[CameraId, ...] = ()
        if each == WATCHED:
            seen = (CameraId(f"{district.code}0000132{SERIAL + station.number:07}"),)
            yield world.deed(at, _camera(world, seen[0], number, owner, district, station, place), VIDEO_OFFICE, BUREAU, "camera", number)
        for zone, name in enumerate(ZONES, start=1):
            yield world.deed(at, devices.set_zone(device, zone, name, None, seen), VIDEO_OFFICE, BUREAU, "device", number, name)


def _camera(world: World, id: CameraId, number: str, owner: str, district: District, station: Station, shop: Point) -> Command:
    return cameras.register(
        camera=RegisteredCameraId(world.named("camera", number)),
        gb28181_id=id,
        sector=OwnerSector.DEPARTMENT_STORE,
        owner=owner,
        builder=Builder.SOCIAL,
        division=district.code,
        station=station.code,
        place=Point(shop.longitude, round(shop.latitude - ACROSS, 6)),
        range=50,
        bearing=0.0,
        field_of_view=90.0,
        networked=True,
    )
