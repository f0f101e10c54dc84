"""Casework's views: the case list in the events' own commit, approvals and corrections after it."""

from __future__ import annotations

from infrastructure.projections.casework.approvals import APPROVALS, on_approval
from infrastructure.projections.casework.cases import CASES, on_case
from infrastructure.projections.casework.corrections import CORRECTIONS, on_correction
from infrastructure.projections.casework.persons import PERSONS, on_person
from infrastructure.projections.projection import Projection

PROJECTIONS = (
    Projection(name="case_list", version=2, tables=(CASES,), handlers=on_case, inline=True),
    Projection(name="approvals", version=1, tables=(APPROVALS,), handlers=on_approval),
    Projection(name="corrections", version=2, tables=(CORRECTIONS,), handlers=on_correction),
    Projection(name="persons", version=2, tables=(PERSONS,), handlers=on_person),
)
