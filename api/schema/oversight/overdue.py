"""Who owes an answer to a directive."""

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
from application.oversight.governing import OverdueDirective
from application.oversight.views import DirectiveView


async def _directive(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(DirectiveView, root.directive)


async def _organisation(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(OrganisationView, root.organisation)


_Overdue = built(
    "OverdueDirective",
    {"due": date, "days_overdue": int, "acknowledged": bool, "position": told("position", int)},
    defaults={
        "directive_thing": strawberry.field(name="directive", resolver=_directive, graphql_type=TYPES[DirectiveView] | None),
        "addressee": strawberry.field(resolver=_organisation, graphql_type=TYPES[OrganisationView] | None),
    },
    description=described(OverdueDirective),
)


async def _overdue(info: GraphInfo, on: date, recorded_as_of: AsOfInput | None = None) -> Any:
    return await context_of(info).figures.overdue_directives(on, as_of_given(recorded_as_of))


def overdue_queries() -> dict[str, Any]:
    return {
        "overdue_directives": strawberry.field(
            resolver=_overdue,
            graphql_type=many(_Overdue),
            extensions=[AtLeast(DirectiveView)],
            description="Who has not fulfilled a directive when it was due, as it stood at the end of a day. 逾期未落实的通知。",
        )
    }
