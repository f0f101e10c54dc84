"""What is asked about linkage (R32): how often cameras were linked in time, how often video told, which devices cry wolf.

Test alarms are left out, and so are alarms that were merged into others. Every figure says as of which position it is true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from application.access import SeenBy
from application.oversight.statistics import Excluded, Question
from domain.ids import DeviceId


class FalseAlarmsBy(StrEnum):
    """By what false alarms are told apart."""

    DEVICE = "DEVICE"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRate:
    """Alarms to which a camera was linked no more than so many seconds after their place was known, of the alarms with a place.

    地点确定后规定秒数内关联摄像机的警情占有地点警情的比例。
    """

    within: float
    linked: int
    later: int
    placed: int
    percent: float | None
    excluded: tuple[Excluded, ...]
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedByVideoRate:
    """Alarms that video showed to be genuine or false, of the alarms with a camera; others were asked about, some without avail.

    经视频复核得出属实或误报结论的警情占已关联摄像机警情的比例。
    """

    verified: int
    asked: int
    cannot_tell: int
    linked: int
    percent: float | None
    excluded: tuple[Excluded, ...]
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarmRate:
    """Of the alarms of a device those that were unfounded, of all with a result; a merged alarm has the result of the one it is part of.

    设备警情中结果为查无事实（误报）者占有处理结果警情的比例；已合并警情以合并后警情的结果计。
    """

    device: DeviceId
    unfounded: int
    resulted: int
    pending: int
    percent: float | None
    position: int


class LinkageFigures(Protocol):
    """The figures on linkage, each of what whoever asks may count."""

    async def linkage_rate(self, question: Question, within: float, *, small: bool) -> LinkageRate: ...

    async def verified_by_video(self, question: Question, *, small: bool) -> VerifiedByVideoRate: ...

    async def false_alarms(self, question: Question, first: int, *, small: bool) -> Sequence[FalseAlarmRate]:
        """Device by device, the one with the most unfounded alarms first."""
        ...


SeenLinkage = SeenBy[LinkageFigures]
