"""The schema, put together from its subjects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import strawberry
from strawberry.schema.config import StrawberryConfig

from api.schema.batches import batch
from api.schema.casework.codes import code_queries
from api.schema.casework.mutations import MUTATIONS as CASEWORK
from api.schema.casework.persons import person_mutations, person_queries
from api.schema.dispatching.deployment import deployment_queries
from api.schema.dispatching.mutations import MUTATIONS as DISPATCHING
from api.schema.dispatching.plans import plan_queries
from api.schema.dispatching.positions import position_mutations, position_queries
from api.schema.dispatching.rates import rate_queries
from api.schema.dispatching.recommending import recommendation_mutations
from api.schema.jurisdiction.mutations import MUTATIONS as JURISDICTION
from api.schema.jurisdiction.webhooks import webhook_mutations
from api.schema.jurisdiction.whereabouts import whereabouts_queries
from api.schema.mutations import Build, mutation, offers
from api.schema.nodes import node_queries
from api.schema.oversight.building import building_queries
from api.schema.oversight.exports import export_mutations
from api.schema.oversight.mutations import MUTATIONS as OVERSIGHT
from api.schema.oversight.overdue import overdue_queries
from api.schema.oversight.per_head import per_head_queries
from api.schema.oversight.queries import figure_queries
from api.schema.oversight.ranking import ranking_queries
from api.schema.oversight.safety import safety_queries
from api.schema.oversight.scoring import SCORED
from api.schema.queries import own_queries, thing_queries
from api.schema.records import events_field
from api.schema.responsibilities import responsibility_queries
from api.schema.scalars import SCALARS
from api.schema.shapes import built
from api.schema.subscriptions import subscriptions
from api.schema.surveillance.footage import footage_queries
from api.schema.surveillance.health import health_mutations
from api.schema.surveillance.mutations import MUTATIONS as SURVEILLANCE
from api.schema.surveillance.queries import surveillance_queries
from api.schema.surveillance.signals import signal_mutations
from api.schema.surveillance.staffing import staffing_queries
from api.schema.surveillance.upkeep import upkeep_queries
from api.schema.things import by_their_rows
from api.schema.words import describe, label_queries

COMMANDS: dict[str, Build] = {**DISPATCHING, **CASEWORK, **JURISDICTION, **OVERSIGHT, **SURVEILLANCE}
"""Every mutation and the command it gives."""


@cache
def schema() -> strawberry.Schema:
    queries = {
        **node_queries(),
        **thing_queries(),
        "events": events_field,
        **figure_queries(),
        **rate_queries(),
        **staffing_queries(),
        **surveillance_queries(),
        **plan_queries(),
        **deployment_queries(),
        **footage_queries(),
        **upkeep_queries(),
        **overdue_queries(),
        **building_queries(),
        **ranking_queries(),
        **safety_queries(),
        **per_head_queries(),
        **code_queries(),
        **person_queries(),
        **position_queries(),
        **whereabouts_queries(),
        **own_queries(),
        **responsibility_queries(COMMANDS),
        **label_queries(),
    }
    made = strawberry.Schema(
        query=_root("Query", queries, "Everything that can be read. 查询。"),
        mutation=_root("Mutation", _mutations(), "Everything that can be done. 操作。"),
        subscription=_root("Subscription", subscriptions(), "Everything that is told as it happens. 订阅。"),
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    describe(made._schema)  # noqa: SLF001 - Strawberry has no word for it
    by_their_rows(made._schema)  # noqa: SLF001 - Strawberry has no word for it
    return made


def _mutations() -> dict[str, Any]:
    offered = offers(COMMANDS, prepared=SCORED)
    return {
        **{name: mutation(name, offer) for name, offer in offered.items()},
        **person_mutations(),
        **position_mutations(),
        **recommendation_mutations(),
        **health_mutations(),
        **signal_mutations(),
        **export_mutations(),
        **webhook_mutations(),
        "carry_out": batch(offered),
    }


def sdl() -> str:
    """The schema in the schema definition language."""
    return schema().as_str() + "\n"


def _root(name: str, fields: Mapping[str, Any], description: str) -> Any:
    return built(name, {}, defaults=fields, description=description)
