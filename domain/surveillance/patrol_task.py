"""The patrol task: a route over cameras or places, planned, walked and ended; what is seen on the way is on record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import AlarmId, OrganisationId, RegisteredCameraId
from domain.places import Point
from domain.rules import InvalidTransition, InvalidValue, LimitExceeded, free_text, required_text
from domain.surveillance.events import (
    PatrolCancelled,
    PatrolChange,
    PatrolEnded,
    PatrolMode,
    PatrolObserved,
    PatrolPlanned,
    PatrolStarted,
    RouteStop,
)

MOST_STOPS = 100


class PatrolState(StrEnum):
    """Where a patrol stands.

    巡逻任务状态：待执行、进行中、已结束、已取消。
    """

    PLANNED = "PLANNED"
    UNDER_WAY = "UNDER_WAY"
    ENDED = "ENDED"
    CANCELLED = "CANCELLED"


class RouteOfOtherKind(InvalidValue):
    """A route has stops: cameras where it is by video, places where it is on the street.

    巡逻路线须有节点：网上巡逻为摄像机，路面巡逻为地点。
    """

    on = "route"


class RouteTooLong(LimitExceeded):
    """A route has at most 100 stops.

    巡逻路线至多 100 个节点。
    """

    on = "route"


class NobodyPatrols(InvalidValue):
    """A patrol is given to at least one officer, or to a unit.

    巡逻任务须指定至少一名民警或一个单位。
    """

    on = "officers"


class VideoPatrolNeedsPost(InvalidValue):
    """A patrol by video has the monitoring post from which it is done; one on the street has none.

    网上巡逻须指定监控中心(室)，路面巡逻则不指定。
    """

    on = "post"


class PatrolEndsTooEarly(InvalidValue):
    """A patrol ends after it starts.

    巡逻的结束时间须晚于开始时间。
    """

    on = "endsAt"


class PatrolIsNotPlanned(InvalidTransition):
    """Only a patrol that has not started is started or cancelled.

    只有尚未开始的巡逻才能开始或取消。
    """


class PatrolNotUnderWay(InvalidTransition):
    """The patrol is not under way.

    该巡逻不在进行中。
    """


class PatrolOfOtherMode(InvalidValue):
    """The patrol is not done in this way.

    巡逻方式与任务不符。
    """

    on = "mode"


@dataclass(frozen=True)
class PatrolTask:
    """A patrol task (巡逻任务)."""

    begins: ClassVar[tuple[type[Event], ...]] = (PatrolPlanned,)

    mode: PatrolMode
    station: OrganisationId
    state: PatrolState = PatrolState.PLANNED

    @staticmethod
    def plan(wanted: PatrolPlanned) -> PatrolPlanned:
        if len(wanted.route) > MOST_STOPS:
            raise RouteTooLong
        if not wanted.route or not all(_fits(each, wanted.mode) for each in wanted.route):
            raise RouteOfOtherKind
        if not wanted.officers and wanted.unit is None:
            raise NobodyPatrols
        if (wanted.post is not None) != (wanted.mode is PatrolMode.VIDEO):
            raise VideoPatrolNeedsPost
        if wanted.ends_at <= wanted.starts_at:
            raise PatrolEndsTooEarly
        return replace(wanted, officers=tuple(dict.fromkeys(wanted.officers)))

    def start(self) -> PatrolStarted:
        self._insist_on(PatrolState.PLANNED)
        return PatrolStarted()

    def observe(
        self,
        summary: str,
        place: Point | None,
        camera: RegisteredCameraId | None,
        alarm: AlarmId | None = None,
        mode: PatrolMode | None = None,
    ) -> PatrolObserved:
        self._insist_on(PatrolState.UNDER_WAY)
        if mode not in {None, self.mode}:
            raise PatrolOfOtherMode
        summary = required_text(summary, field="summary")
        return PatrolObserved(mode=self.mode, station=self.station, summary=summary, place=place, camera=camera, alarm=alarm)

    def end(self, remarks: str) -> PatrolEnded:
        self._insist_on(PatrolState.UNDER_WAY)
        return PatrolEnded(remarks=free_text(remarks, field="remarks"))

    def cancel(self, reason: str) -> PatrolCancelled:
        self._insist_on(PatrolState.PLANNED)
        return PatrolCancelled(reason=required_text(reason, field="reason"))

    def _insist_on(self, state: PatrolState) -> None:
        if self.state is not state:
            raise PatrolIsNotPlanned if state is PatrolState.PLANNED else PatrolNotUnderWay

    @classmethod
    def begin(cls, event: PatrolPlanned) -> PatrolTask:
        return cls(mode=event.mode, station=event.station)

    def apply(self, event: PatrolChange) -> PatrolTask:
        match event:
            case PatrolStarted():
                return evolve(self, state=PatrolState.UNDER_WAY)
            case PatrolEnded():
                return evolve(self, state=PatrolState.ENDED)
            case PatrolCancelled():
                return evolve(self, state=PatrolState.CANCELLED)
            case PatrolObserved():
                return self
            case _:
                assert_never(event)


def _fits(stop: RouteStop, mode: PatrolMode) -> bool:
    return (stop.camera is not None, stop.place is not None) == (mode is PatrolMode.VIDEO, mode is PatrolMode.STREET)
