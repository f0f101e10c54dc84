"""The division: a code, names and a valid time, for codes are used again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import DivisionCode, DivisionId
from domain.jurisdiction.divisions import covers, is_gb
from domain.jurisdiction.events import DivisionAbolished, DivisionChange, DivisionEstablished, DivisionLevel, DivisionRenamed
from domain.rules import InvalidTransition, InvalidValue, required_text

_CODE = re.compile(r"[\w.\-]{1,32}")


class DivisionCodeMalformed(InvalidValue):
    """A division code has 1 to 32 letters, digits, dots or hyphens; codes of GB/T 2260 have six digits.

    行政区划代码由 1 至 32 个字母、数字、点或连字符组成；GB/T 2260 代码为六位数字。
    """

    on = "code"


class DivisionOutsideParent(InvalidValue):
    """The code does not lie within the code of the division above it.

    该代码不在上级行政区划代码之内。
    """

    on = "parent"


class DivisionNameTooEarly(InvalidValue):
    """A new name begins after the name before it.

    新名称的生效日须晚于原名称的生效日。
    """

    on = "validFrom"


class DivisionEndTooEarly(InvalidValue):
    """A division ends after the day from which it, and its present name, are valid.

    行政区划的终止日须晚于其及现名称的生效日。
    """

    on = "validTo"


class DivisionIsAbolished(InvalidTransition):
    """The division is abolished on or before that day.

    该行政区划届时已撤销。
    """


class DivisionSucceedsItself(InvalidValue):
    """A division is not its own successor.

    行政区划不能是自身的继任者。
    """

    on = "successors"


@dataclass(frozen=True)
class Division:
    """A division (行政区划). `since` is the day of its latest name."""

    begins: ClassVar[tuple[type[Event], ...]] = (DivisionEstablished,)

    code: DivisionCode
    level: DivisionLevel
    valid_from: date
    since: date
    valid_to: date | None = None

    @staticmethod
    def establish(
        code: DivisionCode, name_en: str, name_zh: str, level: DivisionLevel, parent: DivisionCode | None, valid_from: date
    ) -> DivisionEstablished:
        if not _CODE.fullmatch(code):
            raise DivisionCodeMalformed
        if parent == code or (parent is not None and is_gb(code) and not covers(parent, code)):
            raise DivisionOutsideParent
        return DivisionEstablished(
            code=code,
            name_en=required_text(name_en, field="nameEn"),
            name_zh=required_text(name_zh, field="nameZh"),
            level=level,
            parent=parent,
            valid_from=valid_from,
        )

    def rename(self, name_en: str, name_zh: str, valid_from: date) -> DivisionRenamed:
        if self.valid_to is not None and valid_from >= self.valid_to:
            raise DivisionIsAbolished
        if valid_from <= self.since:
            raise DivisionNameTooEarly
        return DivisionRenamed(
            name_en=required_text(name_en, field="nameEn"), name_zh=required_text(name_zh, field="nameZh"), valid_from=valid_from
        )

    def abolish(self, own: DivisionId, valid_to: date, successors: tuple[DivisionId, ...] = ()) -> DivisionAbolished:
        if self.valid_to is not None:
            raise DivisionIsAbolished
        if valid_to <= self.since:
            raise DivisionEndTooEarly
        if own in successors:
            raise DivisionSucceedsItself
        return DivisionAbolished(valid_to=valid_to, successors=tuple(dict.fromkeys(successors)))

    def stands_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @classmethod
    def begin(cls, event: DivisionEstablished) -> Division:
        return cls(code=event.code, level=event.level, valid_from=event.valid_from, since=event.valid_from)

    def apply(self, event: DivisionChange) -> Division:
        match event:
            case DivisionRenamed(valid_from=valid_from):
                return evolve(self, since=valid_from)
            case DivisionAbolished(valid_to=valid_to):
                return evolve(self, valid_to=valid_to)
            case _:
                assert_never(event)
