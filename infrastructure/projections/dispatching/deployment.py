"""Deployment plans, with the days on which each counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.dispatching.deployment import DeploymentPlanView, DeploymentState
from domain.dispatching.events import DeploymentPlanDrafted, DeploymentPlanPublished, DeploymentPlanRevised, DeploymentPlanSuperseded
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

DEPLOYMENT_PLANS = table_of(
    DeploymentPlanView,
    "deployment_plans",
    sa.Column("published_position", sa.BigInteger),
    sa.Column("superseded_position", sa.BigInteger),
    sa.Column("published_to", sa.Date, nullable=False),
    indexes=[("organisation",)],
)
"""The positions tell since when it is known; `published_to` is when the plan was to end before another one took over."""

on_deployment_plan = Handlers()


@on_deployment_plan(DeploymentPlanDrafted)
def deployment_drafted(record: Recorded[DeploymentPlanDrafted]) -> Iterable[Change]:
    values = {
        "id": record.originator_id,
        "version": record.version,
        "organisation": record.event.organisation,
        "state": DeploymentState.DRAFT,
        "drafted_by": record.by,
        "drafted_at": record.effective_at,
        **_content(record.event),
    }
    return (Insert(DEPLOYMENT_PLANS, values),)


@on_deployment_plan(DeploymentPlanRevised)
def deployment_revised(record: Recorded[DeploymentPlanRevised]) -> Iterable[Change]:
    return _plan(record, **_content(record.event))


@on_deployment_plan(DeploymentPlanPublished)
def deployment_published(record: Recorded[DeploymentPlanPublished]) -> Iterable[Change]:
    return _plan(record, state=DeploymentState.PUBLISHED, published_at=record.effective_at, published_position=record.position)


@on_deployment_plan(DeploymentPlanSuperseded)
def deployment_superseded(record: Recorded[DeploymentPlanSuperseded]) -> Iterable[Change]:
    event = record.event
    ended = {"superseded_by": event.superseded_by, "superseded_position": record.position, "valid_to": event.valid_to}
    return _plan(record, state=DeploymentState.SUPERSEDED, **ended)


def _content(event: DeploymentPlanDrafted | DeploymentPlanRevised) -> dict[str, Any]:
    span = {"valid_from": event.valid_from, "valid_to": event.valid_to, "published_to": event.valid_to}
    return {**span, "slots": event.slots, "grounds": event.grounds}


def _plan(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(DEPLOYMENT_PLANS, record.originator_id, {"version": record.version, **values}),)
