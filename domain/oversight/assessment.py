"""An assessment period: organisations scored by the indicators of a scheme, with appeals, sealed in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import OfficerId, OrganisationId
from domain.oversight.assessment_rules import (
    AppealOfOneself,
    AppealOfOthers,
    AppealPending,
    AppealsPending,
    AssessesItself,
    AssessmentIsSealed,
    AssessmentNeedsOrganisations,
    AssessmentOfAnotherAssessor,
    IndicatorCodeTwice,
    IndicatorNotScored,
    IndicatorUnknown,
    NoAppealPending,
    NotAllScored,
    NotAssessed,
    PeriodEndsEarly,
    RanksOnCaseCounts,
    TargetNotPositive,
    WeightNegative,
    WeightsNotHundred,
)
from domain.oversight.events import (
    AppealDecided,
    AppealLodged,
    AssessmentChange,
    AssessmentOpened,
    EvidenceStatistic,
    Indicator,
    IndicatorScored,
    PeriodSealed,
)
from domain.oversight.evidence import Evidence, points, value_of
from domain.rules import free_text, required_text

NOT_RANKED_ON = frozenset({EvidenceStatistic.CASE_COUNTS, EvidenceStatistic.SOLVING_RATE})
"""What a ministry opinion (公通字〔2015〕32号) took out of performance assessment (G4)."""
HUNDRED = 100
Scored = tuple[OrganisationId, str]
"""An organisation, and the code of an indicator."""


@dataclass(frozen=True)
class Assessment:
    """An assessment period (考评). `scorers` says who gave each score that stands, `appeals` against which one is pending."""

    begins: ClassVar[tuple[type[Event], ...]] = (AssessmentOpened,)

    assessor: OrganisationId
    first: date
    last: date
    organisations: frozenset[OrganisationId]
    indicators: Mapping[str, Indicator]
    scorers: Mapping[Scored, OfficerId] = field(default_factory=dict[Scored, OfficerId])
    appeals: frozenset[Scored] = frozenset()
    sealed: bool = False

    @staticmethod
    def open(wanted: AssessmentOpened) -> AssessmentOpened:
        if wanted.last < wanted.first:
            raise PeriodEndsEarly
        if not wanted.organisations:
            raise AssessmentNeedsOrganisations
        if wanted.assessor in wanted.organisations:
            raise AssessesItself
        indicators = tuple(_checked(each) for each in wanted.indicators)
        override = free_text(wanted.override, field="override")
        _insist_on_scheme(indicators, overridden=bool(override))
        return replace(
            wanted,
            title_en=required_text(wanted.title_en, field="titleEn"),
            title_zh=required_text(wanted.title_zh, field="titleZh"),
            legal_basis=free_text(wanted.legal_basis, field="legalBasis"),
            organisations=tuple(dict.fromkeys(wanted.organisations)),
            indicators=indicators,
            override=override,
        )

    def score(self, organisation: OrganisationId, code: str, evidence: Evidence, own: OrganisationId, by: OfficerId) -> IndicatorScored:
        """May be scored anew until an appeal is pending, or the period sealed."""
        self._insist_assessor(own)
        indicator = self._indicator(organisation, code)
        if (organisation, code) in self.appeals:
            raise AppealPending
        value = value_of(indicator, evidence)
        return IndicatorScored(
            organisation=organisation,
            indicator=code,
            value=value,
            numerator=evidence.numerator,
            denominator=evidence.denominator,
            evidence_position=evidence.position,
            points=points(indicator, value),
            scored_by=by,
            computed=evidence.computed,
        )

    def appeal(self, organisation: OrganisationId, code: str, own: OrganisationId, reason: str) -> AppealLodged:
        self._insist_open()
        self._indicator(organisation, code)
        if own != organisation:
            raise AppealOfOthers
        if (organisation, code) not in self.scorers:
            raise IndicatorNotScored
        if (organisation, code) in self.appeals:
            raise AppealPending
        return AppealLodged(organisation=organisation, indicator=code, reason=required_text(reason, field="reason"))

    def decide(
        self, organisation: OrganisationId, code: str, evidence: Evidence | None, reason: str, own: OrganisationId, by: OfficerId
    ) -> AppealDecided:
        """With evidence the appeal is upheld and the indicator scored by it; without it is dismissed, and the score stands."""
        self._insist_assessor(own)
        indicator = self._indicator(organisation, code)
        if (organisation, code) not in self.appeals:
            raise NoAppealPending
        if by == self.scorers[organisation, code]:
            raise AppealOfOneself
        value = None if evidence is None else value_of(indicator, evidence)
        return AppealDecided(
            organisation=organisation,
            indicator=code,
            upheld=evidence is not None,
            reason=required_text(reason, field="reason"),
            decided_by=by,
            value=value,
            numerator=evidence.numerator if evidence else None,
            denominator=evidence.denominator if evidence else None,
            evidence_position=evidence.position if evidence else None,
            points=None if value is None else points(indicator, value),
            computed=evidence is not None and evidence.computed,
        )

    def seal(self, own: OrganisationId) -> PeriodSealed:
        self._insist_assessor(own)
        if self.appeals:
            raise AppealsPending
        if any((organisation, code) not in self.scorers for organisation in self.organisations for code in self.indicators):
            raise NotAllScored
        return PeriodSealed()

    def _indicator(self, organisation: OrganisationId, code: str) -> Indicator:
        if organisation not in self.organisations:
            raise NotAssessed
        if code not in self.indicators:
            raise IndicatorUnknown
        return self.indicators[code]

    def _insist_assessor(self, own: OrganisationId) -> None:
        if own != self.assessor:
            raise AssessmentOfAnotherAssessor
        self._insist_open()

    def _insist_open(self) -> None:
        if self.sealed:
            raise AssessmentIsSealed

    @classmethod
    def begin(cls, event: AssessmentOpened) -> Assessment:
        indicators = {each.code: each for each in event.indicators}
        return cls(event.assessor, event.first, event.last, frozenset(event.organisations), indicators)

    def apply(self, event: AssessmentChange) -> Assessment:
        match event:
            case IndicatorScored(organisation=organisation, indicator=code, scored_by=by):
                return evolve(self, scorers={**self.scorers, (organisation, code): by})
            case AppealLodged(organisation=organisation, indicator=code):
                return evolve(self, appeals=self.appeals | {(organisation, code)})
            case AppealDecided(organisation=organisation, indicator=code, upheld=upheld, decided_by=by):
                scorers = {**self.scorers, (organisation, code): by} if upheld else self.scorers
                return evolve(self, appeals=self.appeals - {(organisation, code)}, scorers=scorers)
            case PeriodSealed():
                return evolve(self, sealed=True)
            case _:
                assert_never(event)


def _checked(indicator: Indicator) -> Indicator:
    if indicator.weight < 0:
        raise WeightNegative
    if not indicator.target > 0:
        raise TargetNotPositive
    return replace(
        indicator,
        code=required_text(indicator.code, field="indicators"),
        name_en=required_text(indicator.name_en, field="indicators"),
        name_zh=required_text(indicator.name_zh, field="indicators"),
        parameters=free_text(indicator.parameters, field="indicators"),
    )


def _insist_on_scheme(indicators: Iterable[Indicator], *, overridden: bool) -> None:
    """An indicator without weight is shown beside the others and ranks nobody."""
    scheme = list(indicators)
    if len({each.code for each in scheme}) < len(scheme):
        raise IndicatorCodeTwice
    if sum(each.weight for each in scheme) != HUNDRED:
        raise WeightsNotHundred
    if not overridden and any(each.weight and each.statistic in NOT_RANKED_ON for each in scheme):
        raise RanksOnCaseCounts
