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
    """The next organisations to be looked for, so that levels do not end too early.

    A unit that is registered in the same commit is not there yet, but its station is, for it was named: so whatever
    stands above any organisation of the stage is wanted.
    """
    stations = {state.station for unit in units if isinstance(state := stage.look(unit), Unit)}
    parents = {kept.state.parent for kept in stage.states().values() if isinstance(kept.state, Organisation) and kept.state.parent}
    return {id for id in map(organisation_stream, stations | parents) if not stage.knows(id)}


def _upwards(stage: Stage, unit: UUID) -> Iterator[OrganisationId]:
    state = stage.look(unit)
    at = state.station if isinstance(state, Unit) else None
    seen: set[OrganisationId] = set()
    while at is not None and at not in seen:
        yield at
        seen.add(at)
        organisation = stage.look(organisation_stream(at))
        at = organisation.parent if isinstance(organisation, Organisation) else None
