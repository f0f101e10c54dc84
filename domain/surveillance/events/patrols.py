"""The events of patrols by video and on the street, and of inspections of those on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.events import Event
from domain.ids import AlarmId, OfficerId, OrganisationId, PostId, RegisteredCameraId, RosterId, UnitId
from domain.places import Point


class PatrolMode(StrEnum):
    """How somebody patrols: over cameras, or on the street.

    巡逻方式：网上(视频)巡逻、路面巡逻。
    """

    VIDEO = "VIDEO"
    STREET = "STREET"


class SecurityTask(StrEnum):
    """What a patrol is for: strike, prevent, control, manage.

    打、防、管、控。
    """

    STRIKE = "STRIKE"
    PREVENT = "PREVENT"
    MANAGE = "MANAGE"
    CONTROL = "CONTROL"


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One stop of a route: a camera by video, a place on the street."""

    place: Point | None = None
    camera: RegisteredCameraId | None = None


class PatrolPlanned(Event):
    mode: PatrolMode
    task: SecurityTask
    station: OrganisationId
    route: tuple[RouteStop, ...]
    starts_at: datetime
    ends_at: datetime
    officers: tuple[OfficerId, ...] = ()
    unit: UnitId | None = None
    post: PostId | None = None


class PatrolStarted(Event):
    pass


class PatrolObserved(Event):
    """What was seen, of which station's patrol, and the alarm that it led to, if it did."""

    mode: PatrolMode
    station: OrganisationId
    summary: str
    place: Point | None = None
    camera: RegisteredCameraId | None = None
    alarm: AlarmId | None = None


class PatrolEnded(Event):
    remarks: str = ""


class PatrolCancelled(Event):
    reason: str


PatrolChange = PatrolStarted | PatrolObserved | PatrolEnded | PatrolCancelled


class InspectionOpened(Event):
    """查勤: somebody looks at a post, or at how a roster is kept."""

    station: OrganisationId
    post: PostId | None = None
    roster: RosterId | None = None


class FindingRaised(Event):
    """Findings are numbered from 1; each is to be put right by a day."""

    number: int
    station: OrganisationId
    finding: str
    due: date


class FindingClosed(Event):
    number: int
    remedy: str


InspectionChange = FindingRaised | FindingClosed
