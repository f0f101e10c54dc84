"""The alarm board, and the reports behind its alarms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.dispatching.views import AlarmView, ReportView
from domain.dispatching.events import (
    AlarmAbsorbed,
    AlarmAttended,
    AlarmClosed,
    AlarmDispatched,
    AlarmFact,
    AlarmFactCorrected,
    AlarmOpened,
    AlarmOrderFailed,
    AlarmReferred,
    AlarmReleased,
    AlarmReopened,
    AlarmResult,
    AlarmResultRecorded,
    AlarmsMerged,
    AlarmTriaged,
    AlarmUnmerged,
    CameraLinked,
    CamerasLinked,
    CaseOpenedFromAlarm,
    DuplicateDismissed,
    DuplicateSuggested,
    FeedbackRecorded,
    InitialMeasuresTaken,
    LocationResolved,
    PriorityChanged,
    ReportReceived,
    VideoFinding,
    VideoVerificationRequested,
    VideoVerified,
)
from domain.events import Recorded
from infrastructure.projections.changes import Change, First, Insert, More, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

ALARMS = table_of(
    AlarmView,
    "alarms",
    sa.Column("attended", sa.Boolean, nullable=False, default=False),
    sa.Column("feedback", sa.Boolean, nullable=False, default=False),
    indexes=[("station", "received_at"), ("division", "received_at")],
    computed={
        "state": """CASE WHEN merged_into IS NOT NULL THEN 'MERGED' WHEN closed_at IS NOT NULL THEN 'CLOSED'
        WHEN referred_to IS NOT NULL THEN 'REFERRED' WHEN feedback THEN 'FEEDBACK_GIVEN' WHEN attended THEN 'ON_SCENE'
        WHEN orders_sent > orders_failed THEN 'DISPATCHED' WHEN priority IS NOT NULL THEN 'TRIAGED' ELSE 'RECEIVED' END"""
    },
)
REPORTS = table_of(ReportView, "reports", indexes=[("alarm",)])

on_board = Handlers()
on_report = Handlers()


@on_board(AlarmOpened)
def alarm_opened(record: Recorded[AlarmOpened]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "kind": event.kind,
        "alarm_type": event.alarm_type,
        "division": event.division,
        "station": event.station,
        "place": event.place,
        "address": event.address,
        "summary": event.summary,
        "test": event.test,
        "external_id": event.external_id,
        "device": event.device,
        "zone": event.zone,
        "received_at": record.effective_at,
        "disposition": "",
        "contributions": (),
        "reports": 0,
        "orders_sent": 0,
        "orders_failed": 0,
        "reopened": 0,
    }
    return (Insert(ALARMS, values),)


@on_board(ReportReceived)
def report_received(record: Recorded[ReportReceived]) -> Iterable[Change]:
    return _alarm(record, source=First(record.event.source), reports=More(1))


@on_board(LocationResolved)
def location_resolved(record: Recorded[LocationResolved]) -> Iterable[Change]:
    event = record.event
    return _alarm(record, place=event.place, division=event.division, station=event.station, address=event.address)


@on_board(AlarmTriaged)
def alarm_triaged(record: Recorded[AlarmTriaged]) -> Iterable[Change]:
    event = record.event
    return _alarm(
        record,
        alarm_type=event.alarm_type,
        priority=event.priority,
        original_priority=First(event.priority),
        area_class=event.area_class,
    )


@on_board(PriorityChanged)
def priority_changed(record: Recorded[PriorityChanged]) -> Iterable[Change]:
    return _alarm(record, priority=record.event.priority)


@on_board(AlarmDispatched)
def alarm_dispatched(record: Recorded[AlarmDispatched]) -> Iterable[Change]:
    return _alarm(record, orders_sent=More(1))


@on_board(AlarmOrderFailed)
def alarm_order_failed(record: Recorded[AlarmOrderFailed]) -> Iterable[Change]:
    return _alarm(record, orders_failed=More(1))


@on_board(AlarmAttended)
def alarm_attended(record: Recorded[AlarmAttended]) -> Iterable[Change]:
    return _alarm(record, attended=True)


@on_board(AlarmsMerged)
def alarms_merged(record: Recorded[AlarmsMerged]) -> Iterable[Change]:
    return _alarm(record, merged_into=record.event.into)


@on_board(AlarmUnmerged)
def alarm_unmerged(record: Recorded[AlarmUnmerged]) -> Iterable[Change]:
    return _alarm(record, merged_into=None)


@on_board(AlarmReferred)
def alarm_referred(record: Recorded[AlarmReferred]) -> Iterable[Change]:
    return _alarm(record, referred_to=record.event.to)


@on_board(FeedbackRecorded)
def feedback_recorded(record: Recorded[FeedbackRecorded]) -> Iterable[Change]:
    return _alarm(record, feedback=True)


@on_board(AlarmResultRecorded)
def alarm_result_recorded(record: Recorded[AlarmResultRecorded]) -> Iterable[Change]:
    event = record.event
    told = {
        "result": event.result,
        "proposed_result": None,
        "disposition": event.disposition,
        "outcome": event.outcome,
        "contributions": event.contributions,
    }
    return _alarm(record, **told)


@on_board(AlarmClosed)
def alarm_closed(record: Recorded[AlarmClosed]) -> Iterable[Change]:
    return _alarm(record, closed_at=record.effective_at)


@on_board(AlarmReopened)
def alarm_reopened(record: Recorded[AlarmReopened]) -> Iterable[Change]:
    return _alarm(record, closed_at=None, reopened=More(1))


@on_board(CaseOpenedFromAlarm)
def case_opened_from_alarm(record: Recorded[CaseOpenedFromAlarm]) -> Iterable[Change]:
    return _alarm(record, case=record.event.case)


@on_board(AlarmFactCorrected)
def alarm_fact_corrected(record: Recorded[AlarmFactCorrected]) -> Iterable[Change]:
    event = record.event
    match event.fact:
        case AlarmFact.RECEIVED_AT:
            return _alarm(record, received_at=event.instant)
        case AlarmFact.ALARM_TYPE:
            return _alarm(record, alarm_type=event.code)
        case AlarmFact.PLACE:
            return _alarm(record, place=event.place)


@on_board(CameraLinked, CamerasLinked)
def cameras_linked(record: Recorded[Any]) -> Iterable[Change]:
    return _alarm(record, linked_at=First(record.effective_at))


@on_board(VideoVerified)
def video_verified(record: Recorded[VideoVerified]) -> Iterable[Change]:
    """What is seen to be false is proposed as unfounded; a later look takes the proposal back."""
    finding = record.event.finding
    proposed = AlarmResult.UNFOUNDED if finding is VideoFinding.FALSE else None
    return _alarm(record, video_finding=finding, proposed_result=proposed)


@on_board(VideoVerificationRequested)
def verification_requested(record: Recorded[VideoVerificationRequested]) -> Iterable[Change]:
    return _alarm(record, video_finding=None, proposed_result=None)


@on_board(DuplicateSuggested, DuplicateDismissed, AlarmAbsorbed, AlarmReleased, InitialMeasuresTaken)
def alarm_moved_on(record: Recorded[Any]) -> Iterable[Change]:
    return _alarm(record)


def _alarm(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(ALARMS, record.originator_id, values),)


@on_report(ReportReceived)
def report_listed(record: Recorded[ReportReceived]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": event.report,
        "alarm": record.originator_id,
        "source": event.source,
        "caller": event.caller,
        "device": event.device,
        "zone": event.zone,
        "summary": event.summary,
        "external_id": event.external_id,
        "received_at": record.effective_at,
    }
    return (Insert(REPORTS, values),)
