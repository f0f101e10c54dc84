"""Random logs. Events come in any order, sensible or not: what happened, happened, and the figures must bear it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.casework.events import (
    CaseAccepted,
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
    ClearanceKind,
    ClearanceRevoked,
    Contribution,
    ContributionChannel,
    ContributionRole,
    JurisdictionTransferred,
    Offence,
    ReportRegistered,
    WithdrawalReason,
)
from domain.dispatching.events import (
    AlarmFact,
    AlarmFactCorrected,
    AlarmOpened,
    AlarmOutcome,
    AlarmResult,
    AlarmResultRecorded,
    AlarmsMerged,
    AlarmTriaged,
    AlarmUnmerged,
    IntakeKind,
    OrderCancelled,
    OrderFact,
    OrderFactCorrected,
    PriorityChanged,
    ReportReceived,
    ReportSource,
    UnitArrived,
    UnitEnRoute,
    UnitOrdered,
)
from domain.ids import AlarmId, CaseId, CorrectionId, DivisionCode, OrganisationId, ReportId, UnitId
from domain.jurisdiction.events import DivisionEstablished, DivisionLevel
from tests.figures.pages import Pages, named

TYPES = ("FRAUD", "ROBBERY", "THEFT")
DIVISIONS = (DivisionCode("500105"), DivisionCode("500108"))
START = date(2029, 1, 1)
CASES, ALARMS = 3, 3
CORRECTION = CorrectionId(named("correction"))
CASE_EVENTS = (
    "file",
    "clear",
    "clear undated",
    "revoke",
    "withdraw",
    "reopen",
    "transfer",
    "reclassify",
    "split",
    "merge",
    "unmerge",
    "accept",
    "correct filing",
    "correct clearance",
    "correct type",
    "correct place",
)
ALARM_EVENTS = (
    "report",
    "triage",
    "priority",
    "merge",
    "unmerge",
    "result",
    "correct",
    "order",
    "en route",
    "arrive",
    "cancel",
    "correct run",
)


class City(Pages):
    """Writes what a list of choices says; a choice that has nothing to act on writes nothing."""

    def __init__(self, stride: int) -> None:
        super().__init__(stride)
        for code, parent in (("500000", None), *((code, "500000") for code in DIVISIONS)):
            event = DivisionEstablished(
                code=DivisionCode(code),
                name_en=code,
                name_zh=code,
                level=DivisionLevel.COUNTY,
                parent=DivisionCode(parent) if parent else None,
                valid_from=date(1997, 6, 18),
            )
            self.write(named(code), event, START)
        self.begun: set[str] = set()
        self.runs: list[Any] = []

    def positions(self, thing: Any, *events: type) -> list[int]:
        return [record.position for record in self.records if record.originator_id == thing and isinstance(record.event, events)]

    def case(self, act: str, which: int, day: date, n: int, offences: tuple[Offence, ...]) -> None:
        id = CaseId(named(f"case {which}"))
        place = DIVISIONS[n % 2]
        station = OrganisationId(f"station {n % 3}")
        if f"case {which}" not in self.begun:
            self.begun.add(f"case {which}")
            self.write(id, ReportRegistered(number=f"{which}", division=place, station=station, offences=offences), day)
        event = self._case_event(act, id, which, n, offences, place, station)
        if event is not None:
            self.write(id, event, day)

    def _case_event(  # noqa: C901, PLR0911 - one line for each event
        self, act: str, id: CaseId, which: int, n: int, offences: tuple[Offence, ...], place: Any, station: Any
    ) -> Any:
        other = CaseId(named(f"case {(which + 1) % CASES}"))
        match act:
            case "file":
                return CaseFiled(offences=offences)
            case "clear" | "clear undated":
                return CaseCleared(
                    kind=ClearanceKind.ARREST, outcome="CHARGED", offences=1 + n % 3, dated=act == "clear", contributions=contributed(n)
                )
            case "revoke":
                return ClearanceRevoked(reason="r")
            case "withdraw":
                return CaseWithdrawn(reason=list(WithdrawalReason)[n % 6])
            case "reopen":
                return CaseReopened(reason="r")
            case "transfer":
                return JurisdictionTransferred(from_station=station, from_division=place, to_station=station, to_division=place, reason="r")
            case "reclassify":
                return CaseReclassified(before=offences, after=offences, reason="r")
            case "split":
                return CaseSplit(as_case=other, offences=offences, remaining=offences[:1], reason="r")
            case "merge":
                return CaseMerged(into=other, reason="r")
            case "unmerge":
                return CaseUnmerged(out_of=other, reason="r")
            case "accept":
                return CaseAccepted()
            case _:
                return self._correction(act, id, n, offences, place, station)

    def _correction(self, act: str, id: CaseId, n: int, offences: tuple[Offence, ...], place: Any, station: Any) -> Any:
        fact, wrong, values = {
            "correct filing": (CaseFact.FILED_AT, (CaseFiled,), {"instant": instant(n)}),
            "correct clearance": (CaseFact.CLEARED_AT, (CaseCleared,), {"instant": instant(n)}),
            "correct type": (CaseFact.OFFENCE_TYPE, (ReportRegistered, CaseFiled), {"old_code": TYPES[n % 3], "code": offences[0].type}),
            "correct place": (CaseFact.PLACE, (ReportRegistered,), {"division": place, "station": station}),
        }[act]
        positions = self.positions(id, *wrong)
        if not positions:
            return None
        return CaseFactCorrected(correction=CORRECTION, fact=fact, corrects=positions[n % len(positions)], reason="r", **values)

    def alarm(self, act: str, which: int, day: date, n: int) -> None:
        id = AlarmId(named(f"alarm {which}"))
        at = instant((day - START).days) + timedelta(seconds=n)
        if f"alarm {which}" not in self.begun:
            self.begun.add(f"alarm {which}")
            self.write(id, AlarmOpened(kind=IntakeKind.ALARM, division=DIVISIONS[n % 2], station=OrganisationId("s"), test=n % 7 == 0), at)
        self._alarm_event(act, id, which, n, at)

    def _alarm_event(self, act: str, id: AlarmId, which: int, n: int, at: datetime) -> None:
        further = AlarmId(named(f"alarm {which + 1}"))
        match act:
            case "report":
                self.write(id, ReportReceived(report=ReportId(named("r")), source=list(ReportSource)[n % 8]), at)
            case "triage":
                self.write(id, AlarmTriaged(alarm_type=TYPES[n % 3], priority=str(n % 2)), at)
            case "priority":
                self.write(id, PriorityChanged(priority=str(n % 2), reason="r"), at)
            case "merge" if f"alarm {which + 1}" in self.begun:
                self.write(id, AlarmsMerged(into=further, reason="r"), at)
            case "unmerge":
                self.write(id, AlarmUnmerged(out_of=further, reason="r"), at)
            case "result":
                outcome = [None, *AlarmOutcome][n % 4]
                helped = contributed(n) if outcome else ()
                self.write(id, AlarmResultRecorded(result=list(AlarmResult)[n % 10], outcome=outcome, contributions=helped), at)
            case "correct":
                fact = AlarmFactCorrected(correction=CORRECTION, fact=AlarmFact.RECEIVED_AT, corrects=1, reason="r", instant=instant(n))
                self.write(id, fact, at)
            case "order":
                self.runs.append(named(f"run {len(self.runs)}"))
                self.write(self.runs[-1], UnitOrdered(alarm=id, unit=UnitId(named("u"))), at)
            case _ if self.runs:
                self._run_event(act, self.runs[n % len(self.runs)], n, at)

    def _run_event(self, act: str, run: Any, n: int, at: datetime) -> None:
        match act:
            case "en route":
                self.write(run, UnitEnRoute(), at)
            case "arrive":
                self.write(run, UnitArrived(), at)
            case "cancel":
                self.write(run, OrderCancelled(reason="r"), at)
            case "correct run":
                fact = list(OrderFact)[n % 4]
                self.write(run, OrderFactCorrected(correction=CORRECTION, fact=fact, corrects=1, reason="r", instant=at), at)


def contributed(n: int) -> tuple[Contribution, ...]:
    """By one channel, by two in several roles, or by none that is known."""
    video, patrol = (Contribution(each, ContributionRole.DETECTED) for each in (ContributionChannel.VIDEO, ContributionChannel.PATROL))
    return ((), (video,), (patrol,), (video, replace(video, role=ContributionRole.PROVED), patrol))[n % 4]


def instant(days: int) -> datetime:
    return datetime(2029, 1, 1, 4, tzinfo=UTC) + timedelta(days)


strides = st.sampled_from([1, 701, 30_011])
"""Wide enough that blocks of positions of every size are filled."""
offences = st.lists(st.builds(Offence, st.sampled_from(TYPES), st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda each: each.type)
case_steps = st.tuples(
    st.sampled_from(CASE_EVENTS), st.integers(0, CASES - 1), st.integers(0, 360), st.integers(0, 60), offences.map(tuple)
)
alarm_steps = st.tuples(st.sampled_from(ALARM_EVENTS), st.integers(0, ALARMS - 1), st.integers(0, 3), st.integers(0, 60))


@st.composite
def casework(draw: st.DrawFn) -> City:
    city = City(draw(strides))
    for which in range(CASES):
        city.case("file", which, START + timedelta(draw(st.integers(0, 360))), which, draw(offences.map(tuple)))
    for act, which, day, n, kinds in draw(st.lists(case_steps, min_size=1, max_size=25)):
        city.case(act, which, START + timedelta(day), n, kinds)
    return city


@st.composite
def dispatching(draw: st.DrawFn) -> City:
    city = City(draw(strides))
    for act, which, day, n in draw(st.lists(alarm_steps, min_size=1, max_size=30)):
        city.alarm(act, which, START + timedelta(day), n)
    return city
