"""Jurisdiction's views: keys, webhooks and grants in the events' own commit, the others after it."""

from __future__ import annotations

from infrastructure.projections.jurisdiction.api_keys import API_KEYS, on_api_key
from infrastructure.projections.jurisdiction.area_groups import AREA_GROUPS, AreaGroupFold
from infrastructure.projections.jurisdiction.boundaries import BOUNDARIES, BoundaryFold
from infrastructure.projections.jurisdiction.code_lists import CODE_LISTS, on_code_list
from infrastructure.projections.jurisdiction.divisions import DIVISIONS, on_division
from infrastructure.projections.jurisdiction.grants import GRANTS, on_grant
from infrastructure.projections.jurisdiction.legal_bases import LEGAL_BASES, on_legal_basis
from infrastructure.projections.jurisdiction.limit_sets import LIMIT_SETS, on_limit_set
from infrastructure.projections.jurisdiction.organisations import ORGANISATIONS, on_organisation
from infrastructure.projections.jurisdiction.populations import POPULATIONS, PopulationFold
from infrastructure.projections.jurisdiction.service_levels import SERVICE_LEVELS, on_service_level
from infrastructure.projections.jurisdiction.webhooks import WEBHOOKS, on_webhook
from infrastructure.projections.projection import Projection

PROJECTIONS = (
    Projection(name="divisions", version=1, tables=(DIVISIONS,), handlers=on_division),
    Projection(name="organisations", version=4, tables=(ORGANISATIONS,), handlers=on_organisation),
    Projection(name="api_keys", version=1, tables=(API_KEYS,), handlers=on_api_key, inline=True),
    Projection(name="webhooks", version=1, tables=(WEBHOOKS,), handlers=on_webhook, inline=True),
    Projection(name="grants", version=1, tables=(GRANTS,), handlers=on_grant, inline=True),
    Projection(name="area_groups", version=1, tables=(AREA_GROUPS,), fold=AreaGroupFold()),
    Projection(name="boundaries", version=1, tables=(BOUNDARIES,), fold=BoundaryFold()),
    Projection(name="populations", version=1, tables=(POPULATIONS,), fold=PopulationFold()),
    Projection(name="legal_bases", version=1, tables=(LEGAL_BASES,), handlers=on_legal_basis),
    Projection(name="limit_sets", version=1, tables=(LIMIT_SETS,), handlers=on_limit_set),
    Projection(name="code_lists", version=1, tables=(CODE_LISTS,), handlers=on_code_list),
    Projection(name="service_levels", version=1, tables=(SERVICE_LEVELS,), handlers=on_service_level),
)
