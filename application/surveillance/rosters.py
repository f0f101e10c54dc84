"""Commands on duty rosters."""

from __future__ import annotations

from datetime import datetime, timedelta

from application.commands import Command, begin, change, command, internal
from domain.aggregates import Act
from domain.ids import OfficerId, PostId, RosterId
from domain.surveillance.duty_roster import DutyRoster
from domain.surveillance.events import RosterPublished, Shift
from domain.surveillance.monitoring_post import MonitoringPost

GRACE_MINUTES = 15


@command
def publish(
    roster: RosterId,
    post: PostId,
    starts_at: datetime,
    ends_at: datetime,
    shifts: tuple[Shift, ...],
    grace_minutes: int = GRACE_MINUTES,
) -> Command:
    """Publish who watches at a monitoring post and when. Where it is staffed at all hours no minute is left open.

    发布监控中心(室)值班表；24 小时值守的场所不得出现空档。
    """

    def decide(act: Act) -> RosterPublished:
        where = act.look(MonitoringPost, post)
        return DutyRoster.publish(
            post, where.station, starts_at, ends_at, timedelta(minutes=grace_minutes), shifts, staffed_24h=where.staffed_24h
        )

    return begin(DutyRoster, roster, decide) & change(MonitoringPost, post, lambda it, _: it.roster(roster, starts_at, ends_at))


@command
def swap(roster: RosterId, first: int, second: int, reason: str) -> Command:
    """Let the officers of two shifts that have not begun take each other's place.

    两个尚未开始的班次互换民警。
    """
    return change(DutyRoster, roster, lambda it, _: it.swap(first, second, reason))


@command
def reassign(roster: RosterId, shift: int, officer: OfficerId, reason: str) -> Command:
    """Give a shift that has not begun to another officer.

    将尚未开始的班次改派给其他民警。
    """
    return change(DutyRoster, roster, lambda it, _: it.reassign(shift, officer, reason))


@command
def sign_on(roster: RosterId, shift: int) -> Command:
    """Sign on to one's own shift, from its grace before the start until its end.

    签到上岗：在班次开始前的宽限时间内至班次结束前。
    """
    return change(DutyRoster, roster, lambda it, act: it.sign_on(shift, act.by, act.effective_at))


@command
def sign_off(roster: RosterId, shift: int) -> Command:
    """Sign off from one's own shift.

    签退离岗。
    """
    return change(DutyRoster, roster, lambda it, act: it.sign_off(shift, act.by))


@command
def hand_over(roster: RosterId, shift: int, to: int, remarks: str = "") -> Command:
    """End one's own shift and hand over to another that has begun.

    交接班：结束本班并交接给已上岗的班次。
    """
    return change(DutyRoster, roster, lambda it, act: it.hand_over(shift, to, act.by, remarks))


@internal
def miss(roster: RosterId, shift: int, officer: OfficerId, version: int) -> Command:  # noqa: ARG001 - what it was decided by
    """The officer has not signed on in time. The version makes it another command once the shift was given to somebody else."""
    return change(DutyRoster, roster, lambda it, act: it.miss(shift, officer, act.now))
