"""Who stands above a unit: its station, and one organisation above the other, as each names the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from application.stage import Stage
from domain.dispatching.unit import Unit
from domain.ids import OrganisationId, organisation_stream
from domain.jurisdiction.organisation import Organisation


def levels(stage: Stage, unit: UUID) -> tuple[OrganisationId, ...]:
    """As far up as the stage knows."""
    return tuple(_upwards(stage, unit))


def missing(stage: Stage, units: Iterable[UUID]) -> set[UUID]:
    """The next organisations to be looked for, one for each unit whose levels do not end yet."""
    return {organisation_stream(above) for unit in units if (above := _beyond(stage, unit)) is not None}


def _beyond(stage: Stage, unit: UUID) -> OrganisationId | None:
    """The last one named, where nothing is known of it."""
    found = levels(stage, unit)
    return found[-1] if found and not stage.knows(organisation_stream(found[-1])) else None


def _upwards(stage: Stage, unit: UUID) -> Iterator[OrganisationId]:
    state = stage.look(unit)
    at = state.station if isinstance(state, Unit) else None
    seen: set[OrganisationId] = set()
    while at is not None and at not in seen:
        yield at
        seen.add(at)
        organisation = stage.look(organisation_stream(at))
        at = organisation.parent if isinstance(organisation, Organisation) else None
