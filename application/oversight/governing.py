"""What is told of directives, build plans and assessments, as it stood on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.ids import DirectiveId, OrganisationId
from domain.oversight.events import BuildKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueDirective:
    """An addressee that has not fulfilled a directive when the day it was due was over, and whether it took note at least."""

    directive: DirectiveId
    organisation: OrganisationId
    due: date
    days_overdue: int
    acknowledged: bool
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildProgress:
    """An organisation's build plans for one kind of device, added up: what is planned in all, what is done, and what is due by then."""

    organisation: OrganisationId
    device_kind: BuildKind
    planned: int
    built: int
    networked: int
    accepted: int
    built_due: int
    networked_due: int
    accepted_due: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An organisation's points in an assessment, of 100, and how many have more."""

    rank: int
    organisation: OrganisationId
    points: float
