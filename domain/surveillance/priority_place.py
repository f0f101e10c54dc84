"""The priority place: a point that some online camera should always see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from domain.events import Event
from domain.evolving import evolve
from domain.ids import DivisionCode, OrganisationId
from domain.places import Point
from domain.rules import InvalidTransition, InvalidValue, required_text
from domain.surveillance.events import PriorityKind, PriorityPlaceDesignated, PriorityPlaceEnded


class PriorityPlaceIsEnded(InvalidTransition):
    """The place is no priority place any more.

    该处已不再是重点部位。
    """


class PriorityPlaceEndTooEarly(InvalidValue):
    """A priority place ends after the day from which it is one.

    重点部位的终止日须晚于其起始日。
    """

    on = "validTo"


@dataclass(frozen=True)
class PriorityPlace:
    """A priority place (重点部位)."""

    begins: ClassVar[tuple[type[Event], ...]] = (PriorityPlaceDesignated,)

    valid_from: date
    ended: bool = False

    @staticmethod
    def designate(
        name_en: str, name_zh: str, kind: PriorityKind, place: Point, division: DivisionCode, station: OrganisationId, valid_from: date
    ) -> PriorityPlaceDesignated:
        return PriorityPlaceDesignated(
            name_en=required_text(name_en, field="nameEn"),
            name_zh=required_text(name_zh, field="nameZh"),
            kind=kind,
            place=place,
            division=division,
            station=station,
            valid_from=valid_from,
        )

    def end(self, valid_to: date, reason: str) -> PriorityPlaceEnded:
        if self.ended:
            raise PriorityPlaceIsEnded
        if valid_to <= self.valid_from:
            raise PriorityPlaceEndTooEarly
        return PriorityPlaceEnded(valid_to=valid_to, reason=required_text(reason, field="reason"))

    @classmethod
    def begin(cls, event: PriorityPlaceDesignated) -> PriorityPlace:
        return cls(valid_from=event.valid_from)

    def apply(self, event: PriorityPlaceEnded) -> PriorityPlace:  # noqa: ARG002 - there is but one
        return evolve(self, ended=True)
