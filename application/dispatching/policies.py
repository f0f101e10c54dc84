"""What dispatching does when something happens elsewhere."""

from __future__ import annotations

from application.commands import Command
from application.dispatching import alarms, orders
from application.policies import whenever
from domain.casework.events import CorrectionApproved, ReportRegistered, SubjectKind
from domain.dispatching.events import AlarmFact, OrderFact
from domain.events import Recorded
from domain.ids import CaseId, CorrectionId


@whenever(ReportRegistered)
def note_the_case_on_its_alarm(record: Recorded[ReportRegistered]) -> Command | None:
    """A case that was split off or filed again comes from its case, not from the alarm."""
    event = record.event
    if event.alarm is None or event.split_from or event.refiled_from:
        return None
    return alarms.open_case(event.alarm, CaseId(record.originator_id))


@whenever(CorrectionApproved)
def correct_the_alarm(record: Recorded[CorrectionApproved]) -> Command | None:
    event = record.event
    if event.subject is not SubjectKind.ALARM or event.alarm is None:
        return None
    correction, fact = CorrectionId(record.originator_id), AlarmFact(event.fact)
    return alarms.correct(event.alarm, correction, fact, event.corrects, event.reason, event.instant, event.code, event.place)


@whenever(CorrectionApproved)
def correct_the_order(record: Recorded[CorrectionApproved]) -> Command | None:
    event = record.event
    if event.subject is not SubjectKind.ORDER or event.order is None:
        return None
    correction, fact = CorrectionId(record.originator_id), OrderFact(event.fact)
    return orders.correct(event.order, correction, fact, event.corrects, event.reason, event.instant)
