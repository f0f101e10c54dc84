"""Assessments, and a score for each organisation and indicator, from the beginning on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.oversight.views import AppealState, AssessmentState, AssessmentView, ScoreView
from domain.events import Recorded
from domain.ids import score_of
from domain.oversight.events import AppealDecided, AppealLodged, AssessmentOpened, IndicatorScored, PeriodSealed
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.tables import table_of

ASSESSMENTS = table_of(AssessmentView, "assessments")
SCORES = table_of(ScoreView, "assessment_scores", indexes=[("assessment",), ("organisation",)])

on_assessment = Handlers()


@on_assessment(AssessmentOpened)
def assessment_opened(record: Recorded[AssessmentOpened]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "state": AssessmentState.OPEN,
        "title_en": event.title_en,
        "title_zh": event.title_zh,
        "first": event.first,
        "last": event.last,
        "legal_basis": event.legal_basis,
        "assessor": event.assessor,
        "organisations": event.organisations,
        "indicators": event.indicators,
        "override": event.override,
        "opened_by": record.by,
        "opened_at": record.effective_at,
    }
    yield Insert(ASSESSMENTS, values)
    for organisation in event.organisations:
        for code in (each.code for each in event.indicators):
            score = {"id": score_of(record.originator_id, organisation, code), "assessment": record.originator_id}
            unscored = {"organisation": organisation, "indicator": code, "computed": False, "appeal_reason": "", "decision": ""}
            yield Insert(SCORES, {**score, **unscored})


@on_assessment(IndicatorScored)
def indicator_scored(record: Recorded[IndicatorScored]) -> Iterable[Change]:
    return _score(record, **_evidence(record, record.event.scored_by))


@on_assessment(AppealLodged)
def appeal_lodged(record: Recorded[AppealLodged]) -> Iterable[Change]:
    return _score(record, appeal=AppealState.PENDING, appeal_reason=record.event.reason, decided_by=None, decision="")


@on_assessment(AppealDecided)
def appeal_decided(record: Recorded[AppealDecided]) -> Iterable[Change]:
    event = record.event
    state = AppealState.UPHELD if event.upheld else AppealState.DISMISSED
    anew = _evidence(record, event.decided_by) if event.upheld else {}
    return _score(record, appeal=state, decided_by=event.decided_by, decision=event.reason, **anew)


@on_assessment(PeriodSealed)
def period_sealed(record: Recorded[PeriodSealed]) -> Iterable[Change]:
    return (_changed(record, state=AssessmentState.SEALED, sealed_by=record.by, sealed_at=record.effective_at),)


def _evidence(record: Recorded[Any], by: str) -> dict[str, Any]:
    event = record.event
    told = {name: getattr(event, name) for name in ("value", "numerator", "denominator", "evidence_position", "computed", "points")}
    return {**told, "scored_by": by, "scored_at": record.effective_at}


def _score(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    score = score_of(record.originator_id, record.event.organisation, record.event.indicator)
    return (_changed(record), Patch(SCORES, score, values))


def _changed(record: Recorded[Any], **values: Any) -> Change:
    return Patch(ASSESSMENTS, record.originator_id, {**values, "version": record.version})


PROJECTIONS = (Projection(name="assessments", version=2, tables=(ASSESSMENTS, SCORES), handlers=on_assessment, inline=True),)
