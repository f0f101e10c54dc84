"""All projections there are."""

from __future__ import annotations

from infrastructure.projections import casework, dispatching, jurisdiction

CATALOGUE = (*dispatching.PROJECTIONS, *casework.PROJECTIONS, *jurisdiction.PROJECTIONS)
