"""What dispatching does when something happens elsewhere."""

from __future__ import annotations

from application.casework import corrections
from application.commands import Command
from application.dispatching import alarms, orders
from application.policies import whenever
from domain.casework.events import CorrectionApproved, SubjectKind
from domain.dispatching.events import AlarmFact, OrderFact
from domain.events import Recorded
from domain.ids import CorrectionId


@whenever(CorrectionApproved, refused=corrections.lapse)
def correct_the_alarm(record: Recorded[CorrectionApproved]) -> Command | None:
    event = record.event
    if event.subject is not SubjectKind.ALARM or event.alarm is None:
        return None
    correction, fact = CorrectionId(record.originator_id), AlarmFact(event.fact)
    return alarms.correct(event.alarm, correction, fact, event.corrects, event.reason, event.instant, event.code, event.place)


@whenever(CorrectionApproved, refused=corrections.lapse)
def correct_the_order(record: Recorded[CorrectionApproved]) -> Command | None:
    event = record.event
    if event.subject is not SubjectKind.ORDER or event.order is None:
        return None
    correction, fact = CorrectionId(record.originator_id), OrderFact(event.fact)
    return orders.correct(event.order, correction, fact, event.corrects, event.reason, event.instant)
