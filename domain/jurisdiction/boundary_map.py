"""The map of boundaries: one for the whole city, so that no two areas of a level ever have ground in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, assert_never

from domain.areas import Area, Geometry, checked
from domain.events import Event
from domain.jurisdiction.boundaries import Stretch, Stretches, drawn, ended, on, stretch
from domain.jurisdiction.events import BoundaryChange, BoundaryChanged, BoundaryEnded, BoundaryLevel
from domain.rules import InvalidValue

Bounded = tuple[BoundaryLevel, str]
"""A division or an organisation, by its level and its code."""


class BoundariesOverlap(InvalidValue):
    """The area has ground in common with that of another division or organisation of its level, on a day on which both are valid.

    该区域与同级的另一行政区划或机构的区域在同一日有重叠。
    """

    on = "area"
    other: str | None = None

    @classmethod
    def with_(cls, other: str) -> BoundariesOverlap:
        refusal = cls()
        refusal.other = other
        return refusal

    @property
    def message(self) -> str:
        return super().message if self.other is None else f"{super().message} The other one is {self.other}."

    @property
    def message_zh(self) -> str:
        return super().message_zh if self.other is None else f"{super().message_zh}对方为 {self.other}。"


@dataclass(frozen=True, slots=True)
class BoundaryMap:
    """The boundaries (界线) of divisions and organisations."""

    begins: ClassVar[tuple[type[Event], ...]] = (BoundaryChanged,)

    areas: Mapping[Bounded, Stretches]

    @classmethod
    def draw(
        cls, before: BoundaryMap | None, bounded: Bounded, area: Area, valid_from: date, valid_to: date | None, geometry: Geometry
    ) -> BoundaryChanged | None:
        """The first boundary of all begins the map. `valid_to` is the day on which what is bounded is no more, as far as that is known."""
        areas: Mapping[Bounded, Stretches] = {} if before is None else before.areas
        checked(area, geometry)
        own = areas.get(bounded, ())
        if on(own, valid_from) == area:
            return None
        new = stretch(own, area, valid_from, valid_to)
        for other, theirs in _beside(areas, bounded):
            if theirs.meets(new) and geometry.overlap(area, theirs.area):
                raise BoundariesOverlap.with_(other)
        level, code = bounded
        return BoundaryChanged(level=level, code=code, area=area, valid_from=valid_from, valid_to=valid_to)

    def end(self, bounded: Bounded, valid_to: date) -> BoundaryEnded | None:
        """What is no more has no boundary."""
        own, (level, code) = self.areas.get(bounded, ()), bounded
        return None if ended(own, valid_to) == own else BoundaryEnded(level=level, code=code, valid_to=valid_to)

    @classmethod
    def begin(cls, event: BoundaryChanged) -> BoundaryMap:
        return cls({}).apply(event)

    def apply(self, event: BoundaryChange) -> BoundaryMap:
        key = event.level, event.code
        own = self.areas.get(key, ())
        match event:
            case BoundaryChanged(area=area, valid_from=valid_from, valid_to=valid_to):
                return BoundaryMap({**self.areas, key: drawn(own, stretch(own, area, valid_from, valid_to))})
            case BoundaryEnded(valid_to=valid_to):
                return BoundaryMap({**self.areas, key: ended(own, valid_to)})
            case _:
                assert_never(event)


def _beside(areas: Mapping[Bounded, Stretches], bounded: Bounded) -> Iterator[tuple[str, Stretch]]:
    """The others of the level, in the order of their codes."""
    for level, code in sorted(areas):
        if level is bounded[0] and code != bounded[1]:
            yield from ((code, each) for each in areas[level, code])
