"""Queries on response plans beyond their lists: which fit an alarm, and which steps are late."""

from __future__ import annotations

from typing import Any

import strawberry

from api.context import Context, GraphInfo, context_of
from api.schema.connections import USUAL, Listing, connection, listed, resumed, rows_asked
from api.schema.freshness import AtLeast
from api.schema.scalars import Cursor
from api.schema.shapes import many
from api.schema.things import TYPES
from application.dispatching.plan_views import ActivatedStepView, PlanActivationView, PlanState, ResponsePlanView, StepState
from application.dispatching.proposing import fitting
from application.dispatching.views import AlarmView
from application.views import Order, Span, Wanted
from domain.ids import AlarmId

MOST_PLANS = 1_000
_Overdue = connection("OverdueStep", TYPES[ActivatedStepView])
LONGEST_OVERDUE = Order(by="due_at", descending=False)


async def _plans_for_alarm(info: GraphInfo, alarm: AlarmId) -> list[Any]:
    context = context_of(info)
    found = await context.thing(AlarmView, alarm)
    if not isinstance(found, AlarmView):
        return []
    return list(fitting(found, await _active(context), await _under_way(context, alarm)))


async def _active(context: Context) -> list[ResponsePlanView]:
    wanted = Wanted(any_of={"state": [PlanState.ACTIVE]})
    page = await context.rows.page(ResponsePlanView, wanted, Order(by="code", descending=False), MOST_PLANS, None)
    return list(page.rows)


async def _under_way(context: Context, alarm: AlarmId) -> set[str]:
    wanted = Wanted(any_of={"alarm": [alarm], "over": [False]})
    page = await context.rows.page(PlanActivationView, wanted, Order(by="activated_at"), MOST_PLANS, None)
    return {each.code for each in page.rows}


async def _overdue(info: GraphInfo, alarm: AlarmId | None = None, first: int = USUAL, after: Cursor | None = None) -> Listing[Any]:
    context = context_of(info)
    of = {} if alarm is None else {"alarm": [alarm]}
    wanted = Wanted(any_of={"state": [StepState.OPEN], **of}, within={"due_at": Span(high=context.services.clock.now())})
    page = await context.rows.page(
        ActivatedStepView, wanted, LONGEST_OVERDUE, rows_asked(first), resumed(ActivatedStepView, LONGEST_OVERDUE, after)
    )
    return listed(ActivatedStepView, wanted, LONGEST_OVERDUE, page, after)


def plan_queries() -> dict[str, Any]:
    return {
        "plans_for_alarm": strawberry.field(
            resolver=_plans_for_alarm,
            graphql_type=many(TYPES[ResponsePlanView]),
            extensions=[AtLeast()],
            description="Active response plans that fit an alarm and are not under way there, the nearest fit first. 适用于警情的预案。",
        ),
        "overdue_steps": strawberry.field(
            resolver=_overdue,
            graphql_type=_Overdue,
            extensions=[AtLeast(ActivatedStepView)],
            description="Steps of plans under way that are past their deadline, the longest overdue first (R21). 逾期未办步骤。",
        ),
    }
