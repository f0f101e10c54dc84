"""Commands on requests for correction. The original always stays in the log."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command, internal
from application.naming import naming
from domain.aggregates import Act
from domain.casework.case import Case
from domain.casework.correction import CorrectionNotApproved, CorrectionRequest, correctable
from domain.casework.events import CorrectionApproved, CorrectionRequested, SubjectKind
from domain.dispatching.events import AlarmFact
from domain.events import Recorded
from domain.ids import AlarmId, CaseId, CorrectionId, DivisionCode, OfficerId, OrderId, OrganisationId
from domain.jurisdiction.events import CodeScope
from domain.places import Point
from domain.rules import Rejected


@command
def ask(
    correction: CorrectionId,
    subject: SubjectKind,
    fact: str,
    corrects: int,
    reason: str,
    alarm: AlarmId | None = None,
    order: OrderId | None = None,
    case: CaseId | None = None,
    instant: datetime | None = None,
    old_code: str | None = None,
    code: str | None = None,
    place: Point | None = None,
    division: DivisionCode | None = None,
    station: OrganisationId | None = None,
) -> Command:
    """Ask that a recorded fact be put right. `corrects` is the position of the wrong event; give just the value that fits the fact.

    申请更正已记录的事实；须指明错误事件的位置，并只填写与该事实相符的值。
    """
    asked = CorrectionRequested(
        requested_by=OfficerId(""),
        subject=subject,
        alarm=alarm,
        order=order,
        case=case,
        corrects=corrects,
        fact=fact,
        reason=reason,
        instant=instant,
        old_code=old_code,
        code=code,
        place=place,
        division=division,
        station=station,
    )

    def request(act: Act) -> CorrectionRequested:
        named = CorrectionRequest.ask(act, asked)
        if case is not None:
            correctable(act.look(Case, case), named)
        return named

    looks = () if case is None else ((Case, case),)
    begun = begin(CorrectionRequest, correction, request, looks=looks, reads=(corrects,))
    if fact == AlarmFact.ALARM_TYPE:
        begun = begun._replace(scopes=(CodeScope.ALARM_TYPE,))
    return naming(begun, divisions={"division": division}, organisations={"station": station})


@command
def approve(correction: CorrectionId) -> Command:
    """Approve a correction; it is then applied. Never one's own request.

    审批同意更正，随即执行。不得审批本人的申请。
    """
    return change(CorrectionRequest, correction, lambda it, act: it.approve(act))


@command
def reject(correction: CorrectionId, reason: str) -> Command:
    """Reject a correction. Never one's own request.

    审批不同意更正，须说明原因。不得审批本人的申请。
    """
    return change(CorrectionRequest, correction, lambda it, act: it.reject(act, reason))


@internal
def note_applied(correction: CorrectionId) -> Command:
    """The thing that was wrong has taken the correction."""
    return change(CorrectionRequest, correction, lambda it, _act: it.applied())


@internal
def note_lapsed(correction: CorrectionId, obstacle: Rejected) -> Command:
    """The thing that was wrong could not take the correction any more."""
    return change(CorrectionRequest, correction, lambda it, _act: it.lapse(obstacle))


def lapse(record: Recorded[CorrectionApproved], obstacle: Rejected) -> Command | None:
    """What follows when an approved correction is refused; nothing where it has been applied or has lapsed before."""
    return None if isinstance(obstacle, CorrectionNotApproved) else note_lapsed(CorrectionId(record.originator_id), obstacle)
