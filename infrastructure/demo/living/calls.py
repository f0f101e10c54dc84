"""Who calls: so many alarms as the hour has, each of a kind, at a place of its station."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate
from random import Random

from application.identity import Role
from domain.dispatching.events import ReportSource
from domain.ids import OfficerId, OrganisationId
from infrastructure.demo.alarms import OFTEN, SOURCES, TEST
from infrastructure.demo.city import District, Station
from infrastructure.demo.kinds import Kind, some_kind
from infrastructure.demo.living.acts import Act, Who
from infrastructure.demo.living.pace import Pace, count
from infrastructure.demo.living.signals import SHARE
from infrastructure.demo.matter import SYNTHETIC

TECHNICAL = "INTRUSION"


def calls(pace: Pace, districts: tuple[District, ...], slot: datetime, room: int) -> Iterator[Act]:
    """Those of one look at the board, and no more than there is room for."""
    random = pace.drawn("calls", slot.isoformat())
    for number in range(min(count(random, pace.expected(slot) * (1 - SHARE)), room)):
        yield _call(pace, pace.drawn("call", slot.isoformat(), number), districts, slot, number)


def _call(pace: Pace, random: Random, districts: tuple[District, ...], slot: datetime, number: int) -> Act:
    district = random.choices(districts, cum_weights=list(accumulate(each.weight for each in districts)))[0]
    station, kind = random.choice(district.stations), some_kind(random)
    id, place = pace.id(slot, "alarm", slot.isoformat(), number), district.somewhere(random, station)
    given = {
        "alarm": str(id),
        "report": str(pace.id(slot, "report", slot.isoformat(), number)),
        "source": _source(random, kind),
        "kind": kind.intake,
        "division": district.code,
        "station": station.code,
        "alarmType": kind.alarm_type,
        "place": {"longitude": place.longitude, "latitude": place.latitude},
        "summary": f"{SYNTHETIC}: {kind.summary}",
        "test": random.random() < TEST,
    }
    return Act("openAlarm", given, dispatcher(station.code), str(id))


def _source(random: Random, kind: Kind) -> ReportSource:
    return ReportSource.TECH_ALARM if kind.alarm_type == TECHNICAL else random.choices(SOURCES, cum_weights=OFTEN)[0]


def dispatcher(station: OrganisationId) -> Who:
    """Whoever sits at the desk of the station's sub-bureau."""
    sub_bureau = OrganisationId(station.rpartition("-")[0])
    return Who(OfficerId(f"{sub_bureau}-dispatcher"), sub_bureau, Role.DISPATCHER)


def stations(districts: tuple[District, ...]) -> dict[str, tuple[District, Station]]:
    return {station.code: (district, station) for district in districts for station in district.stations}
