"""Safety surveys as they can be read."""

from __future__ import annotations

from collections.abc import Iterable

from application.oversight.views import SafetySurveyView
from domain.events import Recorded
from domain.oversight.events import SurveyImported, SurveyRetracted
from domain.oversight.shares import is_told
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.tables import table_of

SURVEYS = table_of(SafetySurveyView, "safety_surveys", indexes=[("division",)])

on_survey = Handlers()


@on_survey(SurveyImported)
def survey_imported(record: Recorded[SurveyImported]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "division": event.division,
        "wave": event.wave,
        "first": event.first,
        "last": event.last,
        "method": event.method,
        "source": event.source,
        "respondents": event.respondents,
        "felt_safe": event.felt_safe,
        "share": event.felt_safe / event.respondents if is_told(event.respondents) else None,
        "imported_by": record.by,
        "imported_at": record.recorded_at,
        "retraction_reason": "",
    }
    return (Insert(SURVEYS, values),)


@on_survey(SurveyRetracted)
def survey_retracted(record: Recorded[SurveyRetracted]) -> Iterable[Change]:
    values = {"version": record.version, "retracted_at": record.recorded_at, "retraction_reason": record.event.reason}
    return (Patch(SURVEYS, record.originator_id, values),)


PROJECTIONS = (Projection(name="safety_surveys", version=1, tables=(SURVEYS,), handlers=on_survey, inline=True),)
