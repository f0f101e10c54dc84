"""The areas that one division or organisation had over time: stretches of days, each with its area."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.areas import Area, Box, box_of


class Stretch(NamedTuple):
    """The area from `valid_from` until before `valid_to`; None is for ever."""

    valid_from: date
    valid_to: date | None
    area: Area
    box: Box

    def meets(self, other: Stretch) -> bool:
        """Whether they have a day in common and lie near each other."""
        before_it_ends = other.valid_to is None or self.valid_from < other.valid_to
        return before_it_ends and (self.valid_to is None or other.valid_from < self.valid_to) and self.box.meets(other.box)


Stretches = tuple[Stretch, ...]
"""In the order of time, none within another."""


def stretch(stretches: Stretches, area: Area, valid_from: date, valid_to: date | None) -> Stretch:
    """The area from a day on, until the next one begins that is known already, or nothing is bounded any more."""
    later = [each.valid_from for each in stretches if each.valid_from > valid_from]
    return Stretch(valid_from, min([*later, *([] if valid_to is None else [valid_to])], default=None), area, box_of(area))


def drawn(stretches: Stretches, new: Stretch) -> Stretches:
    return (*_before(stretches, new.valid_from), new, *(each for each in stretches if each.valid_from > new.valid_from))


def ended(stretches: Stretches, valid_to: date) -> Stretches:
    """Nothing from a day on."""
    return tuple(_before(stretches, valid_to))


def on(stretches: Stretches, day: date) -> Area | None:
    return next((each.area for each in stretches if each.valid_from <= day and (each.valid_to is None or day < each.valid_to)), None)


def _before(stretches: Stretches, day: date) -> Iterator[Stretch]:
    for each in stretches:
        if each.valid_from < day:
            yield each if each.valid_to is not None and each.valid_to <= day else each._replace(valid_to=day)
