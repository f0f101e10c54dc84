"""What is asked about priority places, repairs and traffic violations (R19, R22).

- Priority places of a day and whether an online camera saw each at the end of that day, or now where the day goes on.
- How long nobody saw them in a period; maintenance is told apart.
- How long repairs took, by the day on which the fault was reported.
- What patrols by video and on the street found in an hour (R26).
- How many traffic violations cameras of the traffic police helped to correct.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.ids import PriorityPlaceId
from domain.surveillance.events import PatrolMode


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityCoverage:
    """Priority places that an online camera saw, of all there were on the day; `percent` is None on a small base.

    当日重点部位中有在线摄像机可见的数量及总数；基数过小时不显示百分比。
    """

    on: date
    at: datetime
    seen: int
    total: int
    percent: float | None
    position: int
    unseen: Sequence[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindTime:
    """Minutes of a period in which no online camera saw a priority place, of the minutes in which it was one.

    时段内没有任何在线摄像机可见该重点部位的分钟数；其中因摄像机停用维护所致者另列。
    """

    priority_place: PriorityPlaceId
    minutes: int
    blind: int
    maintenance: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """Faults reported in a period, and how long their repair took, in seconds, by nearest rank.

    时段内报障的故障数及其修复时长（秒，取最近秩）；未修复及随摄像机报废者另列，不计入时长。
    """

    reported: int
    repaired: int
    open: int
    retired: int
    median: int | None
    p90: int | None
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationCount:
    """Traffic violations of a kind that were corrected with the cameras of an owner, of so many in all.

    借助某权属单位摄像机纠正的某类交通违法数量及总数。
    """

    owner: str
    code: str
    count: int
    total: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolFinds:
    """What patrols of a mode found in a period, and for how many minutes they were under way in it; `per_hour` is None without a minute.

    时段内某种巡逻方式的发现数与巡逻分钟数；无巡逻时间时不计每小时发现数。
    """

    mode: PatrolMode
    patrols: int
    minutes: int
    finds: int
    alarms: int
    per_hour: float | None
    position: int
