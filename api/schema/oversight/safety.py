"""What people feel and what was recorded, side by side: two things, and no number made of both (R33)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.connections import LARGEST
from api.schema.freshness import AtLeast
from api.schema.oversight.figures import CaseCount, answered
from api.schema.oversight.questions import AreaInput, AsOfInput, PeriodInput, question
from api.schema.shapes import built, many
from api.schema.things import TYPES
from application.oversight.statistics import Period
from application.oversight.views import SafetySurveyView
from application.views import Order, Span, Wanted
from domain.ids import DivisionCode

_Survey = TYPES[SafetySurveyView]
_Beside = built(
    "SafetyBesideCrime",
    {"surveys": many(_Survey), "crime": CaseCount},
    defaults={
        "surveys": strawberry.field(description="Surveys of the division that began in the period, latest first. 期内开始的调查。"),
        "crime": strawberry.field(description="Cases known and cleared there in the period. 同期同区划的立案与破案数。"),
    },
    description="What people felt beside what was recorded; the two are never mixed in one number. 群众安全感与案件数并列，互不折算。",
)


async def _safety_beside_crime(info: GraphInfo, division: DivisionCode, period: PeriodInput, as_of: AsOfInput | None = None) -> Any:
    context, asked = context_of(info), question(period, AreaInput(division=division), [], as_of)
    wanted = Wanted(any_of={"division": [division], "retracted_at": [None]}, within={"first": _days(asked.period)})
    page = await context.rows.page(SafetySurveyView, wanted, Order(by="last"), LARGEST, None)
    return _Beside(surveys=page.rows, crime=answered(CaseCount, await context.figures.case_counts(asked), asked))


def _days(period: Period) -> Span:
    """To the day after the last, where the calendar has one."""
    return Span(low=period.first, high=period.last + timedelta(1) if period.last < date.max else None)


def safety_queries() -> dict[str, Any]:
    return {
        "safety_beside_crime": strawberry.field(
            resolver=_safety_beside_crime,
            graphql_type=_Beside,
            extensions=[AtLeast()],
            description="Safety surveys beside the crime figures of the same place and days. 群众安全感与同期案件数。",
        )
    }
