"""The area group: several organisations and divisions under one name, with the members of each time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import DivisionCode, OrganisationId
from domain.jurisdiction.area_groups import Periods, members_of
from domain.jurisdiction.events import AreaGroupAbolished, AreaGroupChange, AreaGroupChanged, AreaGroupEstablished, AreaGroupMembers
from domain.rules import InvalidTransition, InvalidValue, required_text

_CODE = re.compile(r"[\w.\-]{1,64}")


class AreaGroupCodeMalformed(InvalidValue):
    """An area group's code has 1 to 64 letters, digits, dots or hyphens.

    片区代码由 1 至 64 个字母、数字、点或连字符组成。
    """

    on = "code"


class AreaGroupIsEmpty(InvalidValue):
    """An area group has at least one organisation or division.

    片区须至少包含一个机构或行政区划。
    """

    on = "organisations"


class AreaGroupChangeTooEarly(InvalidValue):
    """New members count from a day after the day of the members before them.

    新组成的生效日须晚于原组成的生效日。
    """

    on = "validFrom"


class AreaGroupEndTooEarly(InvalidValue):
    """An area group ends after the day from which its present members count.

    片区的终止日须晚于其现组成的生效日。
    """

    on = "validTo"


class AreaGroupIsAbolished(InvalidTransition):
    """The area group is abolished on or before that day.

    该片区届时已撤销。
    """


@dataclass(frozen=True)
class AreaGroup:
    """An area group (片区)."""

    begins: ClassVar[tuple[type[Event], ...]] = (AreaGroupEstablished,)

    periods: Periods
    valid_to: date | None = None

    @staticmethod
    def establish(
        code: str,
        name_en: str,
        name_zh: str,
        organisations: tuple[OrganisationId, ...],
        divisions: tuple[DivisionCode, ...],
        valid_from: date,
    ) -> AreaGroupEstablished:
        if not _CODE.fullmatch(code):
            raise AreaGroupCodeMalformed
        members = _members(valid_from, organisations, divisions)
        return AreaGroupEstablished(
            code=code,
            name_en=required_text(name_en, field="nameEn"),
            name_zh=required_text(name_zh, field="nameZh"),
            organisations=members.organisations,
            divisions=members.divisions,
            valid_from=valid_from,
        )

    def change(
        self, organisations: tuple[OrganisationId, ...], divisions: tuple[DivisionCode, ...], valid_from: date
    ) -> AreaGroupChanged | None:
        if self.valid_to is not None and valid_from >= self.valid_to:
            raise AreaGroupIsAbolished
        latest, members = self.periods[-1], _members(valid_from, organisations, divisions)
        if members == replace(latest, valid_from=valid_from):
            return None
        if valid_from <= latest.valid_from:
            raise AreaGroupChangeTooEarly
        return AreaGroupChanged(organisations=members.organisations, divisions=members.divisions, valid_from=valid_from)

    def abolish(self, valid_to: date) -> AreaGroupAbolished:
        if self.valid_to is not None:
            raise AreaGroupIsAbolished
        if valid_to <= self.periods[-1].valid_from:
            raise AreaGroupEndTooEarly
        return AreaGroupAbolished(valid_to=valid_to)

    @classmethod
    def begin(cls, event: AreaGroupEstablished) -> AreaGroup:
        return cls(periods=(members_of(event),))

    def apply(self, event: AreaGroupChange) -> AreaGroup:
        match event:
            case AreaGroupChanged():
                return evolve(self, periods=(*self.periods, members_of(event)))
            case AreaGroupAbolished(valid_to=valid_to):
                return evolve(self, valid_to=valid_to)
            case _:
                assert_never(event)


def _members(valid_from: date, organisations: tuple[OrganisationId, ...], divisions: tuple[DivisionCode, ...]) -> AreaGroupMembers:
    """In one order, each once, so that the same members are the same."""
    if not organisations and not divisions:
        raise AreaGroupIsEmpty
    return AreaGroupMembers(valid_from, tuple(sorted(set(organisations))), tuple(sorted(set(divisions))))
