"""In which divisions a place lies, and which station is competent there: asked of any place, and told with an alarm."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from api.context import GraphInfo, columns_of, context_of
from api.schema.freshness import AtLeast
from api.schema.shapes import asked, built, described, many, reads, taken
from api.schema.things import TYPES
from application.jurisdiction.bounded import BoundaryView, Whereabouts
from application.jurisdiction.views import DivisionView, OrganisationView
from domain.places import Point


async def _divisions(root: Whereabouts, info: GraphInfo) -> list[Any]:
    context, columns = context_of(info), columns_of(info, TYPES[DivisionView].__name__)
    found = [await context.thing(DivisionView, id, columns) for id in root.divisions]
    return [each for each in found if each is not None]


async def _station(root: Whereabouts, info: GraphInfo) -> Any:
    return await context_of(info).thing(OrganisationView, root.station, columns_of(info, TYPES[OrganisationView].__name__))


_Whereabouts = built(
    "Whereabouts",
    {},
    defaults={
        "divisions": strawberry.field(
            resolver=_divisions,
            graphql_type=many(TYPES[DivisionView]),
            metadata=reads("divisions"),
            description="The divisions it lies in, the largest first. 所属行政区划，由大到小。",
        ),
        "station": strawberry.field(
            resolver=_station,
            graphql_type=TYPES[OrganisationView] | None,
            metadata=reads("station"),
            description="The station in whose area it lies. 所在辖区的派出所。",
        ),
    },
    description=described(Whereabouts),
)


async def _where(info: GraphInfo, place: Any, on: date | None = None) -> Any:
    return await context_of(info).services.gazetteer.where(taken(Point, place), on)


_where.__annotations__["place"] = asked("place", Point)


def whereabouts_queries() -> dict[str, Any]:
    return {
        "where_is": strawberry.field(
            resolver=_where,
            graphql_type=_Whereabouts,
            extensions=[AtLeast(BoundaryView)],
            description="Who is competent at a place on a day; today, if none is given. 某地点某日的管辖归属，缺省为今日。",
        )
    }
