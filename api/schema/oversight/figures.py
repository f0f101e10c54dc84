"""The figures as GraphQL types: each number with what it left out, and a list of what stands behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, get_type_hints
from uuid import UUID

import strawberry

from api.context import GraphInfo, context_of
from api.schema.connections import USUAL, Listing, connection, rows_asked
from api.schema.cursors import place
from api.schema.scalars import Cursor
from api.schema.shapes import built, described, told
from api.schema.things import TYPES
from application.casework.views import CaseView
from application.dispatching.views import AlarmView, OrderView
from application.oversight import responding, statistics
from application.oversight.figures import Statistics
from application.oversight.statistics import AsOf, Listed, Question, Side
from application.views import View
from domain.ids import CaseId
from domain.oversight.contributions import ContributionOutcome
from domain.oversight.measures import Measure

BEHIND = "behind"
for _choice in (Side, Measure, ContributionOutcome):
    told("", _choice)  # the domain's own enums become the schema's
HIDDEN: Any = strawberry.Private[object]

Behind = Callable[[Statistics, Any, int, UUID | None], Awaitable[Sequence[Any]]]
"""Asks for the things behind a figure: the statistics, the figure's type instance, how many, after which."""


async def _case(root: Listed, info: GraphInfo) -> Any:
    return await context_of(info).thing(CaseView, root.id)


CountedCase = built(
    "CountedCase",
    {"id": CaseId, "number": str},
    defaults={"case": strawberry.field(resolver=_case, graphql_type=TYPES[CaseView] | None)},
    description="A case behind a figure. 数字所含案件。",
)
CountedCaseConnection = connection("CountedCase", CountedCase)
CountedAlarmConnection = connection("CountedAlarm", TYPES[AlarmView])
CountedRunConnection = connection("CountedRun", TYPES[OrderView])


def figure(kind: type, **behind: Any) -> Any:
    """A figure's type: its columns, and the lists behind it. It remembers its question, pinned to its own position."""
    columns = {name: told(name, hint) for name, hint in get_type_hints(kind).items()}
    return built(kind.__name__, {**columns, "asked": HIDDEN}, defaults=behind, description=described(kind))


def answered(kind: Any, found: Any, question: Question, **asked: Any) -> Any:
    """A figure as its GraphQL type; what is listed behind it is what was known when it was computed."""
    pinned = question if question.as_of.position == found.position else replace(question, as_of=AsOf(position=found.position))
    return kind(**{name: getattr(found, name) for name in found.__dataclass_fields__}, asked={"question": pinned, **asked})


def cases_behind(ask: Behind) -> Any:
    async def resolve(root: Any, info: GraphInfo, first: int = USUAL, after: Cursor | None = None) -> Listing[Any]:
        return await _cases(info, lambda statistics, size, last: ask(statistics, root, size, last), first, after)

    return strawberry.field(resolver=resolve, graphql_type=CountedCaseConnection, description="The cases behind it. 所含案件。")


def things_behind(view: type[View], kind: Any, ask: Behind) -> Any:
    async def resolve(root: Any, info: GraphInfo, first: int = USUAL, after: Cursor | None = None) -> Listing[Any]:
        context, size = context_of(info), rows_asked(first)
        ids = await ask(context.figures, root, size + 1, _last(after))
        rows = await context.rows.several(view, ids[:size])
        shown = [id for id in ids[:size] if id in rows]
        return Listing([rows[id] for id in shown], [(id,) for id in shown], BEHIND, len(ids) > size, after is not None)

    return strawberry.field(resolver=resolve, graphql_type=kind, description="What it counts. 所含对象。")


async def _cases(
    info: GraphInfo, ask: Callable[[Statistics, int, UUID | None], Awaitable[Sequence[Listed]]], first: int, after: Cursor | None
) -> Listing[Listed]:
    size = rows_asked(first)
    found = await ask(context_of(info).figures, size + 1, _last(after))
    return Listing(found[:size], [(each.id,) for each in found[:size]], BEHIND, len(found) > size, after is not None)


def _last(after: Cursor | None) -> UUID | None:
    return None if after is None else place(after, BEHIND, UUID)[0]


async def _rate_cases(
    root: Any, info: GraphInfo, side: Side = Side.NUMERATOR, first: int = USUAL, after: Cursor | None = None
) -> Listing[Listed]:
    question = root.asked["question"]
    return await _cases(
        info, lambda figures, size, last: figures.solving_rate_cases(question, root.definition, side, size, last), first, after
    )


async def _booked_cases(
    root: Any, info: GraphInfo, measure: Measure = Measure.FILED, first: int = USUAL, after: Cursor | None = None
) -> Listing[Listed]:
    return await _cases(info, lambda figures, size, last: figures.cases_booked(root.asked["question"], measure, size, last), first, after)


SolvingRate = figure(
    statistics.SolvingRate,
    cases=strawberry.field(
        resolver=_rate_cases, graphql_type=CountedCaseConnection, description="The cases above or below the line. 分子或分母所含案件。"
    ),
)
CaseCount = figure(
    statistics.CaseCount,
    cases=strawberry.field(
        resolver=_booked_cases, graphql_type=CountedCaseConnection, description="The cases booked in the period. 期内入账案件。"
    ),
)
BridgeStep = figure(
    statistics.BridgeStep,
    cases=cases_behind(lambda figures, root, size, last: figures.bridge_cases(root.asked["question"], root.item, root.side, size, last)),
)
OutcomeShare = figure(
    statistics.OutcomeShare,
    cases=cases_behind(
        lambda figures, root, size, last: figures.outcome_cases(root.asked["question"], root.scheme, root.basis, root.code, size, last)
    ),
)
TrendPoint = figure(
    statistics.TrendPoint,
    cases=cases_behind(lambda figures, root, size, last: figures.cases_booked(root.asked["question"], root.measure, size, last)),
)
AlarmCount = figure(
    statistics.AlarmCount,
    counted=things_behind(
        AlarmView,
        CountedAlarmConnection,
        lambda figures, root, size, last: figures.alarms_counted(root.asked["question"], size, last),
    ),
)
ContributionTally = figure(
    statistics.ContributionTally,
    alarms=things_behind(
        AlarmView,
        CountedAlarmConnection,
        lambda figures, root, size, last: figures.alarms_contributed(
            root.asked["question"], root.asked["channel"], root.outcome, size, last
        ),
    ),
    cases=cases_behind(
        lambda figures, root, size, last: figures.cases_contributed(root.asked["question"], root.asked["channel"], root.outcome, size, last)
    ),
)
CommandTime = figure(responding.CommandTime)
Demand = figure(statistics.Demand)
ResponseTime = figure(
    responding.ResponseTime,
    runs=things_behind(
        OrderView,
        CountedRunConnection,
        lambda figures, root, size, last: figures.runs_measured(
            root.asked["question"], root.asked["priority"], root.basis, root.segment, size, last
        ),
    ),
)
