"""Monitoring posts, and which cameras each has seen since when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.surveillance.views import MonitoringPostView
from domain.events import Recorded
from domain.ids import CameraId
from domain.surveillance.events import CamerasConnected, CamerasDisconnected, MonitoringPostClosed, MonitoringPostEstablished, PostRostered
from infrastructure.database import Instant
from infrastructure.projections.changes import Change, Insert, More, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

MONITORING_POSTS = table_of(
    MonitoringPostView,
    "monitoring_posts",
    sa.Column("established_position", sa.BigInteger, nullable=False),
    sa.Column("closed_position", sa.BigInteger),
    indexes=[("station",)],
)
"""The positions tell since when it is known that a post works, and that it works no more."""
POST_CAMERAS = sa.Table(
    "post_cameras",
    sa.MetaData(),
    sa.Column("camera", sa.Text, primary_key=True),
    sa.Column("post", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("connected", sa.Boolean, nullable=False),
)
"""Each time a camera was connected to a post or disconnected from it; the last one up to a moment holds."""

on_post = Handlers()


@on_post(MonitoringPostEstablished)
def monitoring_post_established(record: Recorded[MonitoringPostEstablished]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "number": event.number,
        "name_en": event.name_en,
        "name_zh": event.name_zh,
        "level": event.level,
        "station": event.station,
        "division": event.division,
        "staffed24h": event.staffed_24h,
        "cameras": 0,
        "valid_from": event.valid_from,
        "established_position": record.position,
    }
    return (Insert(MONITORING_POSTS, values),)


@on_post(MonitoringPostClosed)
def monitoring_post_closed(record: Recorded[MonitoringPostClosed]) -> Iterable[Change]:
    return _post(record, valid_to=record.event.valid_to, closed_position=record.position)


@on_post(CamerasConnected)
def cameras_connected(record: Recorded[CamerasConnected]) -> Iterable[Change]:
    cameras = record.event.cameras
    return (*_post(record, cameras=More(len(cameras))), *_seen(record, cameras, connected=True))


@on_post(CamerasDisconnected)
def cameras_disconnected(record: Recorded[CamerasDisconnected]) -> Iterable[Change]:
    cameras = record.event.cameras
    return (*_post(record, cameras=More(-len(cameras))), *_seen(record, cameras, connected=False))


@on_post(PostRostered)
def post_rostered(record: Recorded[PostRostered]) -> Iterable[Change]:
    return _post(record, rostered_until=record.event.until)


def _post(record: Recorded[Any], **values: Any) -> tuple[Change, ...]:
    values["version"] = record.version
    return (Patch(MONITORING_POSTS, record.originator_id, values),)


def _seen(record: Recorded[Any], cameras: Iterable[CameraId], *, connected: bool) -> Iterable[Change]:
    where = {"post": record.originator_id, "position": record.position, "at": record.effective_at, "connected": connected}
    return [Insert(POST_CAMERAS, {"camera": camera, **where}) for camera in cameras]
