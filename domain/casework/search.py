"""A search of the vault: that it was made is all there is to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Never, assert_never

from domain.casework.events import PersonsSought
from domain.events import Event


@dataclass(frozen=True, slots=True)
class PersonSearch:
    """A search for the persons who have a detail (个人信息检索). It is over as it begins."""

    begins: ClassVar[tuple[type[Event], ...]] = (PersonsSought,)

    @classmethod
    def begin(cls, event: PersonsSought) -> PersonSearch:  # noqa: ARG003 - the protocol's name
        return cls()

    def apply(self, event: Never) -> PersonSearch:
        assert_never(event)
