"""What is planned and what is built."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.freshness import AtLeast
from api.schema.oversight.questions import AsOfInput, as_of_given
from api.schema.shapes import built, described, many, told
from api.schema.things import TYPES
from application.jurisdiction.views import OrganisationView
from application.oversight.governing import BuildProgress
from application.oversight.views import BuildPlanView
from domain.ids import OrganisationId
from domain.oversight.events import BuildKind

_NUMBERS = ("planned", "built", "networked", "accepted", "built_due", "networked_due", "accepted_due")


async def _organisation(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(OrganisationView, root.organisation)


_Progress = built(
    "BuildProgress",
    {"device_kind": told("device_kind", BuildKind), **dict.fromkeys(_NUMBERS, int), "position": told("position", int)},
    defaults={
        "organisation_thing": strawberry.field(name="organisation", resolver=_organisation, graphql_type=TYPES[OrganisationView] | None)
    },
    description=described(BuildProgress),
)


async def _build_progress(
    info: GraphInfo, on: date, organisation: OrganisationId | None = None, recorded_as_of: AsOfInput | None = None
) -> Any:
    return await context_of(info).figures.build_progress(on, organisation, as_of_given(recorded_as_of))


def building_queries() -> dict[str, Any]:
    return {
        "build_progress": strawberry.field(
            resolver=_build_progress,
            graphql_type=many(_Progress),
            extensions=[AtLeast(BuildPlanView)],
            description="Planned, built, networked and accepted, by organisation, as it stood at the end of a day. 建设进度。",
        )
    }
