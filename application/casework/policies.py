"""What casework does when something happens."""

from __future__ import annotations

from application.casework import cases, corrections
from application.commands import Command
from application.policies import whenever
from domain.casework.events import CorrectionApproved, SubjectKind
from domain.dispatching.events import AlarmFactCorrected, OrderFactCorrected
from domain.events import Recorded
from domain.ids import CorrectionId


@whenever(CorrectionApproved, refused=corrections.lapse)
def correct_the_case(record: Recorded[CorrectionApproved]) -> Command | None:
    event = record.event
    if event.subject is not SubjectKind.CASE or event.case is None:
        return None
    return cases.apply_correction(event.case, CorrectionId(record.originator_id))


@whenever(AlarmFactCorrected)
def note_the_alarm_corrected(record: Recorded[AlarmFactCorrected]) -> Command:
    return corrections.note_applied(record.event.correction)


@whenever(OrderFactCorrected)
def note_the_order_corrected(record: Recorded[OrderFactCorrected]) -> Command:
    return corrections.note_applied(record.event.correction)
