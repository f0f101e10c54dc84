"""Inspections of those on duty, and what they found one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.surveillance.patrol_views import DutyInspectionView, InspectionFindingView
from domain.events import Recorded
from domain.ids import finding_of
from domain.surveillance.events import FindingClosed, FindingRaised, InspectionOpened
from infrastructure.projections.changes import Change, Insert, More, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

INSPECTIONS = table_of(DutyInspectionView, "duty_inspections", indexes=[("station",)])
FINDINGS = table_of(InspectionFindingView, "inspection_findings", indexes=[("inspection", "due"), ("unresolved", "due")])

on_inspection = Handlers()


@on_inspection(InspectionOpened)
def inspection_opened(record: Recorded[InspectionOpened]) -> Iterable[Change]:
    event = record.event
    values = {"id": record.originator_id, "version": record.version, "station": event.station, "post": event.post, "roster": event.roster}
    opened = {"opened_at": record.effective_at, "opened_by": record.by, "findings": 0, "unresolved": 0}
    return (Insert(INSPECTIONS, values | opened),)


@on_inspection(FindingRaised)
def finding_raised(record: Recorded[FindingRaised]) -> Iterable[Change]:
    event = record.event
    values = {"number": event.number, "station": event.station, "finding": event.finding, "due": event.due} | {
        "id": finding_of(record.originator_id, event.number),
        "version": record.version,
        "inspection": record.originator_id,
        "raised_at": record.effective_at,
        "unresolved": True,
        "remedy": "",
    }
    return (_inspection(record, findings=More(1), unresolved=More(1)), Insert(FINDINGS, values))


@on_inspection(FindingClosed)
def finding_closed(record: Recorded[FindingClosed]) -> Iterable[Change]:
    event = record.event
    values = {"version": record.version, "unresolved": False, "remedy": event.remedy, "closed_at": record.effective_at}
    closed = Patch(FINDINGS, finding_of(record.originator_id, event.number), values)
    return (_inspection(record, unresolved=More(-1)), closed)


def _inspection(record: Recorded[Any], **values: Any) -> Change:
    values["version"] = record.version
    return Patch(INSPECTIONS, record.originator_id, values)
