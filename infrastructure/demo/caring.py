"""What stations do with the rooms they have: places that matter, patrols and what they find, inspections, footage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from application.dispatching import alarms, plan_activations
from application.surveillance import cameras, footage, inspections, patrols, priority_places
from domain.dispatching.events import AlarmResult, IntakeKind
from domain.ids import (
    AlarmId,
    FootageRequestId,
    InspectionId,
    OfficerId,
    PatrolId,
    PlanActivationId,
    PostId,
    PriorityPlaceId,
    RegisteredCameraId,
    ReportId,
)
from domain.surveillance.events import CameraHealth, OwnerSector, PatrolMode, PriorityKind, RouteStop, SecurityTask
from infrastructure.demo.city import SYNTHETIC_EN, SYNTHETIC_ZH, District, Station
from infrastructure.demo.governing import VIDEO
from infrastructure.demo.ruling import EDITION, STANDARD, STEPS, legal_basis, response_plan
from infrastructure.demo.world import Story, World

PATROLLED = (21, 14, 7, 2)
"""Days ago."""
FOUND, RAISED = 0.7, 0.25
"""The shares of patrols that see something, and that raise an alarm."""
SEEN = ("A door stood open", "A crowd gathered", "A car without plates", "Somebody sleeping rough")
ACCEPTED, FAULTY = 0.6, 0.15
"""The shares of cameras that were accepted by the standard, and that broke down once."""
KEPT = 12_000_000
"""Bytes of footage."""


@dataclass(frozen=True, slots=True)
class Room:
    """A station's monitoring room with the cameras around it, and whose they are."""

    district: District
    station: Station
    post: PostId
    cameras: Mapping[RegisteredCameraId, OwnerSector]


def cared_for(world: World, room: Room, end: datetime) -> None:
    """Start all of it; what is drawn for it leaves the year's own draws, and its ids, as they are."""
    world.start(_mattering(world, room.district, room.station, end))
    for camera, sector in room.cameras.items():
        world.start(_kept_up(world, room.station, camera, sector, end))
    for days in PATROLLED:
        for mode in PatrolMode:
            world.start(_patrolled(world, room, mode, end - timedelta(days=days)))
    world.start(_inspected(world, room.station, room.post, end))


def _kept_up(world: World, station: Station, camera: RegisteredCameraId, sector: OwnerSector, end: datetime) -> Story:
    """Accepted, or not yet; now and then out of order, and repaired a few days later."""
    random, name = world.drawn(str(camera)), str(camera)
    at = end - timedelta(days=random.uniform(100, 300))
    yield world.deed(at, cameras.change_health(camera, CameraHealth.ONLINE), VIDEO, station.code, name, "online")
    if random.random() < ACCEPTED:
        yield world.deed(at + timedelta(days=1), cameras.accept(camera, STANDARD, EDITION), VIDEO, station.code, name, "accepted")
    if random.random() < FAULTY:
        broken = end - timedelta(days=random.uniform(6, 90))
        yield world.deed(broken, cameras.change_health(camera, CameraHealth.OFFLINE), VIDEO, station.code, name, "offline")
        yield world.deed(
            broken + timedelta(hours=1), cameras.report_fault(camera, "NO_PICTURE"), station.officer, station.code, name, "fault"
        )
        mended = broken + timedelta(days=random.uniform(0.2, 5))
        yield world.deed(mended, cameras.repair_fault(camera), VIDEO, station.code, name, "repaired")
        yield world.deed(mended, cameras.change_health(camera, CameraHealth.ONLINE), VIDEO, station.code, name, "online again")
    if sector is OwnerSector.TRAFFIC:
        corrected = end - timedelta(days=random.uniform(0.1, 0.9))
        yield world.deed(corrected, cameras.record_violation(camera, "1039"), station.officer, station.code, name, "violation")


def _mattering(world: World, district: District, station: Station, end: datetime) -> Story:
    random, since = world.drawn("matters", station.code), end - timedelta(days=200)
    kind, id = random.choice(list(PriorityKind)), PriorityPlaceId(world.named("matters", station.code))
    names = f"{SYNTHETIC_EN} place that matters, {station.code}", f"{SYNTHETIC_ZH}重点部位 {station.code}"
    place = district.somewhere(random, station)
    designated = priority_places.designate(id, *names, kind, place, station.division, station.code, since.date())
    yield world.deed(since, designated, station.head, station.code, "matters", station.code)


def _patrolled(world: World, room: Room, mode: PatrolMode, day: datetime) -> Story:
    """Two hours; what is seen is noted, or raised as an alarm that is then seen to."""
    district, station, around = room.district, room.station, list(room.cameras)
    name = "patrol", station.code, mode, f"{day:%Y-%m-%d}"
    random, id = world.drawn(*name), PatrolId(world.named(*name))
    video, officer = mode is PatrolMode.VIDEO, station.units[0].crew[0]
    starts = day - timedelta(hours=random.uniform(3, 12))
    stops = [RouteStop(camera=each) for each in around[:3]] if video else [RouteStop(place=district.somewhere(random, station))]
    planned = patrols.plan(
        patrol=id,
        mode=mode,
        task=random.choice(list(SecurityTask)),
        station=station.code,
        route=tuple(stops),
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        officers=(officer,),
        unit=None if video else station.units[0].id,
        post=room.post if video else None,
    )
    yield world.deed(starts - timedelta(hours=1), planned, station.head, station.code, *name, "planned")
    yield world.deed(starts, patrols.start(id), officer, station.code, *name, "started")
    stop, at = stops[0], starts + timedelta(minutes=40)
    if random.random() < FOUND:
        seen = patrols.observe(id, f"{SYNTHETIC_EN}: {random.choice(SEEN)}", stop.place, stop.camera)
        yield world.deed(at, seen, officer, station.code, *name, "seen")
    if random.random() < RAISED:
        alarm = AlarmId(world.named(*name, "alarm"))
        told = f"{SYNTHETIC_EN}: people quarrel", alarm, ReportId(world.named(*name, "report")), IntakeKind.ALARM
        where = stop.place or station.place
        raised = patrols.raise_alarm(id, mode, *told, station.division, station.code, "DISPUTE", where, stop.camera)
        yield world.deed(at + timedelta(minutes=10), raised, officer, station.code, *name, "raised")
        world.start(_seen_to(world, district, station, alarm, at + timedelta(minutes=12)))
        if video:
            world.start(_fetched(world, station, alarm, around[0], at, name))
    yield world.deed(starts + timedelta(hours=2), patrols.end(id), officer, station.code, *name, "ended")


def _seen_to(world: World, district: District, station: Station, alarm: AlarmId, at: datetime) -> Story:
    """By the plan for disturbances, step by step."""
    name, officer, activation = str(alarm), station.officer, PlanActivationId(world.named(str(alarm), "activation"))
    yield world.deed(at, alarms.triage(alarm, "DISPUTE", "1", district.area), officer, station.code, name, "triaged")
    activated = plan_activations.activate(activation, alarm, response_plan(world))
    yield world.deed(at + timedelta(minutes=1), activated, officer, station.code, name, "activated")
    for number, step in enumerate(STEPS):
        done = plan_activations.do_step(activation, step.code)
        yield world.deed(at + timedelta(minutes=4 + 4 * number), done, officer, station.code, name, step.code)
    over = at + timedelta(minutes=30)
    yield world.deed(over, plan_activations.end(activation), officer, station.code, name, "plan ended")
    mediated = alarms.record_result(alarm, AlarmResult.MEDIATED, f"{SYNTHETIC_EN}: they went home")
    yield world.deed(over, mediated, officer, station.code, name, "result")
    yield world.deed(over + timedelta(minutes=1), alarms.close(alarm), officer, station.code, name, "closed")


def _fetched(world: World, station: Station, alarm: AlarmId, camera: RegisteredCameraId, seen_at: datetime, name: Sequence[str]) -> Story:
    """Asked for by two, allowed by a third, taken, sealed and handed over."""
    id, two, at = FootageRequestId(world.named(*name, "footage")), station.units[0].crew, seen_at + timedelta(hours=4)
    span = seen_at - timedelta(minutes=5), seen_at + timedelta(minutes=25)
    asked = footage.request(
        id, camera, two, f"{SYNTHETIC_EN}: what led to it", *span, at + timedelta(days=3), legal_basis(world), alarm=alarm
    )
    yield world.deed(at, asked, two[0], station.code, *name, "footage asked for")
    approved = footage.approve(id, f"DEMO-{at:%Y%m%d}")
    yield world.deed(at + timedelta(hours=1), approved, OfficerId(f"{station.code}-county-head"), station.code, *name, "footage approved")
    taken = footage.retrieve(id, sha256(id.bytes).hexdigest(), KEPT)
    yield world.deed(at + timedelta(hours=2), taken, two[0], station.code, *name, "footage taken")
    yield world.deed(at + timedelta(hours=2, minutes=5), footage.seal(id, f"S-{id.hex[:8]}"), two[0], station.code, *name, "footage sealed")
    handed = footage.transfer(id, two[1], f"{SYNTHETIC_EN} evidence room", f"{SYNTHETIC_EN}: to be kept")
    yield world.deed(at + timedelta(hours=5), handed, two[0], station.code, *name, "footage handed over")


def _inspected(world: World, station: Station, post: PostId, end: datetime) -> Story:
    """Half of what is found is put right by now."""
    random, id, at = world.drawn("inspected", station.code), InspectionId(world.named("inspected", station.code)), end - timedelta(days=30)
    name = "inspected", station.code
    yield world.deed(at, inspections.open(id, post=post), VIDEO, station.code, *name)
    due = (at + timedelta(days=20)).date()
    found = inspections.raise_finding(id, f"{SYNTHETIC_EN}: the register was not kept", due)
    yield world.deed(at + timedelta(hours=1), found, VIDEO, station.code, *name, "found")
    if random.random() < 1 / 2:
        remedied = inspections.close_finding(id, 1, f"{SYNTHETIC_EN}: kept since")
        yield world.deed(at + timedelta(days=random.uniform(3, 18)), remedied, VIDEO, station.code, *name, "remedied")
