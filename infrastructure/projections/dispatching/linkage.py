"""Cameras linked to alarms, what monitoring posts were asked, and alarms that may be one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.dispatching.linked import DuplicateView, LinkedCameraView, VerificationView
from domain.dispatching.events import (
    AlarmClosed,
    AlarmReopened,
    AlarmsMerged,
    AlarmUnmerged,
    CameraLinked,
    CamerasLinked,
    DuplicateDismissed,
    DuplicateSuggested,
    LinkReason,
    VideoVerificationRequested,
    VideoVerified,
)
from domain.events import Recorded
from domain.ids import duplicate_of, link_of, verification_of
from infrastructure.projections.changes import Change, Insert, Patch, Put
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

LINKED_CAMERAS = table_of(LinkedCameraView, "linked_cameras", indexes=[("alarm",)])
VERIFICATIONS = table_of(
    VerificationView,
    "verifications",
    sa.Column("ended", sa.Boolean, nullable=False, default=False),
    indexes=[("station", "alarm"), ("post", "requested_at")],
    computed={"state": "CASE WHEN finding IS NOT NULL THEN 'VERIFIED' WHEN ended THEN 'OVER' ELSE 'WAITING' END"},
)
"""One for each alarm: another post that is asked takes the place of the one before."""
DUPLICATES = table_of(
    DuplicateView,
    "duplicates",
    sa.Column("merged", sa.Boolean, nullable=False, default=False),
    indexes=[("alarm",), ("other",)],
    computed={"state": "CASE WHEN merged THEN 'MERGED' WHEN dismissed_at IS NOT NULL THEN 'DISMISSED' ELSE 'SUGGESTED' END"},
)

on_linkage = Handlers()


@on_linkage(CamerasLinked)
def cameras_linked(record: Recorded[CamerasLinked]) -> Iterable[Change]:
    event = record.event
    for rank, each in enumerate(event.cameras, 1):
        how = {"reason": each.reason, "rank": rank, "online": each.online, "distance": each.distance, "place": event.place}
        yield Put(LINKED_CAMERAS, _link(record, each.camera) | how)


@on_linkage(CameraLinked)
def camera_linked(record: Recorded[CameraLinked]) -> Iterable[Change]:
    """Whoever links a camera by hand puts it before those that were found."""
    yield Put(LINKED_CAMERAS, _link(record, record.event.camera) | {"reason": LinkReason.BY_HAND, "rank": 0})


@on_linkage(VideoVerificationRequested)
def verification_requested(record: Recorded[VideoVerificationRequested]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": verification_of(record.originator_id),
        "alarm": record.originator_id,
        "post": event.post,
        "station": event.station,
        "choice": event.choice,
        "cameras": event.cameras,
        "requested_at": record.effective_at,
        "note": "",
        "ended": False,
    }
    return (Put(VERIFICATIONS, values),)


@on_linkage(VideoVerified)
def video_verified(record: Recorded[VideoVerified]) -> Iterable[Change]:
    event = record.event
    told = {"finding": event.finding, "camera": event.camera, "note": event.note}
    return (_asked(record, verified_at=record.effective_at, verified_by=record.by, **told),)


@on_linkage(AlarmClosed)
def alarm_closed(record: Recorded[AlarmClosed]) -> Iterable[Change]:
    return (_asked(record, ended=True),)


@on_linkage(AlarmReopened)
def alarm_reopened(record: Recorded[AlarmReopened]) -> Iterable[Change]:
    return (_asked(record, ended=False),)


@on_linkage(AlarmsMerged)
def alarms_merged(record: Recorded[AlarmsMerged]) -> Iterable[Change]:
    return (_asked(record, ended=True), *_either(record.originator_id, record.event.into, merged=True))


@on_linkage(AlarmUnmerged)
def alarm_unmerged(record: Recorded[AlarmUnmerged]) -> Iterable[Change]:
    return (_asked(record, ended=False), *_either(record.originator_id, record.event.out_of, merged=False))


@on_linkage(DuplicateSuggested)
def duplicate_suggested(record: Recorded[DuplicateSuggested]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": duplicate_of(record.originator_id, event.other),
        "alarm": record.originator_id,
        "other": event.other,
        "score": event.score,
        "distance": event.distance,
        "seconds": event.seconds,
        "grounds": event.grounds,
        "radius": event.radius,
        "window": event.window,
        "least": event.least,
        "suggested_at": record.effective_at,
        "dismissal_reason": "",
    }
    return (Insert(DUPLICATES, values),)


@on_linkage(DuplicateDismissed)
def duplicate_dismissed(record: Recorded[DuplicateDismissed]) -> Iterable[Change]:
    event = record.event
    told = {"dismissed_at": record.effective_at, "dismissed_by": record.by, "dismissal_reason": event.reason}
    return (Patch(DUPLICATES, duplicate_of(record.originator_id, event.other), told),)


def _link(record: Recorded[Any], camera: Any) -> dict[str, Any]:
    alarm = record.originator_id
    return {"id": link_of(alarm, camera), "alarm": alarm, "gb28181_id": camera, "linked_at": record.effective_at}


def _asked(record: Recorded[Any], **values: Any) -> Change:
    return Patch(VERIFICATIONS, verification_of(record.originator_id), values)


def _either(alarm: UUID, other: UUID, **values: Any) -> tuple[Change, ...]:
    """Whichever of the two it was suggested for."""
    return tuple(Patch(DUPLICATES, key, dict(values)) for key in (duplicate_of(alarm, other), duplicate_of(other, alarm)))
