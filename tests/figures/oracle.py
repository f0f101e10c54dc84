"""The figures once more, told naively from the records: correct the past first, then compare before and after.

Nothing here is shared with the ledger or the facts: a booked figure is what each event changed on its day, a cohort
figure is what the cases look like in the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from application.oversight.responding import Basis, Segment
from application.oversight.statistics import Question
from domain.casework.events import (
    CaseCleared,
    CaseFact,
    CaseFactCorrected,
    CaseFiled,
    CaseMerged,
    CaseReclassified,
    CaseReopened,
    CaseSplit,
    CaseUnmerged,
    CaseWithdrawn,
    ClearanceRevoked,
    ContributionChannel,
    JurisdictionTransferred,
    Offence,
    ReportRegistered,
    RetroFiled,
    WithdrawalReason,
)
from domain.dispatching.events import (
    AlarmFact,
    AlarmFactCorrected,
    AlarmOpened,
    AlarmResult,
    AlarmResultRecorded,
    AlarmsMerged,
    AlarmTriaged,
    AlarmUnmerged,
    OrderCancelled,
    OrderFactCorrected,
    PriorityChanged,
    ReportReceived,
    ReportSource,
    UnitArrived,
    UnitEnRoute,
    UnitOrdered,
)
from domain.events import Event, Recorded
from domain.oversight.contributions import ContributionOutcome
from domain.oversight.measures import CountUnit, Measure
from tests.figures.books import ZONE


@dataclass
class Happened:
    event: Event
    day: date
    position: int


@dataclass
class Case:
    division: str = ""
    station: str = ""
    offences: dict[str, int] = field(default_factory=dict)
    filed: date | None = None
    clearance: tuple[date, int, bool] | None = None
    withdrawal: tuple[WithdrawalReason, date] | None = None
    merged: bool = False

    @property
    def died(self) -> bool:
        return self.withdrawal is not None and self.withdrawal[0] is WithdrawalReason.SUSPECT_DIED

    @property
    def cleared_day(self) -> date | None:
        if self.clearance:
            return self.clearance[0] if self.clearance[2] else None
        return self.withdrawal[1] if self.died and self.withdrawal else None

    def has(self, measure: Measure, *, dated: bool = True) -> bool:
        if self.filed is None or self.merged:
            return False
        reason = self.withdrawal[0] if self.withdrawal else None
        return {
            Measure.FILED: True,
            Measure.WITHDRAWN: reason is not None,
            Measure.UNFOUNDED: reason not in {None, WithdrawalReason.SUSPECT_DIED},
            Measure.NO_CRIME: reason is WithdrawalReason.NO_CRIME,
            Measure.CLEARED: (self.clearance is not None or self.died) and (not dated or self.cleared_day is not None),
        }[measure]

    def weight(self, measure: Measure, question: Question, *, dated: bool = True) -> int:
        if not self.has(measure, dated=dated) or not self.asked(question):
            return 0
        if question.unit is CountUnit.CASE:
            return 1
        counts = self.cleared() if measure is Measure.CLEARED else self.offences
        return sum(n for type, n in counts.items() if not question.types or type in question.types)

    def asked(self, question: Question) -> bool:
        types = not question.types or bool(set(question.types) & set(self.offences))
        area = question.area
        inside = area.division in {None, "500000", self.division} and area.organisation in {None, self.station}
        return types and inside

    def cleared(self) -> dict[str, int]:
        left = self.clearance[1] if self.clearance else sum(self.offences.values())
        found = {}
        for type, n in self.offences.items():
            found[type] = min(n, max(left, 0))
            left -= n
        return found


def histories(records: Sequence[Recorded[Event]]) -> dict[UUID, list[Happened]]:
    """Each case's events as they should have been recorded."""
    told: dict[UUID, list[Happened]] = defaultdict(list)
    for record in records:
        if isinstance(record.event, CaseFactCorrected):
            _correct(told[record.originator_id], record.event)
        elif type(record.event).__module__.startswith("domain.casework.events"):
            told[record.originator_id].append(Happened(record.event, _day(record.effective_at), record.position))
    return told


def _day(instant: Any) -> date:
    return instant.astimezone(ZONE).date()


def _correct(past: list[Happened], event: CaseFactCorrected) -> None:
    at = next(at for at, happened in enumerate(past) if happened.position == event.corrects)
    wrong = past[at]
    match event.fact:
        case CaseFact.FILED_AT:
            wrong.day = _day(event.instant)
        case CaseFact.CLEARED_AT:
            wrong.day = _day(event.instant)
            wrong.event = replace(wrong.event, dated=True)
        case CaseFact.PLACE:
            wrong.event = replace(wrong.event, division=event.division, station=event.station)
        case CaseFact.OFFENCE_TYPE:
            for happened in past[at:]:
                if isinstance(happened.event, CaseReclassified):
                    break
                happened.event = _retyped(happened.event, event.old_code, event.code)


def _retyped(event: Event, old: str | None, new: str | None) -> Event:
    """What a correction of the type changes of what was told before it, the rest that a split left included."""
    match event:
        case ReportRegistered(offences=offences) | CaseFiled(offences=offences):
            return replace(event, offences=tuple(_renamed(each, old, new) for each in offences))
        case CaseSplit(remaining=offences):
            return replace(event, remaining=tuple(_renamed(each, old, new) for each in offences))
        case _:
            return event


def _renamed(offence: Offence, old: str | None, new: str | None) -> Offence:
    return replace(offence, type=new) if new is not None and offence.type == old else offence


def _counts(offences: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in offences:
        counts[each.type] = counts.get(each.type, 0) + each.count
    return counts


def lives(past: Sequence[Happened]) -> Iterator[tuple[date, bool, Case, Case]]:
    """Day, whether the event was a revocation, and the case before and after each event."""
    case = Case()
    for happened in past:
        after = _after(case, happened)
        split = isinstance(happened.event, CaseSplit) and after.filed is not None
        yield after.filed if split and after.filed else happened.day, isinstance(happened.event, ClearanceRevoked), case, after
        case = after


def _after(case: Case, happened: Happened) -> Case:  # noqa: C901, PLR0911 - one line for each event
    match happened.event:
        case ReportRegistered() as event:
            return Case(event.division, event.station, _counts(event.offences))
        case CaseFiled() | RetroFiled() as event:
            return replace(case, offences=_counts(event.offences), filed=case.filed or happened.day)
        case CaseReclassified(after=offences) | CaseSplit(remaining=offences):
            return replace(case, offences=_counts(offences))
        case CaseCleared() as event:
            return replace(case, clearance=(happened.day, event.offences, event.dated))
        case ClearanceRevoked():
            return replace(case, clearance=None)
        case CaseWithdrawn(reason=reason):
            return replace(case, withdrawal=(reason, happened.day))
        case CaseReopened():
            return replace(case, withdrawal=None)
        case JurisdictionTransferred() as event:
            return replace(case, division=event.to_division, station=event.to_station)
        case CaseMerged():
            return replace(case, merged=True)
        case CaseUnmerged():
            return replace(case, merged=False)
        case _:
            return case


def booked(records: Sequence[Recorded[Event]], question: Question, measure: Measure) -> dict[UUID, int]:
    """What each case adds to a measure in the period."""
    sums: dict[UUID, int] = defaultdict(int)
    for id, past in histories(records).items():
        for day, _, before, after in lives(past):
            if question.period.first <= day <= question.period.last:
                sums[id] += after.weight(measure, question) - before.weight(measure, question)
    return {id: n for id, n in sums.items() if n}


def cases(records: Sequence[Recorded[Event]]) -> dict[UUID, Case]:
    return {id: list(lives(past))[-1][3] for id, past in histories(records).items() if past}


def cohort(records: Sequence[Recorded[Event]], question: Question) -> dict[UUID, Case]:
    """S5."""
    return {
        id: case
        for id, case in cases(records).items()
        if case.filed
        and question.period.first <= case.filed <= question.period.last
        and case.weight(Measure.FILED, question)
        and not case.has(Measure.NO_CRIME)
    }


def cohort_rate(records: Sequence[Recorded[Event]], question: Question) -> tuple[int, int]:
    found = cohort(records, question).values()
    return sum(case.weight(Measure.CLEARED, question, dated=False) for case in found), sum(
        case.weight(Measure.FILED, question) for case in found
    )


def window_rate(records: Sequence[Recorded[Event]], question: Question, days: int) -> tuple[int, int]:
    now = _day(records[-1].recorded_at)
    base = [
        case
        for case in cohort(records, question).values()
        if case.filed and case.filed + timedelta(days) <= now and case.has(Measure.CLEARED) == case.has(Measure.CLEARED, dated=False)
    ]
    within = [
        case
        for case in base
        if case.filed and case.cleared_day and case.has(Measure.CLEARED) and (case.cleared_day - case.filed).days <= days
    ]
    return sum(case.weight(Measure.CLEARED, question) for case in within), sum(case.weight(Measure.FILED, question) for case in base)


def solved_with(records: Sequence[Recorded[Event]], question: Question, channel: ContributionChannel) -> int:
    """Cases of a standing clearance to which the channel contributed; whatever a clearance says, the last one stands."""
    helped = {id: [each.event for each in past if isinstance(each.event, CaseCleared)][-1:] for id, past in histories(records).items()}
    everywhere = replace(question, types=(), unit=CountUnit.CASE)
    return sum(
        1
        for id, case in cases(records).items()
        if case.clearance
        and case.clearance[2]
        and question.period.first <= case.clearance[0] <= question.period.last
        and case.weight(Measure.CLEARED, everywhere)
        and not case.has(Measure.NO_CRIME)
        and any(each.channel is channel for event in helped[id] for each in event.contributions)
    )


def achieved_with(records: Sequence[Recorded[Event]], question: Question, channel: ContributionChannel) -> dict[ContributionOutcome, int]:
    found, _ = alarms(records)
    results = {record.originator_id: record for record in records if isinstance(record.event, AlarmResultRecorded)}
    counts = dict.fromkeys(ContributionOutcome, 0)
    for id, record in results.items():
        inside = question.period.first <= _day(record.effective_at) <= question.period.last
        helped = any(each.channel is channel for each in record.event.contributions)
        if record.event.outcome and inside and helped and not found[id].test and found[id].into is None:
            counts[ContributionOutcome(record.event.outcome.value)] += 1
    return counts


# --- Alarms and runs


@dataclass
class Alarm:
    received: Any
    test: bool
    type: str | None = None
    priorities: list[tuple[int, str]] = field(default_factory=list)
    into: UUID | None = None
    unfounded: bool = False
    reports: int = 0
    patrol: bool = False


@dataclass
class Run:
    alarm: UUID
    position: int
    times: dict[str, Any]
    called_off: bool = False


def alarms(records: Sequence[Recorded[Event]]) -> tuple[dict[UUID, Alarm], dict[UUID, Run]]:  # noqa: C901, PLR0912 - one line for each event
    found: dict[UUID, Alarm] = {}
    runs: dict[UUID, Run] = {}
    for record in records:
        id, at = record.originator_id, record.effective_at
        match record.event:
            case AlarmOpened(test=test):
                found[id] = Alarm(at, test)
            case ReportReceived(source=source):
                found[id].patrol = source is ReportSource.STREET_PATROL if found[id].reports == 0 else found[id].patrol
                found[id].reports += 1
            case AlarmTriaged(alarm_type=type, priority=priority):
                found[id].type = type
                found[id].priorities.append((record.position, priority))
            case PriorityChanged(priority=priority):
                found[id].priorities.append((record.position, priority))
            case AlarmsMerged(into=into):
                found[id].into = into
            case AlarmUnmerged():
                found[id].into = None
            case AlarmResultRecorded(result=result):
                found[id].unfounded = result is AlarmResult.UNFOUNDED
            case AlarmFactCorrected(fact=AlarmFact.RECEIVED_AT, instant=instant):
                found[id].received = instant
            case UnitOrdered(alarm=alarm):
                runs[id] = Run(alarm, record.position, {"ORDERED_AT": at})
            case UnitEnRoute():
                runs[id].times.setdefault("EN_ROUTE_AT", at)
            case UnitArrived():
                runs[id].times.setdefault("ARRIVED_AT", at)
            case OrderCancelled():
                runs[id].called_off = "ARRIVED_AT" not in runs[id].times
            case OrderFactCorrected(fact=fact, instant=instant):
                runs[id].times[fact.value] = instant
    return found, runs


ENDS = {
    Segment.PROCESSING: ("RECEIVED_AT", "ORDERED_AT"),
    Segment.TURNOUT: ("ORDERED_AT", "EN_ROUTE_AT"),
    Segment.TRAVEL: ("EN_ROUTE_AT", "ARRIVED_AT"),
    Segment.TOTAL: ("RECEIVED_AT", "ARRIVED_AT"),
}


def responses(
    records: Sequence[Recorded[Event]], question: Question, basis: Basis, priority: str | None
) -> dict[Segment, tuple[list[int], dict[str, int]]]:
    """Sorted seconds, and how many are left out for what reason."""
    found, runs = alarms(records)
    asked = {
        id: run
        for id, run in runs.items()
        if question.period.first <= _day(found[run.alarm].received) <= question.period.last
        and (not question.types or found[run.alarm].type in question.types)
    }
    chosen = list(asked) if basis is Basis.RUN else _first(found, asked)
    answer: dict[Segment, tuple[list[int], dict[str, int]]] = {}
    for segment, (start, end) in ENDS.items():
        seconds: list[int] = []
        left_out: dict[str, int] = defaultdict(int)
        for run in (asked[id] for id in chosen):
            alarm = found[run.alarm]
            at_dispatch = [each for position, each in alarm.priorities if position <= run.position]
            if priority is not None and at_dispatch[-1:] != [priority]:
                continue
            times = {"RECEIVED_AT": alarm.received, **run.times}
            if alarm.test:
                left_out["TEST"] += 1
            elif alarm.patrol:
                left_out["SELF_INITIATED"] += 1
            elif run.called_off:
                left_out["CANCELLED_BEFORE_ARRIVAL"] += 1
            elif start not in times or end not in times:
                left_out["MISSING"] += 1
            elif times[end] < times[start]:
                left_out["NEGATIVE"] += 1
            else:
                seconds.append(int((times[end] - times[start]).total_seconds()))
        answer[segment] = sorted(seconds), dict(left_out)
    return answer


def _first(found: dict[UUID, Alarm], runs: dict[UUID, Run]) -> list[UUID]:
    happenings: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for id, run in runs.items():
        root = run.alarm
        while (into := found[root].into) is not None:
            root = into
        arrived = run.times.get("ARRIVED_AT")
        happenings[root].append((arrived is None, run.called_off, arrived or date.min, run.times["ORDERED_AT"], id.hex, id))
    return [min(each)[-1] for each in happenings.values()]
