"""The view of time limits."""

from __future__ import annotations

from application.jurisdiction.views import LimitSetState, LimitSetView
from domain.jurisdiction.events import LimitSetActivated, LimitSetDrafted, LimitSetRevised, LimitSetSuperseded
from infrastructure.projections.jurisdiction.versions import Course, of_versions
from infrastructure.projections.tables import table_of

LIMIT_SETS = table_of(LimitSetView, "limit_sets")

on_limit_set = of_versions(
    LIMIT_SETS, LimitSetState, Course(LimitSetDrafted, LimitSetRevised, LimitSetActivated, LimitSetSuperseded), "limits"
)
