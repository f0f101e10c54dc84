"""All projections there are."""

from __future__ import annotations

from datetime import tzinfo

from infrastructure.projections import area_groups, casework, dispatching, jurisdiction, legal_bases, service_levels, surveillance
from infrastructure.projections.oversight import assessments, build_plans, directives, exports, surveys
from infrastructure.projections.oversight.figures import figures
from infrastructure.projections.projection import Projection


def catalogue(zone: tzinfo) -> tuple[Projection, ...]:
    """Business days are those of the deployment's zone."""
    return (
        *dispatching.PROJECTIONS,
        *casework.PROJECTIONS,
        *jurisdiction.PROJECTIONS,
        *area_groups.PROJECTIONS,
        *legal_bases.PROJECTIONS,
        *surveillance.projections(zone),
        *service_levels.PROJECTIONS,
        *exports.PROJECTIONS,
        *directives.PROJECTIONS,
        *build_plans.PROJECTIONS,
        *assessments.PROJECTIONS,
        *surveys.PROJECTIONS,
        figures(zone),
    )
