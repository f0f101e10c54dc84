"""A person as the log knows one: which details were recorded, who read them, and whether they are erased."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, assert_never

from domain.casework.events import (
    ErasureGround,
    PersonChange,
    PersonDetailsRecorded,
    PersonErased,
    PersonField,
    PersonRead,
    PersonRegistered,
    ReadingPurpose,
)
from domain.events import Event
from domain.evolving import evolve
from domain.ids import CaseId
from domain.rules import InvalidTransition, InvalidValue, required_text


class PersonIsErased(InvalidTransition):
    """The person's data are erased; nothing more is recorded of them.

    该人员的个人信息已删除，不得再行记录。
    """


class PersonNotInCase(InvalidValue):
    """Personal data are read for a case that the person stands in.

    只能因该人员所涉及的案件查阅其个人信息。
    """

    on = "case"


@dataclass(frozen=True)
class Person:
    """Somebody whose details stand in the vault (人员)."""

    begins: ClassVar[tuple[type[Event], ...]] = (PersonRegistered,)

    fields: tuple[PersonField, ...]
    erased: ErasureGround | None = None

    def record(self, fields: tuple[PersonField, ...]) -> PersonDetailsRecorded:
        self._insist_not_erased()
        return PersonDetailsRecorded(fields=fields)

    def read(self, purpose: ReadingPurpose, case: CaseId, *, concerned: bool) -> PersonRead:
        """Whoever asks for somebody who is erased is told so, and that is recorded as well."""
        if not concerned:
            raise PersonNotInCase
        return PersonRead(purpose=purpose, case=case, fields=() if self.erased else self.fields)

    def erase(self, ground: ErasureGround, reference: str) -> PersonErased:
        self._insist_not_erased()
        return PersonErased(ground=ground, reference=required_text(reference, field="reference"))

    def _insist_not_erased(self) -> None:
        if self.erased is not None:
            raise PersonIsErased

    @classmethod
    def begin(cls, event: PersonRegistered) -> Person:
        return cls(event.fields)

    def apply(self, event: PersonChange) -> Person:
        match event:
            case PersonDetailsRecorded(fields=fields):
                return evolve(self, fields=tuple(each for each in PersonField if each in {*self.fields, *fields}))
            case PersonRead():
                return self
            case PersonErased(ground=ground):
                return evolve(self, erased=ground)
            case _:
                assert_never(event)
