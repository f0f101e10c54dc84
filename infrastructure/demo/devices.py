"""Technical alarm devices of banks and shops around the stations, each with its zones."""

from __future__ import annotations

from datetime import datetime
from random import Random

from application.surveillance import devices
from domain.ids import DeviceId, OfficerId
from domain.surveillance.events import DeviceKind
from infrastructure.demo.city import BUREAU, SYNTHETIC_EN, District, Station
from infrastructure.demo.world import Story, World

VIDEO_OFFICE = OfficerId("DEMO-video-office")
EACH, ZONES = 2, ("Counter", "Store room")
KINDS = (DeviceKind.INTRUSION, DeviceKind.INTRUSION, DeviceKind.HOLD_UP)


def equipping(world: World, at: datetime) -> None:
    """Start what each station's surroundings have."""
    random = world.drawn("devices")
    for district in world.districts:
        for station in district.stations:
            world.start(_registered(world, random, district, station, at))


def _registered(world: World, random: Random, district: District, station: Station, at: datetime) -> Story:
    for each in range(1, EACH + 1):
        number = f"{station.code}-T{each}"
        device, place = DeviceId(world.named("device", number)), district.somewhere(random, station)
        owner = f"{SYNTHETIC_EN} shop {number}"
        registered = devices.register(device, number, random.choice(KINDS), owner, district.code, station.code, place)
        yield world.deed(at, registered, VIDEO_OFFICE, BUREAU, "device", number)
        for zone, name in enumerate(ZONES, start=1):
            yield world.deed(at, devices.set_zone(device, zone, name), VIDEO_OFFICE, BUREAU, "device", number, name)
