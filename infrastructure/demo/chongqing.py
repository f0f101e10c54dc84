"""Chongqing from 2006 to 2010 as its published account has it: no figure is kept, each follows from events at their dates.

What the account does not name is numbered and says so. Which eleven districts its "main city" held, and which stations had no room, it
does not tell: here they are numbered ones. The traffic police's cameras are counted among those that the police built.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain

from application.casework import cases
from application.commands import Command
from application.dispatching import alarms
from application.jurisdiction import area_groups, divisions, legal_bases, organisations
from application.requests import Request
from application.surveillance import cameras, posts
from domain.casework.events import ClearanceKind, Contribution, ContributionChannel, ContributionRole, Offence
from domain.dispatching.events import AlarmOutcome, AlarmResult, IntakeKind, ReportSource
from domain.ids import (
    AlarmId,
    AreaGroupId,
    CameraId,
    CaseId,
    CommandId,
    DivisionCode,
    DivisionId,
    LegalBasisId,
    OfficerId,
    OrganisationId,
    PersonId,
    PostId,
    RegisteredCameraId,
    ReportId,
    RequestId,
)
from domain.jurisdiction.events import DivisionLevel, LegalBasisKind, OrganisationKind
from domain.places import Point
from domain.surveillance.events import Builder, OwnerSector, PostLevel
from infrastructure.demo.world import Beat, Story, World

CITY = DivisionCode("500000")
BUREAU = OrganisationId("CQ")
MAIN_CITY = "main-city-2010"
FOUNDED = date(2006, 1, 1)
BEGINS = datetime(2006, 9, 1, 1, tzinfo=UTC)
VIDEO_SINCE = datetime(2007, 5, 1, 1, tzinfo=UTC)
ENDS = datetime(2010, 6, 24, 10, tzinfo=UTC)
DAYS = (ENDS - BEGINS).days
WRITER, APPROVER = OfficerId("CQ-2010-a"), OfficerId("CQ-2010-b")
BY_VIDEO = (Contribution(ContributionChannel.VIDEO, ContributionRole.DETECTED),)
NAMED = (
    ("500103", "YZ", "Yuzhong", "渝中", 18),
    ("500106", "SPB", "Shapingba", "沙坪坝", 24),
    ("500104", "DDK", "Dadukou", "大渡口", 4),
    ("500105", "JB", "Jiangbei", "江北", 3),
)
"""Code, short name, names, and stations: of the last two the account tells only that Jiangbei has three in its business district."""
SUB_BUREAUS = 42
STATIONS = 170
EQUIPPED = 133
IN_MAIN_CITY = 11
TRAFFIC_POLICE = "CQ-TRAFFIC"
ACHIEVED = (
    (AlarmOutcome.MASS_INCIDENT, 12),
    (AlarmOutcome.INCIPIENT_TROUBLE, 20),
    (AlarmOutcome.DISPUTE, 46),
)
SOLVED = 15


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of what there is a great deal of; a test tells a smaller city with the same stations."""

    cameras: int = 200_000
    by_the_police: int = 6_102
    of_the_traffic_police: int = 309
    in_the_main_city: int = 3_000
    rooms: int = 14_728


@dataclass(frozen=True, slots=True)
class SubBureau:
    code: OrganisationId
    division: DivisionCode
    name_en: str
    name_zh: str
    stations: tuple[OrganisationId, ...]


def begun(counts: Counts) -> World:
    """The story, ready to be told up to `ENDS`."""
    world, city = World(seed=2010), sub_bureaus()
    stations = [(each, station) for each in city for station in each.stations]
    world.start(_founding(world, city))
    world.start(_own_rooms(world, city, stations))
    world.start(_rooms_of_others(world, stations, counts.rooms - SUB_BUREAUS - EQUIPPED))
    world.start(_cameras(world, city, counts))
    world.start(_achievements(world, city[2]))
    world.start(_solved(world, city[2]))
    return world


def sub_bureaus() -> list[SubBureau]:
    """Those that are named, with all their stations; the others share what is left, three or four each."""
    named = [
        SubBureau(OrganisationId(f"CQ-{short}"), DivisionCode(code), f"{en} sub-bureau", f"{zh}区分局", _stations(f"CQ-{short}", count))
        for code, short, en, zh, count in NAMED
    ]
    others, left = SUB_BUREAUS - len(named), STATIONS - sum(len(each.stations) for each in named)
    shares = [left // others + (place < left % others) for place in range(others)]
    return named + [_numbered(len(named) + place, stations) for place, stations in enumerate(shares, 1)]


def _numbered(number: int, stations: int) -> SubBureau:
    code = f"CQ-{number:02}"
    return SubBureau(
        OrganisationId(code),
        CITY,
        f"Sub-bureau {number}, which the account does not name",
        f"第{number}分局（来源未载名称）",
        _stations(code, stations),
    )


def _stations(code: str, count: int) -> tuple[OrganisationId, ...]:
    return tuple(OrganisationId(f"{code}-{number:02}") for number in range(1, count + 1))


def _founding(world: World, city: Sequence[SubBureau]) -> Story:
    for command in chain(_divisions(world), _organisations(city), _papers(world)):
        yield _beat(world, BEGINS, command)
    members = tuple(each.code for each in city[len(NAMED) : len(NAMED) + IN_MAIN_CITY])
    grouped = area_groups.establish(AreaGroupId(world.id()), MAIN_CITY, "Main city, 11 districts", "主城11区", FOUNDED, members)
    yield _beat(world, BEGINS, grouped)


def _divisions(world: World) -> Iterator[Command]:
    yield divisions.establish(DivisionId(world.id()), CITY, "Chongqing", "重庆市", DivisionLevel.CITY, FOUNDED)
    for code, _, en, zh, _ in NAMED:
        yield divisions.establish(DivisionId(world.id()), DivisionCode(code), en, f"{zh}区", DivisionLevel.COUNTY, FOUNDED, CITY)


def _organisations(city: Sequence[SubBureau]) -> Iterator[Command]:
    kinds = OrganisationKind
    yield organisations.establish(BUREAU, kinds.CITY_BUREAU, "Chongqing Public Security Bureau", "重庆市公安局", CITY, FOUNDED)
    for each in city:
        yield organisations.establish(each.code, kinds.SUB_BUREAU, each.name_en, each.name_zh, each.division, FOUNDED, BUREAU)
        for number, station in enumerate(each.stations, 1):
            en, zh = f"Station {number}, {each.name_en}", f"{each.name_zh}第{number}派出所"
            yield organisations.establish(station, kinds.STATION, en, zh, each.division, FOUNDED, each.code)


def _papers(world: World) -> Iterator[Command]:
    """The decree and the standard by which it was built (R1, R2)."""
    decree, standard = "Rules on public-safety video systems", "Technical specification of public-safety video systems"
    yield legal_bases.enact(
        legal_basis=LegalBasisId(world.id()),
        code="CQ-196",
        kind=LegalBasisKind.DECREE,
        title_en=decree,
        title_zh="社会公共安全视频图像信息系统管理办法",
        valid_from=BEGINS.date(),
        number="196",
    )
    yield legal_bases.enact(
        legal_basis=LegalBasisId(world.id()),
        code="DB50/216-2006",
        kind=LegalBasisKind.STANDARD,
        title_en=standard,
        title_zh="社会公共安全视频图像信息系统技术规范",
        valid_from=BEGINS.date(),
        number="DB50/216",
        edition="2006",
    )


def _own_rooms(world: World, city: Sequence[SubBureau], stations: Sequence[tuple[SubBureau, OrganisationId]]) -> Story:
    """Of all sub-bureaus and of 133 stations."""
    own = [(each, each.code, PostLevel.SUB_BUREAU) for each in city]
    own += [(each, station, PostLevel.STATION) for each, station in stations[:EQUIPPED]]
    for number, (sub_bureau, station, level) in enumerate(own):
        yield _room(world, f"M-{number + 1:03}", sub_bureau, station, level, _moment(BEGINS, number, len(own)))


def _rooms_of_others(world: World, stations: Sequence[tuple[SubBureau, OrganisationId]], count: int) -> Story:
    for number in range(count):
        sub_bureau, station = stations[number % len(stations)]
        yield _room(world, f"S-{number + 1:05}", sub_bureau, station, PostLevel.SOCIAL, _moment(BEGINS, number, count))


def _room(world: World, number: str, sub_bureau: SubBureau, station: OrganisationId, level: PostLevel, at: datetime) -> Beat:
    name = f"Room {number}", f"{number}监控室"
    return _beat(world, at, posts.establish(PostId(world.id()), number, *name, level, station, sub_bureau.division, at.date()))


def _cameras(world: World, city: Sequence[SubBureau], counts: Counts) -> Story:
    """Those of the main city first to be counted out; those of the police spread over all."""
    main = city[len(NAMED) : len(NAMED) + IN_MAIN_CITY]
    inside = [(each, station) for each in main for station in each.stations]
    outside = [(each, station) for each in city if each not in main for station in each.stations]
    for number in range(counts.cameras):
        there, place = (inside, number) if _due(number, counts.in_the_main_city, counts.cameras) else (outside, number)
        sub_bureau, station = there[place % len(there)]
        yield _beat(world, _moment(BEGINS, number, counts.cameras), _camera(world, sub_bureau, station, number, counts))


def _camera(world: World, sub_bureau: SubBureau, station: OrganisationId, number: int, counts: Counts) -> Command:
    of_the_police = _due(number, counts.by_the_police, counts.cameras)
    rank = number * counts.by_the_police // counts.cameras
    traffic = of_the_police and _due(rank, counts.of_the_traffic_police, counts.by_the_police)
    sectors = [each for each in OwnerSector if each is not OwnerSector.TRAFFIC]
    return cameras.register(
        camera=RegisteredCameraId(world.id()),
        gb28181_id=CameraId(f"{sub_bureau.division}0000131{number:07}"),
        sector=OwnerSector.TRAFFIC if traffic else sectors[number % len(sectors)],
        owner=TRAFFIC_POLICE if traffic else station,
        builder=Builder.POLICE if of_the_police else Builder.SOCIAL,
        division=sub_bureau.division,
        station=station,
        place=Point(106.3 + number % 700 / 1_000, 29.3 + number // 700 % 600 / 1_000),
        range=80,
    )


def _achievements(world: World, dadukou: SubBureau) -> Story:
    """What Dadukou achieved by video since May 2007 (R37)."""
    outcomes = [outcome for outcome, count in ACHIEVED for _ in range(count)]
    world.random.shuffle(outcomes)
    for number, outcome in enumerate(outcomes):
        alarm, at = AlarmId(world.id()), _moment(VIDEO_SINCE, number, len(outcomes))
        station = dadukou.stations[number % len(dadukou.stations)]
        opened = alarms.open(alarm, ReportId(world.id()), ReportSource.VIDEO_PATROL, IntakeKind.ALARM, dadukou.division, station)
        yield _beat(world, at, opened)
        yield _beat(world, at, alarms.record_result(alarm, AlarmResult.HANDLED, outcome=outcome, contributions=BY_VIDEO))


def _solved(world: World, dadukou: SubBureau) -> Story:
    for number in range(SOLVED):
        case, person, request, at = CaseId(world.id()), PersonId(world.id()), RequestId(world.id()), _moment(VIDEO_SINCE, number, SOLVED)
        station = dadukou.stations[number % len(dadukou.stations)]
        for command in (
            cases.register(case, f"DDK-{number + 1:03}", dadukou.division, station, (Offence("THEFT", 1),)),
            cases.accept(case),
            cases.file(case),
            cases.identify_suspect(case, person),
            cases.record_arrest(case, person),
            cases.clear(case, request, ClearanceKind.ARREST, "CHARGED", contributions=BY_VIDEO),
        ):
            yield _beat(world, at, command)
        yield _beat(world, at, cases.approve(case, request), APPROVER)


def _beat(world: World, at: datetime, command: Command, by: OfficerId = WRITER) -> Beat:
    return Beat(at, Request(command=command, command_id=CommandId(world.id()), by=by, organisation=BUREAU, effective_at=at))


def _moment(since: datetime, number: int, count: int) -> datetime:
    """The dates are not told one by one: they are spread evenly."""
    return since + (ENDS - since) * (number / count)


def _due(number: int, some: int, all: int) -> bool:
    """So that of `all` numbers `some` are due, evenly."""
    return (number + 1) * some // all > number * some // all
