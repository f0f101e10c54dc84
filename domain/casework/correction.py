"""A request to put a recorded fact right: asked by one person, decided by another, applied by the thing it is about."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from domain.aggregates import Act
from domain.casework.case import Case
from domain.casework.clearance import CaseNotCleared
from domain.casework.corrigible import STATED_BY
from domain.casework.events import (
    CaseFact,
    CaseFactCorrected,
    CorrectionApplied,
    CorrectionApproved,
    CorrectionChange,
    CorrectionLapsed,
    CorrectionRejected,
    CorrectionRequested,
    SubjectKind,
)
from domain.casework.offence_types import offence_code
from domain.casework.offences import retyped
from domain.casework.rules import ApproverIsRequester, CaseNotFiled, EffectiveBeforeOccurrence
from domain.casework.stages import ONCE_FILED
from domain.dispatching.coding import on_list
from domain.dispatching.events import AlarmFact
from domain.events import Event, Recorded
from domain.evolving import evolve
from domain.ids import CaseId, CorrectionId
from domain.jurisdiction.events import CodeScope
from domain.rules import InvalidTransition, InvalidValue, Rejected, required_text


class CorrectionSubjectUnclear(InvalidValue):
    """A correction names one alarm, order or case, of the kind it says it is about.

    更正申请须指明一个警情、指令或案件，且与其对象类别一致。
    """

    on = "subject"


class CorrectionFactUnknown(InvalidValue):
    """This kind of thing has no such fact to correct.

    该类对象没有此项可更正的事实。
    """

    on = "fact"


class CorrectionValueDoesNotFit(InvalidValue):
    """Give just the value that fits the fact: a time, a type with the one it replaces, or a place.

    只填写与该事实相符的值：时间、新旧类型代码，或地点。
    """

    on = "fact"


class CorrectionPositionInvalid(InvalidValue):
    """At this position stands no event of this thing that states the fact.

    该位置上没有记载该对象此项事实的事件。
    """

    on = "corrects"


class CorrectedTimeInFuture(InvalidValue):
    """The corrected time lies in the future.

    更正后的时间在将来。
    """

    on = "instant"


class CorrectionDecided(InvalidTransition):
    """The request has been decided.

    该更正申请已作出决定。
    """


class CorrectionNotApproved(InvalidTransition):
    """The correction is not approved, or has been applied or lapsed already.

    更正未获批准，或者已经执行或失效。
    """


class CorrectionOfAnother(InvalidValue):
    """The correction is about another thing.

    该更正针对其他对象。
    """

    on = "correction"


class CorrectionReplacesNothing(InvalidTransition):
    """The case has no offence of the type that is to be replaced.

    本案没有要更正的案由。
    """

    on = "oldCode"


class Standing(StrEnum):
    """Where a request stands."""

    ASKED = "ASKED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    APPLIED = "APPLIED"
    LAPSED = "LAPSED"


@dataclass(frozen=True)
class CorrectionRequest:
    """`asked` is the request as it was made; its values are what the correction applies."""

    begins: ClassVar[tuple[type[Event], ...]] = (CorrectionRequested,)

    asked: CorrectionRequested
    standing: Standing = Standing.ASKED

    @classmethod
    def ask(cls, act: Act, asked: CorrectionRequested) -> CorrectionRequested:
        _one_subject(asked)
        _value_fits(asked, act.now)
        _states_it(asked, act.recorded(asked.corrects))
        code = asked.code
        if code is not None and asked.fact == AlarmFact.ALARM_TYPE:
            code = on_list(code, CodeScope.ALARM_TYPE, act.codes, field="code")
        return replace(asked, requested_by=act.by, reason=required_text(asked.reason, field="reason"), code=code)

    def approve(self, act: Act) -> CorrectionApproved:
        self._decidable(act)
        return CorrectionApproved(**{field.name: getattr(self.asked, field.name) for field in fields(self.asked)})

    def reject(self, act: Act, reason: str) -> CorrectionRejected:
        self._decidable(act)
        return CorrectionRejected(reason=required_text(reason, field="reason"))

    def applied(self) -> CorrectionApplied:
        if self.standing is not Standing.APPROVED:
            raise CorrectionNotApproved
        return CorrectionApplied()

    def lapse(self, obstacle: Rejected) -> CorrectionLapsed:
        """The subject refused it: what was possible when it was asked is not any more."""
        if self.standing is not Standing.APPROVED:
            raise CorrectionNotApproved
        return CorrectionLapsed(rule=obstacle.code, message=obstacle.message, message_zh=obstacle.message_zh)

    def for_case(self, case: CaseId) -> CorrectionRequested:
        """What an approved correction says of this case."""
        if self.asked.case != case:
            raise CorrectionOfAnother
        if self.standing is not Standing.APPROVED:
            raise CorrectionNotApproved
        return self.asked

    def _decidable(self, act: Act) -> None:
        if self.standing is not Standing.ASKED:
            raise CorrectionDecided
        if act.by == self.asked.requested_by:
            raise ApproverIsRequester

    @classmethod
    def begin(cls, event: CorrectionRequested) -> CorrectionRequest:
        return cls(asked=event)

    def apply(self, event: CorrectionChange) -> CorrectionRequest:
        match event:
            case CorrectionApproved():
                return evolve(self, standing=Standing.APPROVED)
            case CorrectionRejected():
                return evolve(self, standing=Standing.REJECTED)
            case CorrectionApplied():
                return evolve(self, standing=Standing.APPLIED)
            case CorrectionLapsed():
                return evolve(self, standing=Standing.LAPSED)
            case _:
                assert_never(event)


def _one_subject(asked: CorrectionRequested) -> None:
    named = {SubjectKind.ALARM: asked.alarm, SubjectKind.ORDER: asked.order, SubjectKind.CASE: asked.case}
    if {kind for kind, id in named.items() if id is not None} != {asked.subject}:
        raise CorrectionSubjectUnclear
    if asked.fact not in STATED_BY[asked.subject]:
        raise CorrectionFactUnknown


def _states_it(asked: CorrectionRequested, record: Recorded[Event] | None) -> None:
    """What is to be put right was recorded of this very thing, and says what is said to be wrong."""
    if record is None or record.originator_id not in {asked.alarm, asked.order, asked.case}:
        raise CorrectionPositionInvalid
    if not isinstance(record.event, STATED_BY[asked.subject][asked.fact]):
        raise CorrectionPositionInvalid


def _value_fits(asked: CorrectionRequested, now: datetime) -> None:
    if asked.fact.endswith("_AT"):
        wanted = {"instant"}
    elif asked.fact == CaseFact.PLACE:
        wanted = {"place"}
    else:
        wanted = {"old_code", "code"} if asked.subject is SubjectKind.CASE else {"code"}
    values = {"instant": asked.instant, "old_code": asked.old_code, "code": asked.code, "place": asked.place}
    if {name for name, value in values.items() if value is not None} != wanted:
        raise CorrectionValueDoesNotFit
    if asked.instant is not None and asked.instant > now:
        raise CorrectedTimeInFuture
    if asked.subject is SubjectKind.CASE and asked.code is not None:
        offence_code(asked.code)
    _moves_fit(asked)


def _moves_fit(asked: CorrectionRequested) -> None:
    """Another division or station goes only with another place, and only a case has both."""
    moves = asked.division is not None or asked.station is not None
    if moves and (asked.subject is not SubjectKind.CASE or asked.fact != CaseFact.PLACE):
        raise CorrectionValueDoesNotFit


def correctable(case: Case, asked: CorrectionRequested) -> None:
    """Refuse a correction of what is not there."""
    if asked.fact == CaseFact.FILED_AT and case.stage not in ONCE_FILED:
        raise CaseNotFiled
    if asked.fact == CaseFact.CLEARED_AT and case.clearance is None:
        raise CaseNotCleared
    if asked.fact == CaseFact.OFFENCE_TYPE and asked.old_code not in {each.type for each in case.offences}:
        raise CorrectionReplacesNothing
    retimed = asked.fact in {CaseFact.FILED_AT, CaseFact.CLEARED_AT}
    if retimed and asked.instant is not None and case.before_occurrence(asked.instant):
        raise EffectiveBeforeOccurrence(field="instant")


def corrected(case: Case, correction: CorrectionId, asked: CorrectionRequested) -> CaseFactCorrected:
    correctable(case, asked)
    return CaseFactCorrected(
        correction=correction,
        fact=CaseFact(asked.fact),
        corrects=asked.corrects,
        reason=asked.reason,
        instant=asked.instant,
        old_code=asked.old_code,
        code=asked.code,
        offences=retyped(case.offences, asked.old_code, asked.code) if asked.old_code and asked.code else (),
        place=asked.place,
        division=asked.division,
        station=asked.station,
    )
