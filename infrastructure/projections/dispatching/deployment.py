"""Deployment plans, with the days on which each counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.dispatching.deployment import DeploymentPlanView, DeploymentState
from domain.dispatching.events import DeploymentPlanDrafted, DeploymentPlanPublished, DeploymentPlanRevised, DeploymentPlanSuperseded
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

DEPLOYMENT_PLANS = table_of(DeploymentPlanView, "deployment_plans", indexes=[("organisation",)])

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
    return _plan(record, state=DeploymentState.PUBLISHED, published_at=record.effective_at)


@on_deployment_plan(DeploymentPlanSuperseded)
def deployment_superseded(record: Recorded[DeploymentPlanSuperseded]) -> Iterable[Change]:
    event = record.event
    return _plan(record, state=DeploymentState.SUPERSEDED, superseded_by=event.superseded_by, valid_to=event.valid_to)


def _content(event: DeploymentPlanDrafted | DeploymentPlanRevised) -> dict[str, Any]:
    return {"valid_from": event.valid_from, "valid_to": event.valid_to, "slots": event.slots, "grounds": event.grounds}


def _plan(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(DEPLOYMENT_PLANS, record.originator_id, {"version": record.version, **values}),)
