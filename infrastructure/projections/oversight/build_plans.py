"""Build plans as they stand, and all that they said and counted at one time or another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.oversight.views import BuildPlanView
from domain.events import Recorded
from domain.oversight.build_plan import planned
from domain.oversight.events import BuildPlanCancelled, BuildPlanRevised, BuildPlanSet, BuildProgressRecorded, BuildStage, Milestone
from infrastructure.database import Instant
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.columns import Coded
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.tables import table_of

BUILD_PLANS = table_of(BuildPlanView, "build_plans", sa.Column("cancelled_position", sa.BigInteger), indexes=[("organisation",)])


def _counted(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """What was said at a position, true from a time on until something else is said."""
    return sa.Table(
        name,
        sa.MetaData(),
        sa.Column("plan", sa.Uuid, primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("said_at", Instant, nullable=False),
        *columns,
        sa.Column("quantity", sa.BigInteger, nullable=False),
    )


BUILD_MILESTONES = _counted(
    "build_milestones",
    sa.Column("stage", Coded(BuildStage), primary_key=True),
    sa.Column("due", sa.Date, primary_key=True),
)
"""A revision takes the place of all that was said before it."""
BUILD_PROGRESS = _counted("build_progress", sa.Column("stage", Coded(BuildStage), nullable=False))
_COLUMNS = {BuildStage.BUILT: "built", BuildStage.NETWORKED: "networked", BuildStage.ACCEPTED: "accepted"}

on_plan = Handlers()


@on_plan(BuildPlanSet)
def build_plan_set(record: Recorded[BuildPlanSet]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "organisation": event.organisation,
        "division": event.division,
        "device_kind": event.device_kind,
        "standard": event.standard,
        "milestones": event.milestones,
        "planned": planned(event.milestones),
        "built": 0,
        "networked": 0,
        "accepted": 0,
        "set_by": record.by,
        "set_at": record.effective_at,
        "cancellation_reason": "",
    }
    return (Insert(BUILD_PLANS, values), *_milestones(record, event.milestones))


@on_plan(BuildPlanRevised)
def build_plan_revised(record: Recorded[BuildPlanRevised]) -> Iterable[Change]:
    milestones = record.event.milestones
    return (_changed(record, milestones=milestones, planned=planned(milestones)), *_milestones(record, milestones))


@on_plan(BuildProgressRecorded)
def build_progress_recorded(record: Recorded[BuildProgressRecorded]) -> Iterable[Change]:
    event = record.event
    said = {"plan": record.originator_id, "position": record.position, "said_at": record.effective_at}
    yield _changed(record, **{_COLUMNS[event.stage]: event.quantity})
    yield Insert(BUILD_PROGRESS, {**said, "stage": event.stage, "quantity": event.quantity})


@on_plan(BuildPlanCancelled)
def build_plan_cancelled(record: Recorded[BuildPlanCancelled]) -> Iterable[Change]:
    cancelled = {"cancelled_at": record.effective_at, "cancelled_position": record.position}
    return (_changed(record, **cancelled, cancellation_reason=record.event.reason),)


def _milestones(record: Recorded[Any], milestones: Iterable[Milestone]) -> Iterable[Change]:
    said = {"plan": record.originator_id, "position": record.position, "said_at": record.effective_at}
    for each in milestones:
        yield Insert(BUILD_MILESTONES, {**said, "stage": each.stage, "due": each.due, "quantity": each.quantity})


def _changed(record: Recorded[Any], **values: Any) -> Change:
    return Patch(BUILD_PLANS, record.originator_id, {**values, "version": record.version})


PROJECTIONS = (
    Projection(name="build_plans", version=2, tables=(BUILD_PLANS, BUILD_MILESTONES, BUILD_PROGRESS), handlers=on_plan, inline=True),
)
