"""What a score rests on, and how many points it is worth."""

from __future__ import annotations

from dataclasses import dataclass

from domain.oversight.assessment_rules import BaseTooSmall, ShareMalformed, ValueIsComputed, ValueMissing
from domain.oversight.events import EvidenceStatistic, Indicator, Polarity
from domain.oversight.shares import is_told

COMPUTED = frozenset(
    {EvidenceStatistic.CASE_COUNTS, EvidenceStatistic.SOLVING_RATE, EvidenceStatistic.ALARM_COUNTS, EvidenceStatistic.RESPONSE_TIMES}
)
"""Figures that are true for any position of the log: what they say there is worked out, and by nobody's hand."""
SHARES = frozenset({EvidenceStatistic.SOLVING_RATE, EvidenceStatistic.FILING_COMPLETENESS, EvidenceStatistic.FILING_IN_TIME})
"""Shares of cases: their value is the numerator over the denominator, and there is none on a small base (G5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a score rests on: the value of a statistic at a position of the log, with what it was divided from.

    `computed` says that the value is what the statistic itself says, and not what somebody wrote down.
    """

    value: float | None
    numerator: int | None
    denominator: int | None
    position: int
    computed: bool = False


def points(indicator: Indicator, value: float) -> float:
    """The weight where the target is met, and its share of it where not. Nothing more is to be had by more than the target."""
    met = value / indicator.target if indicator.polarity is Polarity.HIGHER else indicator.target / value if value > 0 else 1.0
    return round(indicator.weight * min(1.0, max(0.0, met)), 4)


def value_of(indicator: Indicator, evidence: Evidence) -> float:
    """What the evidence says of the indicator, or the rule by which it says nothing."""
    if indicator.statistic in COMPUTED and not evidence.computed:
        raise ValueIsComputed
    if indicator.statistic not in SHARES:
        if evidence.value is None:
            raise ValueMissing
        return evidence.value
    above, below = evidence.numerator, evidence.denominator
    if evidence.value is not None or above is None or below is None or not 0 <= above <= below:
        raise ShareMalformed
    if not is_told(below):
        raise BaseTooSmall
    return above / below
