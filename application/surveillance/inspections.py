"""Commands on inspections of those on duty (查勤)."""

from __future__ import annotations

from datetime import UTC, date

from application.commands import Command, begin, change, command
from domain.aggregates import Act
from domain.ids import InspectionId, PostId, RosterId
from domain.surveillance.duty_inspection import DutyInspection, InspectionOfOneThing
from domain.surveillance.duty_roster import DutyRoster
from domain.surveillance.events import InspectionOpened
from domain.surveillance.monitoring_post import MonitoringPost


@command
def open(inspection: InspectionId, post: PostId | None = None, roster: RosterId | None = None) -> Command:
    """Open an inspection of a monitoring post, or of how a roster is kept.

    对监控中心(室)或值班表执行情况开展查勤。
    """
    if (post is None) == (roster is None):
        raise InspectionOfOneThing

    def decide(act: Act) -> InspectionOpened:
        station = act.look(MonitoringPost, post).station if post is not None else None
        if roster is not None:
            station = act.look(DutyRoster, roster).station
        assert station is not None  # noqa: S101 - one of the two is given
        return InspectionOpened(station=station, post=post, roster=roster)

    looks = [] if post is None else [(MonitoringPost, post)]
    return begin(DutyInspection, inspection, decide, looks=(*looks, *([] if roster is None else [(DutyRoster, roster)])))


@command
def raise_finding(inspection: InspectionId, finding: str, due: date) -> Command:
    """Raise what was found, to be put right by a day.

    提出查勤发现的问题及整改期限。
    """
    return change(DutyInspection, inspection, lambda it, act: it.raise_finding(finding, due, act.effective_at.astimezone(UTC).date()))


@command
def close_finding(inspection: InspectionId, number: int, remedy: str) -> Command:
    """Close a finding with what was done about it.

    整改销号：注明整改措施。
    """
    return change(DutyInspection, inspection, lambda it, _: it.close_finding(number, remedy))
