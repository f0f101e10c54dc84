"""Which figures there are, what is asked and what is answered. Definitions and numbers S1 to S15: docs/statistics.md.

Every figure says what it counts, over which area and period, as of which position, and what it left out. For those outside
(application/oversight/disclosure.py) small counts are None, and `suppressed` says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from domain.casework.events import ContributionChannel
from domain.ids import AssessmentId, DirectiveId, DivisionCode, OrganisationId
from domain.oversight.contributions import ContributionOutcome
from domain.oversight.events import BuildKind
from domain.oversight.measures import CountUnit, Measure
from domain.rules import NotFound


class AreaGroupUnknown(NotFound):
    """There is no area group of this code.

    没有使用此代码的片区。
    """

    on = "group"


class Definition(StrEnum):
    """How a solving rate attributes clearances to filings (S7, S8, S9)."""

    PERIOD = "PERIOD"
    COHORT = "COHORT"
    WINDOW_30D = "WINDOW_30D"
    WINDOW_90D = "WINDOW_90D"
    WINDOW_365D = "WINDOW_365D"


class Basis(StrEnum):
    """Every unit's run, or just the first unit that arrived at the alarm (S15)."""

    RUN = "RUN"
    FIRST_ARRIVING = "FIRST_ARRIVING"


class Segment(StrEnum):
    """Parts of a response (NFPA 1710): received to ordered, ordered to en route, en route to arrived, and all."""

    PROCESSING = "PROCESSING"
    TURNOUT = "TURNOUT"
    TRAVEL = "TRAVEL"
    TOTAL = "TOTAL"


class Granularity(StrEnum):
    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"


@dataclass(frozen=True, slots=True)
class Period:
    """Days in the deployment's zone, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Area:
    """At most one is set; none is everywhere. A division includes those below it at its own valid time, a group its members."""

    division: DivisionCode | None = None
    organisation: OrganisationId | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class AsOf:
    """What was known at a position, at a time of recording, or when a day in the deployment's zone was over; none is now."""

    position: int | None = None
    recorded_at: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every figure is asked with."""

    period: Period
    area: Area = Area()
    types: tuple[str, ...] = ()
    as_of: AsOf = AsOf()
    unit: CountUnit = CountUnit.CASE


@dataclass(frozen=True, slots=True)
class Excluded:
    reason: str
    n: int | None


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Listed:
    """One case behind a figure, and how much of the figure is its own: amounts add up to the figure."""

    id: UUID
    number: str
    amount: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SolvingRate:
    """S7, S8 or S9. `value` is None where there is nothing to divide by, or on a small base unless asked for.

    The split into current and backlog clearances is that of the clearances booked in the period, whatever the definition.
    """

    definition: Definition
    unit: CountUnit
    numerator: int | None
    denominator: int | None
    value: float | None
    ci: Interval | None
    current_clearances: int | None
    backlog_clearances: int | None
    pending: int | None
    maturity: float | None
    excluded: tuple[Excluded, ...]
    position: int
    suppressed: bool = False


class BridgeItem(StrEnum):
    """Why the booked rate and the cohort rate differ (S13); amounts add up from one to the other."""

    BACKLOG_CLEARANCES = "BACKLOG_CLEARANCES"
    BACKLOG_REVOCATIONS = "BACKLOG_REVOCATIONS"
    LATE_CLEARANCES = "LATE_CLEARANCES"
    LATE_REVOCATIONS = "LATE_REVOCATIONS"
    UNDATED_CLEARANCES = "UNDATED_CLEARANCES"
    CLEARED_BUT_NO_CRIME = "CLEARED_BUT_NO_CRIME"
    BACKLOG_WITHDRAWALS = "BACKLOG_WITHDRAWALS"
    LATE_WITHDRAWALS = "LATE_WITHDRAWALS"
    WITHDRAWN_NOT_UNFOUNDED = "WITHDRAWN_NOT_UNFOUNDED"
    MOVED = "MOVED"


class Side(StrEnum):
    NUMERATOR = "NUMERATOR"
    DENOMINATOR = "DENOMINATOR"


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeStep:
    item: BridgeItem
    side: Side
    amount: int | None
    position: int
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTime:
    """S15: seconds, nearest rank. None where nothing was measured."""

    segment: Segment
    basis: Basis
    p50: int | None
    p90: int | None
    n: int | None
    excluded: tuple[Excluded, ...]
    position: int
    suppressed: bool = False


class DemandBy(StrEnum):
    """What demand is told apart by."""

    STATION = "STATION"
    DIVISION = "DIVISION"


@dataclass(frozen=True, slots=True, kw_only=True)
class HourDemand:
    """So many alarms in an hour of the week (0 is Monday from midnight on), which occurred so often in the period."""

    key: str
    hour: int
    alarms: int
    occurrences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """When alarms of a period came, by area and hour of the week. Hours in which none came are left out."""

    by: DemandBy
    period: Period
    alarms: int
    hours: tuple[HourDemand, ...]
    excluded: tuple[Excluded, ...]
    position: int


class CommandMode(StrEnum):
    """FLAT: whoever ordered the unit passed over levels between. LAYERED: all other orders (扁平化 / 逐级)."""

    FLAT = "FLAT"
    LAYERED = "LAYERED"


class CommandSegment(StrEnum):
    """The stretches of an order that the way of command may shorten."""

    RECEIVED_TO_ORDERED = "RECEIVED_TO_ORDERED"
    ORDERED_TO_ACKNOWLEDGED = "ORDERED_TO_ACKNOWLEDGED"
    ORDERED_TO_ARRIVED = "ORDERED_TO_ARRIVED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandTime:
    """Seconds of orders by way of command, nearest rank. None where nothing was measured, or below 30 unless asked for."""

    mode: CommandMode
    segment: CommandSegment
    median: int | None
    p90: int | None
    n: int | None
    excluded: tuple[Excluded, ...]
    position: int
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmCount:
    """S1: distinct alarms received, after the merges known; tests are left out, unfounded and proactive ones are among them.
    An alarm is proactive where its first report came from a patrol.
    """

    alarms: int | None
    reports: int | None
    proactive: int | None
    unfounded: int | None
    merged: int | None
    excluded: tuple[Excluded, ...]
    position: int
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCount:
    """S4, S5 and S6 of one period, with the parts they are made of."""

    unit: CountUnit
    known_booked: int | None
    known_restated: int | None
    clearances_booked: int | None
    filed: int | None
    withdrawn: int | None
    cleared: int | None
    revoked: int | None
    current_clearances: int | None
    backlog_clearances: int | None
    excluded: tuple[Excluded, ...]
    position: int
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionTally:
    """S23: how many alarms or cases had this outcome with the channel's help. Each counts once, whatever the channel did for it."""

    outcome: ContributionOutcome
    count: int | None
    excluded: tuple[Excluded, ...]
    position: int
    suppressed: bool = False


class OutcomeBasis(StrEnum):
    """Recorded in the period, of cases of any day; or assigned to cases filed in the period. Never mixed (S11)."""

    RECORDED_IN = "RECORDED_IN"
    ASSIGNED_TO = "ASSIGNED_TO"


class OutcomeScheme(StrEnum):
    """Whose words the outcomes are told in."""

    INTERNAL = "INTERNAL"
    UCR = "UCR"
    HOME_OFFICE = "HOME_OFFICE"
    CHINA = "CHINA"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeShare:
    """S11. `code` NOT_YET_ASSIGNED is a value, not a gap."""

    scheme: OutcomeScheme
    basis: OutcomeBasis
    code: str
    label_en: str
    label_zh: str
    n: int | None
    total: int | None
    share: float | None
    position: int
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """How much of a measure was booked in a stretch of the period; `type` is None where types are not told apart."""

    start: date
    type: str | None
    measure: Measure
    amount: int | None
    position: int
    suppressed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueDirective:
    """An addressee that has not fulfilled a directive when the day it was due was over, and whether it took note at least."""

    directive: DirectiveId
    organisation: OrganisationId
    due: date
    days_overdue: int
    acknowledged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildProgress:
    """An organisation's build plans for one kind of device, added up: what is planned in all, what is done, and what is due by then."""

    organisation: OrganisationId
    device_kind: BuildKind
    planned: int
    built: int
    networked: int
    accepted: int
    built_due: int
    networked_due: int
    accepted_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An organisation's points in an assessment, of 100, and how many have more."""

    rank: int
    organisation: OrganisationId
    points: float


class Statistics(Protocol):
    """The figures. Each is one SELECT, or a few, over the ledger or the versioned facts."""

    async def solving_rate(self, question: Question, definitions: Sequence[Definition], *, small: bool) -> list[SolvingRate]: ...

    async def solving_rate_cases(
        self, question: Question, definition: Definition, side: Side, first: int, after: UUID | None
    ) -> Sequence[Listed]: ...

    async def case_counts(self, question: Question) -> CaseCount: ...

    async def cases_booked(self, question: Question, measure: Measure, first: int, after: UUID | None) -> Sequence[Listed]:
        """What stands behind S4, S6 and a trend: cases with amounts of a measure in the period."""
        ...

    async def bridge(self, question: Question) -> list[BridgeStep]: ...

    async def bridge_cases(self, question: Question, item: BridgeItem, side: Side, first: int, after: UUID | None) -> Sequence[Listed]: ...

    async def alarm_counts(self, question: Question) -> AlarmCount: ...

    async def alarms_counted(self, question: Question, first: int, after: UUID | None) -> Sequence[UUID]: ...

    async def response_times(self, question: Question, priority: str | None, basis: Basis) -> list[ResponseTime]: ...

    async def runs_measured(
        self, question: Question, priority: str | None, basis: Basis, segment: Segment, first: int, after: UUID | None
    ) -> Sequence[UUID]: ...

    async def demand(self, question: Question, by: DemandBy) -> Demand: ...

    async def command_times(self, question: Question, *, small: bool) -> list[CommandTime]:
        """Both ways of command by each segment."""
        ...

    async def outcomes(self, question: Question, scheme: OutcomeScheme, basis: OutcomeBasis) -> list[OutcomeShare]: ...

    async def outcome_cases(
        self, question: Question, scheme: OutcomeScheme, basis: OutcomeBasis, code: str, first: int, after: UUID | None
    ) -> Sequence[Listed]: ...

    async def contributions(self, question: Question, channel: ContributionChannel) -> list[ContributionTally]:
        """All outcomes, whether there were any or not."""
        ...

    async def alarms_contributed(
        self, question: Question, channel: ContributionChannel, outcome: ContributionOutcome, first: int, after: UUID | None
    ) -> Sequence[UUID]: ...

    async def cases_contributed(
        self, question: Question, channel: ContributionChannel, outcome: ContributionOutcome, first: int, after: UUID | None
    ) -> Sequence[Listed]: ...

    async def trend(self, question: Question, measure: Measure, granularity: Granularity, *, by_type: bool) -> list[TrendPoint]: ...

    async def overdue_directives(self, on: date) -> Sequence[OverdueDirective]:
        """By addressee, as it stood at the end of the day."""
        ...

    async def build_progress(self, on: date, organisation: OrganisationId | None) -> Sequence[BuildProgress]:
        """By organisation, of one with all below it or of all, as it stood at the end of the day."""
        ...

    async def ranking(self, assessment: AssessmentId) -> Sequence[Ranked]:
        """Refused until the assessment is sealed."""
        ...
