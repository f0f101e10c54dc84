"""Which figures there are, what is asked and what is answered. Definitions and numbers S1 to S15: docs/statistics.md.

Every figure says what it counts, over which area and period, as of which position, and what it left out. For those outside
(application/oversight/disclosure.py) small counts are None, and `suppressed` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.ids import DivisionCode, OrganisationId
from domain.oversight.contributions import ContributionOutcome
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
