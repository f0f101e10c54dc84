"""Who stands where in an assessment."""

from __future__ import annotations

from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.freshness import AtLeast
from api.schema.shapes import built, described, many
from api.schema.things import TYPES
from application.jurisdiction.views import OrganisationView
from application.oversight.governing import Ranked
from application.oversight.views import AssessmentView
from domain.ids import AssessmentId


async def _organisation(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(OrganisationView, root.organisation)


_Ranked = built(
    "AssessmentRank",
    {"rank": int, "points": float},
    defaults={
        "organisation_thing": strawberry.field(name="organisation", resolver=_organisation, graphql_type=TYPES[OrganisationView] | None)
    },
    description=described(Ranked),
)


async def _ranking(info: GraphInfo, assessment: AssessmentId) -> Any:
    return await context_of(info).figures.ranking(assessment)


def ranking_queries() -> dict[str, Any]:
    return {
        "assessment_ranking": strawberry.field(
            resolver=_ranking,
            graphql_type=many(_Ranked),
            extensions=[AtLeast(AssessmentView)],
            description="How the organisations of a sealed assessment rank; equals share a rank. 已封存考评的排名，同分同名次。",
        )
    }
