"""What is asked about monitoring posts and who watches: coverage (R17, R18), fill rate and who was on duty (R14, R20).

Every figure says as of which position of the log it is true. `on` and `until` are in the deployment's zone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from application.identity import Principal
from application.oversight.statistics import AsOf, Period
from domain.ids import CameraId, OrganisationId
from domain.jurisdiction.events import OrganisationKind
from domain.surveillance.events import PostLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageQuestion:
    """Organisations of a kind that there were on a day (today, where none is given), among a group or below an organisation,
    as far as it was known.
    """

    kind: OrganisationKind = OrganisationKind.STATION
    group: str | None = None
    organisation: OrganisationId | None = None
    on: date | None = None
    as_of: AsOf = field(default_factory=AsOf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of the organisations had a monitoring post at work on the day (建室覆盖率); `percent` is None on a small base.

    有监控中心(室)在用的机构占当日全部同类机构的比例；基数过小时不显示百分比。
    """

    on: date
    kind: OrganisationKind
    have: int
    total: int
    percent: float | None
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsAsked:
    """Monitoring posts at work on a day (today, where none is given), below an organisation, as far as it was known."""

    organisation: OrganisationId | None = None
    on: date | None = None
    as_of: AsOf = field(default_factory=AsOf)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCount:
    """So many monitoring posts of a level, of so many in all (R14).

    某级别监控中心(室)的数量及总数。
    """

    level: PostLevel
    count: int
    total: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """An organisation that had no monitoring post at work.

    尚无监控中心(室)在用的机构。
    """

    code: OrganisationId
    name_en: str
    name_zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FillRate:
    """Minutes in which somebody was signed on, of those in which somebody had to be: at posts that are staffed at all hours.

    Who does not sign off counts until the shift's planned end. Minutes to come do not count, nor those that were to come then.

    在岗分钟数占应值守分钟数的比例：仅统计 24 小时值守的监控中心(室)；未签退者计至班次计划结束时刻；尚未到来的分钟不计。
    """

    since: datetime
    until: datetime
    posts: int
    staffed_minutes: int
    required_minutes: int
    percent: float | None
    position: int


class Staffing(Protocol):
    """The figures on monitoring posts, each within what whoever asks may see."""

    async def coverage(self, question: CoverageQuestion, *, small: bool) -> Coverage: ...

    async def uncovered(self, question: CoverageQuestion, first: int, after: str | None) -> Sequence[Uncovered]:
        """In order of their codes."""
        ...

    async def post_counts(self, asked: PostsAsked) -> Sequence[PostCount]:
        """Level by level; a level without any is left out."""
        ...

    async def fill_rate(self, period: Period, organisation: OrganisationId | None, as_of: AsOf) -> FillRate: ...

    async def unstaffed(self, at: datetime | None, organisation: OrganisationId | None, first: int, after: UUID | None) -> Sequence[UUID]:
        """Posts that had nobody on duty at the moment and should have, in order of their ids."""
        ...

    async def watching(self, camera: CameraId, at: datetime) -> Sequence[UUID]:
        """Shifts of those who were on duty where the camera was seen at the moment."""
        ...


class SeenStaffing(Protocol):
    def seen_by(self, principal: Principal) -> Staffing: ...
