"""What is planned, built, networked and accepted by a day, by organisation and kind of device (R10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from application.oversight.governing import BuildProgress
from application.oversight.views import BuildPlanView
from domain.oversight.build_plan import DONE
from domain.oversight.events import BuildStage
from infrastructure.projections.oversight.build_plans import BUILD_MILESTONES, BUILD_PLANS, BUILD_PROGRESS
from infrastructure.statistics.inquiry import Condition, Limits, Selected, total
from infrastructure.statistics.moments import Moment, known_then


def progress(
    connection: sa.Connection, moment: Moment, over: datetime, organisations: Sequence[str] | None, limits: Limits | None
) -> Sequence[BuildProgress]:
    """As it stood when the day was over, as far as it was known; `over` is its last moment.

    Cancelled plans count until they were cancelled.
    """
    plan, said = BUILD_PLANS.c, sa.union_all(_due(moment, over), _done(moment, over)).subquery("said")
    cancelled = known_then(plan.cancelled_position, plan.cancelled_at, moment.position)
    asked: list[Condition] = [cancelled.is_(None) | (cancelled > over)]
    asked += [] if organisations is None else [plan.organisation.in_(organisations)]
    asked += [] if limits is None else limits.rows(BuildPlanView)
    found = connection.execute(
        sa.select(
            plan.organisation,
            plan.device_kind,
            total(said.c.quantity, said.c.stage == BuildStage.PLANNED).label("planned"),
            *(total(said.c.quantity, said.c.stage == stage, ~said.c.asked).label(stage.value.lower()) for stage in DONE),
            *(total(said.c.quantity, said.c.stage == stage, said.c.asked).label(f"{stage.value.lower()}_due") for stage in DONE),
        )
        .join(said, said.c.plan == plan.id)
        .where(*asked)
        .group_by(plan.organisation, plan.device_kind)
        .order_by(plan.organisation, plan.device_kind)
    )
    return [BuildProgress(**row, position=moment.position) for row in found.mappings()]


def _due(moment: Moment, over: datetime) -> Selected:
    """What the plan asks for by the day, as it was last said by then; the total whenever it is due."""
    words = BUILD_MILESTONES.c
    last = _last(BUILD_MILESTONES, moment, over, words.plan)
    return (
        sa.select(words.plan, words.stage, sa.true().label("asked"), sa.func.max(words.quantity).label("quantity"))
        .join(last, (last.c.plan == words.plan) & (last.c.position == words.position))
        .where((words.due <= moment.day) | (words.stage == BuildStage.PLANNED))
        .group_by(words.plan, words.stage)
    )


def _done(moment: Moment, over: datetime) -> Selected:
    counted = BUILD_PROGRESS.c
    last = _last(BUILD_PROGRESS, moment, over, counted.plan, counted.stage)
    same = (last.c.plan == counted.plan) & (last.c.stage == counted.stage) & (last.c.position == counted.position)
    return sa.select(counted.plan, counted.stage, sa.false().label("asked"), counted.quantity).join(last, same)


def _last(table: sa.Table, moment: Moment, over: datetime, *of: sa.ColumnElement[Any]) -> sa.Subquery:
    """Where the last word stands that was true by then, and known."""
    said = [table.c.said_at <= over, table.c.position <= moment.position]
    return sa.select(*of, sa.func.max(table.c.position).label("position")).where(*said).group_by(*of).subquery()
