"""What commands name, by code or by id: which things stand behind it, and which of these on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import UUID

from application.commands import Named, NamedCamera, NamedDivision, NamedDivisionId, NamedLegalBasis, NamedOrganisation, NamedUnitState
from application.naming import (
    CameraNotRegistered,
    DivisionNotRegistered,
    DivisionNotThere,
    LegalBasisNotInForce,
    OrganisationNotRegistered,
    UnitStateNotDefined,
)
from application.ports import EventLog, Submission
from application.uniqueness import CAMERA_NUMBER, DIVISION_CODE
from domain.aggregates import Aggregate
from domain.areas import Geometry
from domain.dispatching.unit_state import UnitState
from domain.events import Event
from domain.ids import CameraId, DivisionCode, organisation_stream, unit_state_of
from domain.jurisdiction.division import Division
from domain.jurisdiction.events import DivisionEstablished
from domain.jurisdiction.legal_basis import LegalBasis
from domain.jurisdiction.organisation import Organisation
from domain.rules import NotFound
from domain.surveillance.camera import Camera
from domain.surveillance.events import CameraRegistered

Divisions = dict[DivisionCode, tuple[UUID, ...]]
"""The divisions that have ever had a code, for codes are used again."""
Cameras = dict[CameraId, tuple[UUID, ...]]
"""The camera that has a number, which stays its own."""
Own = dict[DivisionCode | CameraId, tuple[UUID, ...]]
KINDS: dict[type[Named], type[Aggregate]] = {
    NamedDivision: Division,
    NamedDivisionId: Division,
    NamedOrganisation: Organisation,
    NamedLegalBasis: LegalBasis,
    NamedCamera: Camera,
    NamedUnitState: UnitState,
}
NOT_THERE: dict[type[Named], type[NotFound]] = {
    NamedDivision: DivisionNotRegistered,
    NamedDivisionId: DivisionNotThere,
    NamedOrganisation: OrganisationNotRegistered,
    NamedLegalBasis: LegalBasisNotInForce,
    NamedCamera: CameraNotRegistered,
    NamedUnitState: UnitStateNotDefined,
}


@dataclass(frozen=True, slots=True)
class KnownPlaces:
    """The things behind the codes that some commands name; `own` is what these commands establish themselves."""

    divisions: Divisions
    cameras: Cameras
    kinds: dict[UUID, type[Aggregate]]
    zone: tzinfo
    geometry: Geometry | None = None
    own: Own = field(default_factory=Own)

    def add(self, id: UUID, event: Event) -> None:
        """What is established from now on has its code, unless the log refuses it."""
        if isinstance(event, DivisionEstablished):
            self.own[event.code] = (*self.own.get(event.code, ()), id)
        elif isinstance(event, CameraRegistered):
            self.own[event.gb28181_id] = (id,)

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
            return (*self.divisions.get(named.code, ()), *self.own.get(named.code, ()))
        if isinstance(named, NamedCamera):
            return (*self.cameras.get(named.code, ()), *self.own.get(named.code, ()))
        if isinstance(named, NamedUnitState):
            return (unit_state_of(named.code),)
        return (organisation_stream(named.code) if isinstance(named, NamedOrganisation) else named.code,)


def _stands(state: object, day: date) -> bool:
    if isinstance(state, LegalBasis):
        return state.in_force_on(day)
    if isinstance(state, Camera):
        return True  # what was linked is entered late now and then, when the camera is there no more
    return isinstance(state, Division | Organisation | UnitState) and state.stands_on(day)


class Places:
    """Remembers which divisions have a code, and which camera a number, until some command claims one; what is not known is
    looked for in the log each time.
    """

    def __init__(self, log: EventLog, zone: tzinfo, geometry: Geometry | None = None) -> None:
        self._log = log
        self._zone = zone
        self._geometry = geometry
        self._divisions: Divisions = {}
        self._cameras: Cameras = {}

    async def of(self, named: Iterable[Named], *, fresh: bool) -> KnownPlaces:
        """`fresh` looks again for what other processes may have established."""
        named = set(named)
        divisions, cameras = self._divisions, self._cameras
        for code in {each.code for each in named if isinstance(each, NamedDivision)}:
            if (fresh or code not in divisions) and (found := await self._log.holders(DIVISION_CODE, f"{code}/")):
                divisions[code] = found
        for number in {each.code for each in named if isinstance(each, NamedCamera)} - cameras.keys():
            if found := await self._log.holders(CAMERA_NUMBER, number):
                cameras[number] = found
        known = KnownPlaces(divisions, cameras, {}, self._zone, self._geometry)
        for each in named:
            known.kinds.update(dict.fromkeys(known.behind(each), KINDS[type(each)]))
        return known

    def heed(self, submissions: Sequence[Submission]) -> None:
        """After these were handed to the log, whatever became of them; a look under way goes into the dictionary of before."""
        claimed = {key.kind for submission in submissions for key, _ in submission.claims}
        if DIVISION_CODE in claimed:
            self._divisions = {}
        if CAMERA_NUMBER in claimed:
            self._cameras = {}
