"""Cases known per 100,000 people of a division, with the population that was divided by."""

from __future__ import annotations

from typing import Any, get_type_hints

import strawberry

from api.context import GraphInfo, context_of
from api.schema.freshness import AtLeast
from api.schema.oversight.figures import CaseCount, answered
from api.schema.oversight.questions import AreaInput, AsOfInput, PeriodInput, question
from api.schema.scalars import Position
from api.schema.shapes import built, described, told
from application.jurisdiction.populated import PopulationView
from application.oversight.per_head import CaseRate, case_rate
from domain.ids import DivisionCode, population_id
from domain.jurisdiction.events import PopulationKind

told("", PopulationKind)
ANY: Any = []
_Rate = built(
    "CaseRate",
    {
        **{name: told(name, hint) for name, hint in get_type_hints(CaseRate).items()},
        "counted_position": Position | None,
        "counts": CaseCount,
    },
    defaults={
        "known": strawberry.field(description="Cases known in the period (S4): the numerator. 期内立案数（分子）。"),
        "people": strawberry.field(description="How many people: the denominator. 人口数（分母）。"),
        "source": strawberry.field(description="Who counted them. 人口数据来源。"),
        "counted_position": strawberry.field(description="Where that count was recorded. 该人口数的登记位置。"),
        "value": strawberry.field(description="The numerator over the denominator, by 100,000. 每十万人立案数。"),
        "counts": strawberry.field(description="The case counts it is made of, with what they left out. 所依据的案件数及剔除项。"),
    },
    description=described(CaseRate),
)


async def _case_rate(
    info: GraphInfo,
    division: DivisionCode,
    period: PeriodInput,
    kind: PopulationKind = PopulationKind.RESIDENT,
    year: int | None = None,
    types: list[str] = ANY,
    as_of: AsOfInput | None = None,
) -> Any:
    context, asked = context_of(info), question(period, AreaInput(division=division), types, as_of)
    of = asked.period.last.year if year is None else year
    count = await context.figures.case_counts(asked)
    found: Any = await context.thing(PopulationView, population_id(division, of, kind))
    rate = case_rate(count, of, kind, found.counts if found is not None else ())
    return _Rate(**{name: getattr(rate, name) for name in CaseRate.__slots__}, counts=answered(CaseCount, count, asked))


def per_head_queries() -> dict[str, Any]:
    return {
        "case_rate": strawberry.field(
            resolver=_case_rate,
            graphql_type=_Rate,
            extensions=[AtLeast()],
            description="Cases known per 100,000 people of a division, with the year and kind of the population. 每十万人立案数。",
        )
    }
