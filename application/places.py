"""What commands name, by code or by id: which things stand behind it, and which of these on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID

from application.commands import Named, NamedDivision, NamedDivisionId, NamedLegalBasis, NamedOrganisation, NamedUnitState
from application.naming import DivisionNotRegistered, DivisionNotThere, LegalBasisNotInForce, OrganisationNotRegistered, UnitStateNotDefined
from application.ports import EventLog
from application.uniqueness import DIVISION_CODE
from domain.aggregates import Aggregate
from domain.areas import Geometry
from domain.dispatching.unit_state import UnitState
from domain.ids import DivisionCode, organisation_stream, unit_state_of
from domain.jurisdiction.division import Division
from domain.jurisdiction.legal_basis import LegalBasis
from domain.jurisdiction.organisation import Organisation
from domain.rules import NotFound

Divisions = dict[DivisionCode, tuple[UUID, ...]]
"""The divisions that have ever had a code, for codes are used again."""
KINDS: dict[type[Named], type[Aggregate]] = {
    NamedDivision: Division,
    NamedDivisionId: Division,
    NamedOrganisation: Organisation,
    NamedLegalBasis: LegalBasis,
    NamedUnitState: UnitState,
}
NOT_THERE: dict[type[Named], type[NotFound]] = {
    NamedDivision: DivisionNotRegistered,
    NamedDivisionId: DivisionNotThere,
    NamedOrganisation: OrganisationNotRegistered,
    NamedLegalBasis: LegalBasisNotInForce,
    NamedUnitState: UnitStateNotDefined,
}


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """The things behind the codes that some commands name, and what these commands establish themselves."""

    divisions: Divisions
    kinds: dict[UUID, type[Aggregate]]
    zone: tzinfo
    geometry: Geometry | None = None

    def add(self, code: DivisionCode, id: UUID) -> None:
        known = self.divisions.get(code, ())
        self.divisions[code] = known if id in known else (*known, id)

    def find(self, names: Sequence[Named], effective_at: datetime, look: Callable[[UUID], Any]) -> list[UUID]:
        """Of each name the one that stands on its day; `look` gives the state of a thing, where there is any."""
        if not names:
            return []
        day = effective_at.astimezone(self.zone).date()
        return [self._one(each, each.on or day, look) for each in names]

    def _one(self, named: Named, day: date, look: Callable[[UUID], Any]) -> UUID:
        for id in self.behind(named):
            if _stands(look(id), day):
                return id
        raise NOT_THERE[type(named)](field=named.field)

    def behind(self, named: Named) -> tuple[UUID, ...]:
        if isinstance(named, NamedDivision):
            return self.divisions.get(named.code, ())
        if isinstance(named, NamedUnitState):
            return (unit_state_of(named.code),)
        return (organisation_stream(named.code) if isinstance(named, NamedOrganisation) else named.code,)


def _stands(state: object, day: date) -> bool:
    if isinstance(state, LegalBasis):
        return state.in_force_on(day)
    return isinstance(state, Division | Organisation | UnitState) and state.stands_on(day)


class Places:
    """Remembers which divisions have a code; what is not known is looked for in the log each time."""

    def __init__(self, log: EventLog, zone: tzinfo, geometry: Geometry | None = None) -> None:
        self._log = log
        self._zone = zone
        self._geometry = geometry
        self._divisions: Divisions = {}

    async def of(self, named: Iterable[Named], *, fresh: bool) -> KnownPlaces:
        """`fresh` looks again for what other processes may have established."""
        named = set(named)
        for code in {each.code for each in named if isinstance(each, NamedDivision)}:
            if fresh or code not in self._divisions:
                await self._look_for(code)
        known = KnownPlaces(self._divisions, {}, self._zone, self._geometry)
        for each in named:
            known.kinds.update(dict.fromkeys(known.behind(each), KINDS[type(each)]))
        return known

    async def _look_for(self, code: DivisionCode) -> None:
        found = await self._log.holders(DIVISION_CODE, f"{code}/")
        if found:
            self._divisions[code] = found
