"""The story of one alarm: received, triaged, attended, closed; sometimes merged, referred, reopened or a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random

from application.commands import Command
from application.dispatching import alarms, orders
from domain.dispatching.events import AlarmResult, AreaClass, ReportSource
from domain.ids import AlarmId, OfficerId, OrderId, ReportId
from domain.places import Point
from infrastructure.demo.achieving import achieved
from infrastructure.demo.cases import Origin, case
from infrastructure.demo.city import BUREAU, FLAT, District, Station, Unit
from infrastructure.demo.kinds import Kind, some_kind
from infrastructure.demo.matter import SYNTHETIC
from infrastructure.demo.world import Beat, Story, World

TRAVEL = {AreaClass.URBAN: 330, AreaClass.SUBURBAN: 520, AreaClass.RURAL: 980}
"""Seconds on the way, in the middle."""
SOURCES = list(ReportSource)
OFTEN = list(accumulate((78, 4, 6, 4, 0, 3, 4, 1)))
"""How often a report comes in each way; technical alarms come of their own kind."""
DUPLICATE, WRONG_MERGE, TEST, LATE_ENTRY = 0.025, 0.08, 0.002, 0.02
RECALLED, REASSESSED, REOPENED, REFERRED = 0.02, 0.03, 0.004, 0.5


@dataclass(frozen=True, slots=True)
class Call:
    """What an alarm is about."""

    id: AlarmId
    kind: Kind
    district: District
    station: Station
    place: Point
    at: datetime


def alarm(world: World, at: datetime) -> Story:
    district = world.district()
    station = world.random.choice(district.stations)
    call = Call(AlarmId(world.id()), some_kind(world.random), district, station, district.somewhere(world.random, station), at)
    if world.chance(TEST):
        yield from _test(world, call)
        return
    yield _received(world, call)
    if world.chance(DUPLICATE):
        world.start(_duplicate(world, call))
    if world.chance(call.kind.sent):
        yield from _attended(world, call)
    else:
        yield from _settled(world, call, world.after(at, 120, 900))


def _received(world: World, call: Call, *, test: bool = False) -> Beat:
    opened = alarms.open(
        alarm=call.id,
        report=ReportId(world.id()),
        source=_source(world, call.kind),
        kind=call.kind.intake,
        division=call.district.code,
        station=call.station.code,
        alarm_type=call.kind.alarm_type,
        place=call.place,
        summary=f"{SYNTHETIC}: {call.kind.summary}",
        test=test,
    )
    return world.beat(call.at, opened, call.station.officer, call.station)


def _source(world: World, kind: Kind) -> ReportSource:
    if kind.alarm_type == "INTRUSION":
        return ReportSource.TECH_ALARM
    return world.random.choices(SOURCES, cum_weights=OFTEN)[0]


def _attended(world: World, call: Call) -> Story:
    urgent = world.chance(call.kind.urgent)
    triaged = world.after(call.at, 15, 60)
    triage = alarms.triage(alarm=call.id, alarm_type=call.kind.alarm_type, priority="1" if urgent else "2", area_class=call.district.area)
    yield world.beat(triaged, triage, call.station.officer, call.station)
    if world.chance(REASSESSED):
        changed = alarms.change_priority(alarm=call.id, priority="2" if urgent else "1", reason=f"{SYNTHETIC}: reassessed")
        yield world.beat(triaged, changed, call.station.officer, call.station)
    sent = world.about(triaged, 35 if urgent else 90, 0.7)
    yield world.wait(sent)
    unit = world.take_unit(call.district, call.station)
    if unit is None:
        yield from _settled(world, call, world.after(sent, 300, 900))
    else:
        yield from _run(world, call, unit, sent)


def _run(world: World, call: Call, unit: Unit, sent: datetime) -> Story:
    """The unit's way to the alarm and back."""
    order, station = OrderId(world.id()), call.station
    yield _ordered(call, world.beat(sent, orders.send(order=order, alarm=call.id, unit=unit.id), station.officer, station))
    rolling = world.about(sent, 55, 0.5)
    yield world.beat(rolling, orders.en_route(order=order), unit.crew[0], station)
    if world.chance(RECALLED):
        yield from _recalled(world, call, unit, order, world.after(rolling, 30, 240))
        return
    arrived = world.about(rolling, TRAVEL[call.district.area], 0.45)
    yield world.beat(arrived, orders.arrive(order=order, alarm=call.id), unit.crew[0], station)
    cleared = world.about(arrived, 1500, 0.6)
    known = world.after(cleared, 1800, 14400) if world.chance(LATE_ENTRY) else cleared
    yield world.beat(cleared, orders.clear(order=order, unit=unit.id), unit.crew[0], station, known=known)
    world.give_back(unit)
    feedback = alarms.record_feedback(alarm=call.id, order=order, final=True, summary=f"{SYNTHETIC}: done")
    yield from _settled(world, call, world.after(known, 60, 1200), feedback)


def _ordered(call: Call, sent: Beat) -> Beat:
    """By the station's desk, or by the city's centre."""
    if call.district.code != FLAT or sent.request is None:
        return sent
    return sent._replace(request=sent.request._replace(by=OfficerId(f"{BUREAU}-desk"), organisation=BUREAU))


def _recalled(world: World, call: Call, unit: Unit, order: OrderId, at: datetime) -> Story:
    cancel = orders.cancel(order=order, alarm=call.id, unit=unit.id, reason=f"{SYNTHETIC}: no longer needed")
    yield world.beat(at, cancel, call.station.officer, call.station)
    world.give_back(unit)
    feedback = alarms.record_feedback(alarm=call.id, final=True, summary=f"{SYNTHETIC}: caller cancelled")
    yield from _closed(world, call, AlarmResult.CANCELLED, at, feedback)


def _settled(world: World, call: Call, at: datetime, feedback: Command | None = None) -> Story:
    """The result; for some kinds a case begins here."""
    if world.chance(call.kind.case):
        origin = Origin(call.kind.offence, call.district, call.station, call.place, call.id)
        world.start(case(world, world.after(at, 60, 1800), origin))
        yield from _closed(world, call, AlarmResult.CASE_OPENED, at, feedback)
        return
    result = world.random.choice(call.kind.results)
    if result is AlarmResult.REFERRED:
        refer = alarms.refer(alarm=call.id, to=f"{SYNTHETIC} hotline", reason=f"{SYNTHETIC}: not a police matter")
        feedback = feedback & refer if feedback else refer
    yield from _closed(world, call, result, at, feedback)


def _closed(world: World, call: Call, result: AlarmResult, at: datetime, first: Command | None = None) -> Story:
    """The desk writes down what the unit says, the result and the end in one go."""
    outcome, contributions = achieved(call.kind.alarm_type, result, Random(call.id.int))  # noqa: S311 - a story, and none of the year's own draws
    ending = alarms.record_result(alarm=call.id, result=result, outcome=outcome, contributions=contributions) & alarms.close(alarm=call.id)
    yield world.beat(at, first & ending if first else ending, call.station.officer, call.station)
    if world.chance(REOPENED):
        again = world.after(at, 3600, 172800)
        reopen = alarms.reopen(alarm=call.id, reason=f"{SYNTHETIC}: the caller came back")
        yield world.beat(again, reopen, call.station.head, call.station)
        yield world.beat(world.after(again, 600, 7200), alarms.close(alarm=call.id), call.station.officer, call.station)


def _duplicate(world: World, call: Call) -> Story:
    """A second caller: an alarm of its own that is merged, now and then wrongly."""
    at = world.after(call.at, 20, 60)
    second = Call(AlarmId(world.id()), call.kind, call.district, call.station, call.place, at)
    yield _received(world, second)
    merged = at + timedelta(seconds=20)
    merge = alarms.merge(alarm=second.id, into=call.id, reason=f"{SYNTHETIC}: the same happening")
    yield world.beat(merged, merge, call.station.officer, call.station)
    if world.chance(WRONG_MERGE):
        undone = world.after(merged, 3600, 86400)
        unmerge = alarms.unmerge(alarm=second.id, out_of=call.id, reason=f"{SYNTHETIC}: two happenings after all")
        yield world.beat(undone, unmerge, call.station.officer, call.station)
        yield from _closed(world, second, AlarmResult.HANDLED, world.after(undone, 600, 7200))


def _test(world: World, call: Call) -> Story:
    yield _received(world, call, test=True)
    yield from _closed(world, call, AlarmResult.OTHER, world.after(call.at, 30, 120))
