"""What came of cases (S11): recorded in a period, or assigned to the cases filed in it; in four schemes of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from application.casework.views import CaseView
from application.oversight.statistics import Listed, OutcomeBasis, OutcomeScheme, OutcomeShare
from domain.casework.events import WithdrawalReason
from domain.casework.outcomes import HOME_OFFICE, OUTCOMES, Outcome, Ucr
from domain.oversight.measures import CountUnit
from domain.oversight.shares import is_told
from infrastructure.projections.oversight.tables import case_facts
from infrastructure.statistics.cohorts import weight
from infrastructure.statistics.inquiry import Condition, Inquiry, paged, total


@dataclass(frozen=True, slots=True)
class Word:
    """How a scheme names an outcome."""

    code: str
    label_en: str
    label_zh: str


NOT_YET_ASSIGNED = Word("NOT_YET_ASSIGNED", "Not yet assigned", "尚无结果")
NO_EQUIVALENT = Word("NO_EQUIVALENT", "No equivalent in this scheme", "该分类无对应项")
_UCR: Mapping[Ucr, Word] = {
    Ucr.ARREST: Word("ARREST", "Cleared by arrest", "逮捕破案"),
    Ucr.EXCEPTIONAL: Word("EXCEPTIONAL", "Cleared by exceptional means", "例外破案"),
    Ucr.NONE: Word("NOT_CLEARED", "Not cleared", "未破案"),
}


def outcomes(inquiry: Inquiry, scheme: OutcomeScheme, basis: OutcomeBasis) -> list[OutcomeShare]:
    found = inquiry.rows(
        sa.select(case_facts.c.outcome, total(_count(inquiry)).label("n")).where(*_asked(inquiry, basis)).group_by(case_facts.c.outcome)
    )
    counts: Counter[Word] = Counter()
    for row in found:
        counts[word(row.outcome, scheme)] += row.n
    sum_of_all = sum(counts.values())
    return [
        OutcomeShare(
            scheme=scheme,
            basis=basis,
            code=each.code,
            label_en=each.label_en,
            label_zh=each.label_zh,
            n=n,
            total=sum_of_all,
            share=n / sum_of_all if is_told(sum_of_all) else None,
            position=inquiry.moment.position,
        )
        for each, n in sorted(counts.items(), key=lambda item: (-item[1], item[0].code))
    ]


def outcome_cases(
    inquiry: Inquiry, scheme: OutcomeScheme, basis: OutcomeBasis, code: str, first: int, after: UUID | None
) -> Sequence[Listed]:
    facts = case_facts.c
    statement = sa.select(facts.id, facts.number, _count(inquiry).label("amount")).where(*_asked(inquiry, basis), _says(scheme, code))
    return [Listed(row.id, row.number, row.amount) for row in inquiry.rows(paged(inquiry, CaseView, statement, facts.id, first, after))]


def word(code: str | None, scheme: OutcomeScheme) -> Word:
    if code is None:
        return NOT_YET_ASSIGNED
    outcome = OUTCOMES.get(code)
    return Word(code, code, code) if outcome is None else _translated(outcome, scheme)


def _translated(outcome: Outcome, scheme: OutcomeScheme) -> Word:
    match scheme:
        case OutcomeScheme.INTERNAL:
            return Word(outcome.code, outcome.label_en, outcome.label_zh)
        case OutcomeScheme.UCR:
            return _ucr(outcome)
        case OutcomeScheme.HOME_OFFICE:
            row = HOME_OFFICE[outcome.home_office[0]] if outcome.home_office else None
            return Word(row.code, row.label_en, row.label_zh) if row else NO_EQUIVALENT
        case OutcomeScheme.CHINA:
            return Word(outcome.chinese, outcome.label_en, outcome.chinese) if outcome.chinese else NO_EQUIVALENT


def _ucr(outcome: Outcome) -> Word:
    """Exceptional clearances are told apart by their reason (NIBRS data element 4)."""
    plain = _UCR[outcome.ucr]
    if outcome.nibrs is None:
        return plain
    return Word(f"{plain.code}_{outcome.nibrs.value}", f"{plain.label_en}: {outcome.label_en}", f"{plain.label_zh}：{outcome.label_zh}")


def _says(scheme: OutcomeScheme, code: str) -> Condition:
    """The internal codes that a scheme's code stands for."""
    if code == NOT_YET_ASSIGNED.code:
        return case_facts.c.outcome.is_(None)
    return case_facts.c.outcome.in_([each for each in OUTCOMES if word(each, scheme).code == code])


def _asked(inquiry: Inquiry, basis: OutcomeBasis) -> list[Condition]:
    """Cases found to be no crime leave the base."""
    facts = case_facts.c
    day = facts.filed_day if basis is OutcomeBasis.ASSIGNED_TO else facts.outcome_day
    stands = [facts.filed_day.is_not(None), facts.merged_into.is_(None), facts.withdrawal.is_distinct_from(WithdrawalReason.NO_CRIME)]
    return [inquiry.in_period(day), inquiry.known(case_facts), *stands, *inquiry.within(case_facts), *inquiry.of_types(facts.bag)]


def _count(inquiry: Inquiry) -> sa.ColumnElement[int]:
    """A case, or all its offences of the types asked for."""
    return weight(inquiry, case_facts.c.bag) if inquiry.question.unit is CountUnit.OFFENCE else sa.literal_column("1", sa.BigInteger)
