"""Who watches the city: rooms in most stations, cameras around them, and the rosters of the last two days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from application.commands import Command
from application.surveillance import cameras, posts, rosters
from domain.ids import CameraId, DivisionCode, OfficerId, OrganisationId, PostId, RegisteredCameraId, RosterId
from domain.places import Point
from domain.surveillance.events import Builder, OwnerSector, PostLevel, Shift
from infrastructure.demo.caring import Room, cared_for
from infrastructure.demo.city import BUREAU, CITY, SYNTHETIC_EN, SYNTHETIC_ZH, District, Station
from infrastructure.demo.founding import FOUNDER, SINCE
from infrastructure.demo.world import Story, World

ZONE = ZoneInfo("Asia/Shanghai")
EQUIPPED = 0.78
"""The share of stations with a room of their own."""
CAMERAS = 10
"""Around each room."""
BUILT_BY_THE_POLICE = 0.05
NETWORKED = 0.8
MISSED = 0.02
"""The share of shifts to which nobody comes."""
SHIFT = timedelta(hours=8)


def watching(world: World, begins: datetime, end: datetime) -> None:
    """Start what each station's room has to tell. What is drawn for it leaves the year's own draws as they are."""
    random, serial = Random(world.id().int), 0  # noqa: S311 - a story, not a secret
    for district in world.districts:
        for station in district.stations:
            if random.random() < EQUIPPED:
                numbers = [CameraId(f"{district.code}0000132{serial + each:07}") for each in range(CAMERAS)]
                world.start(_room(world, random, district, station, numbers, begins, end))
                serial += CAMERAS
        world.start(_above(world, district.sub_bureau, district.code, PostLevel.SUB_BUREAU, district.middle, begins, end))
    world.start(_above(world, BUREAU, CITY, PostLevel.CITY, world.districts[0].middle, begins, end))


def _above(
    world: World, organisation: OrganisationId, division: DivisionCode, level: PostLevel, place: Point, begins: datetime, end: datetime
) -> Story:
    """The room of a sub-bureau, or of the city: somebody watches there, too."""
    post, head = PostId(world.named("room", organisation)), OfficerId(f"{organisation}-head")
    desk = Station(organisation, 0, division, place, (), OfficerId(f"{organisation}-desk"), head)
    names = f"{SYNTHETIC_EN} monitoring room, {organisation}", f"{SYNTHETIC_ZH}监控中心 {organisation}"
    established = posts.establish(post, f"{organisation}-M", *names, level, organisation, division, SINCE)
    yield world.deed(begins, established, FOUNDER, organisation, "room", organisation)
    for day in _days(end):
        world.start(_day(world, world.drawn("room", organisation, f"{day:%Y-%m-%d}"), desk, post, day))


def _room(
    world: World, random: Random, district: District, station: Station, numbers: Sequence[CameraId], begins: datetime, end: datetime
) -> Story:
    post = PostId(world.id())
    established = posts.establish(
        post=post,
        number=f"{station.code}-M",
        name_en=f"{SYNTHETIC_EN} monitoring room, station {station.number}, {district.name_en}",
        name_zh=f"{SYNTHETIC_ZH}{district.name_zh}第{station.number}派出所监控室",
        level=PostLevel.STATION,
        station=station.code,
        division=district.code,
        valid_from=SINCE,
    )
    yield world.beat(begins, established, FOUNDER, station)
    sectors = [random.choice(list(OwnerSector)) for _ in numbers]
    there = [_camera(world, random, district, station, number, sector) for number, sector in zip(numbers, sectors, strict=True)]
    for camera in there:
        yield world.beat(begins, camera, FOUNDER, station)
    ids = [RegisteredCameraId(camera.subject) for camera in there]
    cared_for(world, Room(district, station, post, dict(zip(ids, sectors, strict=True))), end)
    yield world.beat(begins, posts.connect(post, tuple(numbers)), FOUNDER, station)
    for day in _days(end):
        world.start(_day(world, random, station, post, day))


def _camera(world: World, random: Random, district: District, station: Station, number: CameraId, sector: OwnerSector) -> Command:
    return cameras.register(
        camera=RegisteredCameraId(world.id()),
        gb28181_id=number,
        sector=sector,
        owner=station.code,
        builder=Builder.POLICE if random.random() < BUILT_BY_THE_POLICE else Builder.SOCIAL,
        division=district.code,
        station=station.code,
        place=district.somewhere(random, station),
        range=random.choice((50, 80, 150)),
        bearing=float(random.randrange(360)),
        field_of_view=90.0,
        networked=random.random() < NETWORKED,
    )


def _days(end: datetime) -> Iterator[datetime]:
    """The beginnings of yesterday and of today."""
    today = datetime.combine(end.astimezone(ZONE).date(), time.min, ZONE)
    yield today - timedelta(days=1)
    yield today


def _day(world: World, random: Random, station: Station, post: PostId, day: datetime) -> Story:
    roster = RosterId(world.id())
    starts = [day + SHIFT * number for number in range(3)]
    officers = [OfficerId(f"{station.code}-watch-{name}") for name in "abc"]
    shifts = tuple(Shift(officer=officer, starts_at=start, ends_at=start + SHIFT) for officer, start in zip(officers, starts, strict=True))
    published = rosters.publish(roster, post, day, day + timedelta(days=1), shifts)
    yield world.beat(day - timedelta(hours=6), published, station.head, station)
    present = [number for number in range(len(shifts)) if random.random() >= MISSED]
    yield from _came(world, random, station, roster, shifts, present)


def _came(world: World, random: Random, station: Station, roster: RosterId, shifts: Sequence[Shift], present: Sequence[int]) -> Story:
    """Who comes signs on a little early; who is relieved hands over, the last of the day signs off."""
    relieved = dict(pairwise(present))
    for number, shift in enumerate(shifts):
        early = shift.starts_at - timedelta(minutes=random.randrange(1, 12))
        if number in present:
            yield world.beat(early, rosters.sign_on(roster, number), shift.officer, station)
        before = number - 1
        if before in present and relieved.get(before) == number:
            yield world.beat(shift.starts_at, rosters.hand_over(roster, before, number), shifts[before].officer, station)
        elif before in present:
            yield world.beat(shift.starts_at, rosters.sign_off(roster, before), shifts[before].officer, station)
    if len(shifts) - 1 in present:
        yield world.beat(shifts[-1].ends_at, rosters.sign_off(roster, len(shifts) - 1), shifts[-1].officer, station)
