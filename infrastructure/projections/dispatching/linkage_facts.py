"""When each alarm had a place, cameras and a finding for the first time, and since which position that is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from domain.dispatching.events import (
    AlarmOpened,
    CameraLinked,
    CamerasLinked,
    LocationResolved,
    VideoFinding,
    VideoVerificationRequested,
    VideoVerified,
)
from domain.events import Recorded
from infrastructure.database import Instant
from infrastructure.projections.changes import Change, First, Insert, Patch
from infrastructure.projections.projection import Handlers

NAME = "linkage_facts"
linkage_facts = sa.Table(
    NAME,
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("device", sa.Uuid),
    sa.Column("placed_at", Instant),
    sa.Column("placed_position", sa.BigInteger),
    sa.Column("linked_at", Instant),
    sa.Column("linked_position", sa.BigInteger),
    sa.Column("asked_position", sa.BigInteger),
    sa.Column("verified_position", sa.BigInteger),
    sa.Column("answered_position", sa.BigInteger),
)
"""Times are those of recording: what follows an alarm by itself takes effect when the alarm did."""

on_linkage_facts = Handlers()


@on_linkage_facts(AlarmOpened)
def alarm_opened(record: Recorded[AlarmOpened]) -> Iterable[Change]:
    placed = record.event.place is not None
    values = {
        "id": record.originator_id,
        "device": record.event.device,
        "placed_at": record.recorded_at if placed else None,
        "placed_position": record.position if placed else None,
    }
    return (Insert(linkage_facts, values),)


@on_linkage_facts(LocationResolved)
def location_resolved(record: Recorded[LocationResolved]) -> Iterable[Change]:
    return _first(record, placed_at=record.recorded_at, placed_position=record.position)


@on_linkage_facts(CamerasLinked, CameraLinked)
def cameras_linked(record: Recorded[Any]) -> Iterable[Change]:
    return _first(record, linked_at=record.recorded_at, linked_position=record.position)


@on_linkage_facts(VideoVerificationRequested)
def verification_requested(record: Recorded[VideoVerificationRequested]) -> Iterable[Change]:
    return _first(record, asked_position=record.position)


@on_linkage_facts(VideoVerified)
def video_verified(record: Recorded[VideoVerified]) -> Iterable[Change]:
    told = {"answered_position": record.position}
    if record.event.finding is not VideoFinding.CANNOT_TELL:
        told["verified_position"] = record.position
    return _first(record, **told)


def _first(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(linkage_facts, record.originator_id, {name: First(value) for name, value in values.items()}),)
