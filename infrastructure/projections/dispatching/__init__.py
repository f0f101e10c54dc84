"""Dispatching's views: the alarm board and unit status in the events' own commit, orders and reports after it."""

from __future__ import annotations

from infrastructure.projections.dispatching.alarms import ALARMS, REPORTS, on_board, on_report
from infrastructure.projections.dispatching.deployment import DEPLOYMENT_PLANS, on_deployment_plan
from infrastructure.projections.dispatching.duties import duties
from infrastructure.projections.dispatching.linkage import DUPLICATES, LINKED_CAMERAS, VERIFICATIONS, on_linkage
from infrastructure.projections.dispatching.linkage_facts import NAME as LINKAGE_FACTS
from infrastructure.projections.dispatching.linkage_facts import linkage_facts, on_linkage_facts
from infrastructure.projections.dispatching.orders import ORDERS, on_order
from infrastructure.projections.dispatching.plans import PLAN_ACTIVATIONS, PLAN_STEPS, RESPONSE_PLANS, on_activation, on_plan
from infrastructure.projections.dispatching.recommendations import RECOMMENDATIONS, on_recommendation
from infrastructure.projections.dispatching.unit_states import UNIT_STATES, on_unit_state
from infrastructure.projections.dispatching.units import UNITS, on_unit
from infrastructure.projections.projection import Projection

PROJECTIONS = (
    Projection(name="alarm_board", version=2, tables=(ALARMS,), handlers=on_board, inline=True),
    Projection(name="linkage", version=1, tables=(LINKED_CAMERAS, VERIFICATIONS, DUPLICATES), handlers=on_linkage, inline=True),
    Projection(name="unit_status", version=2, tables=(UNITS,), handlers=on_unit, inline=True),
    Projection(name="orders", version=3, tables=(ORDERS,), handlers=on_order),
    Projection(name=LINKAGE_FACTS, version=1, tables=(linkage_facts,), handlers=on_linkage_facts),
    Projection(name="reports", version=1, tables=(REPORTS,), handlers=on_report),
    Projection(name="recommendations", version=1, tables=(RECOMMENDATIONS,), handlers=on_recommendation),
    Projection(name="unit_states", version=1, tables=(UNIT_STATES,), handlers=on_unit_state),
    Projection(name="response_plans", version=1, tables=(RESPONSE_PLANS,), handlers=on_plan),
    Projection(name="deployment_plans", version=2, tables=(DEPLOYMENT_PLANS,), handlers=on_deployment_plan, inline=True),
    duties(),
    Projection(name="plan_activations", version=1, tables=(PLAN_ACTIVATIONS, PLAN_STEPS), handlers=on_activation, inline=True),
)
