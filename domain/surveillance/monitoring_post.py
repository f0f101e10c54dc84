"""The monitoring post: the room in which somebody watches cameras."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import CameraId, DivisionCode, OrganisationId, RosterId
from domain.rules import InvalidTransition, InvalidValue, LimitExceeded, NotFound, required_text
from domain.surveillance.events import (
    CamerasConnected,
    CamerasDisconnected,
    MonitoringPostChange,
    MonitoringPostClosed,
    MonitoringPostEstablished,
    PostLevel,
    PostRostered,
)
from domain.surveillance.gb28181 import camera_number

MOST_CAMERAS = 500
"""In one command; a post may see any number."""


class PostIsClosed(InvalidTransition):
    """The monitoring post is closed.

    该监控中心(室)已停用。
    """


class PostEndTooEarly(InvalidValue):
    """A monitoring post ends after the day from which it works.

    监控中心(室)的停用日须晚于启用日。
    """

    on = "validTo"


class NoCameraNamed(InvalidValue):
    """Name at least one camera, by its 20-digit code.

    请至少给出一个摄像机的 20 位编码。
    """

    on = "cameras"


class TooManyConnected(LimitExceeded):
    """At most 500 cameras are connected or disconnected at a time.

    一次最多接入或断开 500 个摄像机。
    """

    on = "cameras"


class CameraNotConnected(NotFound):
    """One of these cameras is not connected to the monitoring post.

    其中有摄像机未接入该监控中心(室)。
    """

    on = "cameras"


class RosterOverlaps(InvalidTransition):
    """A roster begins when the one before it ends, or later.

    值班表须在前一值班表结束后开始。
    """

    on = "startsAt"


@dataclass(frozen=True)
class MonitoringPost:
    """A monitoring post (监控中心/室). `rostered_until` is the end of the last roster published for it."""

    begins: ClassVar[tuple[type[Event], ...]] = (MonitoringPostEstablished,)

    station: OrganisationId
    staffed_24h: bool
    valid_from: date
    valid_to: date | None = None
    cameras: frozenset[CameraId] = frozenset()
    rostered_until: datetime | None = None

    @staticmethod
    def establish(
        number: str,
        name_en: str,
        name_zh: str,
        level: PostLevel,
        station: OrganisationId,
        division: DivisionCode,
        valid_from: date,
        *,
        staffed_24h: bool,
    ) -> MonitoringPostEstablished:
        return MonitoringPostEstablished(
            number=required_text(number, field="number"),
            name_en=required_text(name_en, field="nameEn"),
            name_zh=required_text(name_zh, field="nameZh"),
            level=level,
            station=station,
            division=division,
            staffed_24h=staffed_24h,
            valid_from=valid_from,
        )

    def close(self, valid_to: date, reason: str) -> MonitoringPostClosed:
        self._insist_open()
        if valid_to <= self.valid_from:
            raise PostEndTooEarly
        return MonitoringPostClosed(valid_to=valid_to, reason=required_text(reason, field="reason"))

    def connect(self, cameras: tuple[CameraId, ...]) -> CamerasConnected | None:
        """Those that it sees already are passed over."""
        self._insist_open()
        new = tuple(each for each in _named(cameras) if each not in self.cameras)
        return CamerasConnected(cameras=new) if new else None

    def disconnect(self, cameras: tuple[CameraId, ...]) -> CamerasDisconnected:
        named = _named(cameras)
        if not self.cameras.issuperset(named):
            raise CameraNotConnected
        return CamerasDisconnected(cameras=named)

    def roster(self, roster: RosterId, starts_at: datetime, ends_at: datetime) -> PostRostered:
        self._insist_open()
        if self.rostered_until is not None and starts_at < self.rostered_until:
            raise RosterOverlaps
        return PostRostered(roster=roster, until=ends_at)

    def _insist_open(self) -> None:
        if self.valid_to is not None:
            raise PostIsClosed

    @classmethod
    def begin(cls, event: MonitoringPostEstablished) -> MonitoringPost:
        return cls(station=event.station, staffed_24h=event.staffed_24h, valid_from=event.valid_from)

    def apply(self, event: MonitoringPostChange) -> MonitoringPost:
        match event:
            case MonitoringPostClosed(valid_to=valid_to):
                return evolve(self, valid_to=valid_to)
            case CamerasConnected(cameras=cameras):
                return evolve(self, cameras=self.cameras.union(cameras))
            case CamerasDisconnected(cameras=cameras):
                return evolve(self, cameras=self.cameras.difference(cameras))
            case PostRostered(until=until):
                return evolve(self, rostered_until=until)
            case _:
                assert_never(event)


def _named(cameras: tuple[CameraId, ...]) -> tuple[CameraId, ...]:
    try:
        named = tuple(dict.fromkeys(map(camera_number, cameras)))
    except InvalidValue as refusal:
        raise type(refusal)(field="cameras") from None
    if not named:
        raise NoCameraNamed
    if len(named) > MOST_CAMERAS:
        raise TooManyConnected
    return named
