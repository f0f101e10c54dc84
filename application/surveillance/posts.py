"""Commands on monitoring posts."""

from __future__ import annotations

from datetime import date

from application.commands import Command, begin, change, command
from application.naming import naming
from domain.ids import CameraId, DivisionCode, OrganisationId, PostId
from domain.surveillance.events import PostLevel
from domain.surveillance.monitoring_post import MonitoringPost


@command
def establish(
    post: PostId,
    number: str,
    name_en: str,
    name_zh: str,
    level: PostLevel,
    station: OrganisationId,
    division: DivisionCode,
    valid_from: date,
    staffed24h: bool = True,  # noqa: FBT001, FBT002 - an input field of the API
) -> Command:
    """Establish a monitoring post: the room of a station, a sub-bureau or the city in which somebody watches cameras.

    设立监控中心(室)：派出所、分局或市局中有人值守监看的场所。
    """
    established = begin(
        MonitoringPost,
        post,
        lambda _: MonitoringPost.establish(number, name_en, name_zh, level, station, division, valid_from, staffed_24h=staffed24h),
    )
    return naming(established, divisions={"division": division}, organisations={"station": station}, on=valid_from)


@command
def close(post: PostId, valid_to: date, reason: str) -> Command:
    """Close a monitoring post: `validTo` is the first day on which it works no more.

    停用监控中心(室)：validTo 为停用首日。
    """
    return change(MonitoringPost, post, lambda it, _: it.close(valid_to, reason))


@command
def connect(post: PostId, cameras: tuple[CameraId, ...]) -> Command:
    """Connect cameras to a monitoring post; those that it sees already are passed over.

    将摄像机接入监控中心(室)；已接入的忽略。
    """
    return change(MonitoringPost, post, lambda it, _: it.connect(cameras))


@command
def disconnect(post: PostId, cameras: tuple[CameraId, ...]) -> Command:
    """Disconnect cameras from a monitoring post.

    将摄像机从监控中心(室)断开。
    """
    return change(MonitoringPost, post, lambda it, _: it.disconnect(cameras))
