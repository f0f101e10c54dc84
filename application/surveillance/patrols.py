"""Commands on patrols. What is seen on one may raise an alarm in the same command: both or neither."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command
from application.dispatching import alarms, units
from application.naming import naming
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, DivisionCode, OfficerId, OrganisationId, PatrolId, PostId, RegisteredCameraId, ReportId, UnitId
from domain.places import Point
from domain.surveillance.camera import Camera
from domain.surveillance.events import PatrolMode, PatrolPlanned, RouteStop, SecurityTask
from domain.surveillance.monitoring_post import MonitoringPost
from domain.surveillance.patrol_task import PatrolTask

SOURCES = {PatrolMode.VIDEO: ReportSource.VIDEO_PATROL, PatrolMode.STREET: ReportSource.STREET_PATROL}


@command
def plan(
    patrol: PatrolId,
    mode: PatrolMode,
    task: SecurityTask,
    station: OrganisationId,
    route: tuple[RouteStop, ...],
    starts_at: datetime,
    ends_at: datetime,
    officers: tuple[OfficerId, ...] = (),
    unit: UnitId | None = None,
    post: PostId | None = None,
) -> Command:
    """Plan a patrol: over cameras from a monitoring post, or over places on the street.

    部署巡逻任务：网上巡逻由监控中心(室)按摄像机进行，路面巡逻按地点进行。
    """
    wanted = PatrolPlanned(
        mode=mode,
        task=task,
        station=station,
        route=route,
        starts_at=starts_at,
        ends_at=ends_at,
        officers=officers,
        unit=unit,
        post=post,
    )
    cameras = tuple((Camera, each.camera) for each in route if each.camera is not None)
    looks = (*cameras, *([] if post is None else [(MonitoringPost, post)]))
    planned = begin(PatrolTask, patrol, lambda _: PatrolTask.plan(wanted), looks=looks)
    planned = planned if unit is None else planned & units.there(unit)
    return naming(planned, organisations={"station": station})


@command
def start(patrol: PatrolId) -> Command:
    """Start a patrol.

    开始巡逻。
    """
    return change(PatrolTask, patrol, lambda it, _: it.start())


@command
def observe(patrol: PatrolId, summary: str, place: Point | None = None, camera: RegisteredCameraId | None = None) -> Command:
    """Record what was seen on a patrol.

    登记巡逻发现的情况。
    """
    return change(PatrolTask, patrol, lambda it, _: it.observe(summary, place, camera))


@command
def raise_alarm(
    patrol: PatrolId,
    mode: PatrolMode,
    summary: str,
    alarm: AlarmId,
    report: ReportId,
    kind: IntakeKind,
    division: DivisionCode,
    station: OrganisationId,
    alarm_type: str | None = None,
    place: Point | None = None,
    camera: RegisteredCameraId | None = None,
    address: str = "",
) -> Command:
    """Record what was seen on a patrol and open the alarm that it is: both or neither. The alarm's source is the patrol.

    登记巡逻发现的情况并同时受理为警情，两者同成同败；警情来源为巡逻发现。
    """
    seen = change(PatrolTask, patrol, lambda it, _: it.observe(summary, place, camera, alarm, mode))
    return seen & alarms.open(alarm, report, SOURCES[mode], kind, division, station, alarm_type, place, address, summary)


@command
def end(patrol: PatrolId, remarks: str = "") -> Command:
    """End a patrol.

    结束巡逻。
    """
    return change(PatrolTask, patrol, lambda it, _: it.end(remarks))


@command
def cancel(patrol: PatrolId, reason: str) -> Command:
    """Cancel a patrol that has not started.

    取消尚未开始的巡逻。
    """
    return change(PatrolTask, patrol, lambda it, _: it.cancel(reason))
