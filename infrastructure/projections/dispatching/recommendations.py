"""Which units were recommended, and what was done instead."""

from __future__ import annotations

from collections.abc import Iterable

from application.dispatching.views import RecommendationView
from domain.dispatching.events import RecommendationOverridden, UnitsRecommended
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

RECOMMENDATIONS = table_of(RecommendationView, "recommendations", indexes=[("alarm",)])

on_recommendation = Handlers()


@on_recommendation(UnitsRecommended)
def units_recommended(record: Recorded[UnitsRecommended]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": event.recommendation,
        "alarm": record.originator_id,
        "recommended_at": record.effective_at,
        "recommended_by": record.by,
        "place": event.place,
        "wanted": event.wanted,
        "capabilities": event.capabilities,
        "stations": event.stations,
        "recommended": event.recommended,
        "ranking": event.ranking,
        "shortfall": event.shortfall,
        "override_reason": "",
    }
    return (Insert(RECOMMENDATIONS, values),)


@on_recommendation(RecommendationOverridden)
def recommendation_overridden(record: Recorded[RecommendationOverridden]) -> Iterable[Change]:
    event = record.event
    return (Patch(RECOMMENDATIONS, event.recommendation, {"overridden_by": event.order, "override_reason": event.reason}),)
