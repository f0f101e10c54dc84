"""What dispatching does when something happens elsewhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid5

from application.casework import corrections
from application.commands import Command
from application.dispatching import alarms, linkage, orders
from application.dispatching.linking import WhichAlarms, WhichCameras, WhichPost, WhichUnits
from application.policies import Undecided, whenever
from domain.casework.events import CorrectionApproved, SubjectKind
from domain.dispatching.events import (
    AlarmFact,
    AlarmOpened,
    CamerasLinked,
    LocationResolved,
    OrderFact,
    ReportReceived,
    ReportSource,
)
from domain.events import Event, Recorded
from domain.ids import AlarmId, CorrectionId, RecommendationId


@whenever(CorrectionApproved, refused=corrections.lapse)
def correct_the_alarm(record: Recorded[CorrectionApproved]) -> Command | None:
    event = record.event
    if event.subject is not SubjectKind.ALARM or event.alarm is None:
        return None
    correction, fact = CorrectionId(record.originator_id), AlarmFact(event.fact)
    return alarms.correct(event.alarm, correction, fact, event.corrects, event.reason, event.instant, event.code, event.place)


@whenever(CorrectionApproved, refused=corrections.lapse)
def correct_the_order(record: Recorded[CorrectionApproved]) -> Command | None:
    event = record.event
    if event.subject is not SubjectKind.ORDER or event.order is None:
        return None
    correction, fact = CorrectionId(record.originator_id), OrderFact(event.fact)
    return orders.correct(event.order, correction, fact, event.corrects, event.reason, event.instant)


FIRST_REPORT = 2
"""The version that an alarm has with the report it was opened by."""


@whenever(AlarmOpened, LocationResolved)
def link_the_cameras(record: Recorded[Any]) -> Undecided | None:
    """Where the alarm is, or is now. A test is looked at by nobody."""
    event, alarm = record.event, AlarmId(record.originator_id)
    if event.place is None or (isinstance(event, AlarmOpened) and event.test):
        return None
    device, zone = (event.device, event.zone) if isinstance(event, AlarmOpened) else (None, None)
    return Undecided(linkage.link(alarm, device, zone), WhichCameras(alarm, _late(record), device, zone))


@whenever(ReportReceived)
def propose_units(record: Recorded[ReportReceived]) -> Undecided | None:
    """To a technical alarm somebody is sent, whatever is found out meanwhile."""
    if record.event.source is not ReportSource.TECH_ALARM or record.version != FIRST_REPORT:
        return None
    alarm = AlarmId(record.originator_id)
    recommendation = RecommendationId(uuid5(alarm, "first recommendation"))
    return Undecided(alarms.recommend(alarm, recommendation), WhichUnits(alarm, recommendation, _late(record)))


@whenever(AlarmOpened, LocationResolved)
def suggest_the_duplicates(record: Recorded[Any]) -> Undecided | None:
    if isinstance(record.event, AlarmOpened) and record.event.test:
        return None
    alarm = AlarmId(record.originator_id)
    return Undecided(linkage.suggest_duplicates(alarm), WhichAlarms(alarm, _late(record)))


@whenever(CamerasLinked)
def ask_the_post(record: Recorded[CamerasLinked]) -> Undecided:
    alarm, cameras = AlarmId(record.originator_id), tuple(each.camera for each in record.event.cameras)
    return Undecided(linkage.ask_post(alarm), WhichPost(alarm, cameras))


def _late(record: Recorded[Event]) -> timedelta:
    return record.recorded_at - record.effective_at
