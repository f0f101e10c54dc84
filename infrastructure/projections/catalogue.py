"""All projections there are."""

from __future__ import annotations

from datetime import tzinfo
from functools import cache

from infrastructure.projections import casework, dispatching, jurisdiction, surveillance
from infrastructure.projections.oversight import assessments, build_plans, directives, exports, surveys
from infrastructure.projections.oversight.figures import figures
from infrastructure.projections.projection import Projection


@cache
def catalogue(zone: tzinfo) -> tuple[Projection, ...]:
    """Business days are those of the deployment's zone."""
    return (
        *dispatching.PROJECTIONS,
        *casework.PROJECTIONS,
        *jurisdiction.PROJECTIONS,
        *surveillance.projections(zone),
        *exports.PROJECTIONS,
        *directives.PROJECTIONS,
        *build_plans.PROJECTIONS,
        *assessments.PROJECTIONS,
        *surveys.PROJECTIONS,
        figures(zone),
    )
