"""The query on deployment: how far units were on duty where a published plan wanted them (R29). The names are fixed."""

from __future__ import annotations

from typing import Any, get_type_hints

import strawberry

from api.context import GraphInfo, columns_of, context_of
from api.schema.freshness import AtLeast
from api.schema.oversight.questions import AsOfInput, PeriodInput, as_of_given, period_given
from api.schema.shapes import built, described, many, told
from api.schema.things import TYPES
from application.dispatching.deployment import DeploymentActual, DeploymentPlanView, SlotActual
from domain.ids import DeploymentPlanId, OrganisationId


def _plan_id(root: Any) -> Any:
    return root.deployment_plan


async def _plan(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(DeploymentPlanView, root.deployment_plan, columns_of(info, TYPES[DeploymentPlanView].__name__))


_SlotActual = built(
    "SlotActual",
    {name: told(name, hint) for name, hint in get_type_hints(SlotActual).items() if name != "deployment_plan"},
    defaults={
        "deployment_plan_id": strawberry.field(resolver=_plan_id, graphql_type=DeploymentPlanId),
        "deployment_plan_thing": strawberry.field(resolver=_plan, graphql_type=TYPES[DeploymentPlanView] | None, name="deploymentPlan"),
    },
    description=described(SlotActual),
)
_Actual = built(
    "DeploymentActual",
    {name: told(name, hint) for name, hint in get_type_hints(DeploymentActual).items() if name != "slots"} | {"slots": many(_SlotActual)},
    defaults={},
    description=described(DeploymentActual),
)


async def _actual(info: GraphInfo, organisation: OrganisationId, period: PeriodInput, as_of: AsOfInput | None = None) -> Any:
    return await context_of(info).deployment.actual(organisation, period_given(period), as_of_given(as_of))


def deployment_queries() -> dict[str, Any]:
    return {
        "deployment_actual": strawberry.field(
            resolver=_actual,
            graphql_type=_Actual,
            extensions=[AtLeast()],
            description="How far units were on duty where published deployment plans wanted them (R29). 布警方案落实情况。",
        )
    }
