"""A deployment's own states of units: each a kind of one of the base states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, assert_never

from domain.dispatching.events import UnitStateChange, UnitStateDefined, UnitStateRenamed, UnitStateWithdrawn, UnitStatus
from domain.events import Event
from domain.evolving import evolve
from domain.rules import InvalidTransition, InvalidValue, required_text

_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,31}")


class UnitStateCodeMalformed(InvalidValue):
    """The code of a state of units has 1 to 32 capital letters, digits or underscores, and begins with a letter.

    单位状态代码由 1 至 32 个大写字母、数字或下划线组成，以字母开头。
    """

    on = "code"


class UnitStateBaseFollows(InvalidValue):
    """Units are off duty by signing off alone; a state of their own is a kind of another base state.

    不在班仅由签退产生；自定义状态须对应其他基本状态。
    """

    on = "base"


class UnitStateIsWithdrawn(InvalidTransition):
    """The state is withdrawn.

    该状态已停用。
    """


@dataclass(frozen=True)
class UnitState:
    """A state of units (自定义单位状态)."""

    begins: ClassVar[tuple[type[Event], ...]] = (UnitStateDefined,)

    base: UnitStatus
    name_en: str
    name_zh: str
    withdrawn: bool = False

    @staticmethod
    def define(code: str, name_en: str, name_zh: str, base: UnitStatus) -> UnitStateDefined:
        if not _CODE.fullmatch(code):
            raise UnitStateCodeMalformed
        if base is UnitStatus.OFF_DUTY:
            raise UnitStateBaseFollows
        english, chinese = required_text(name_en, field="nameEn"), required_text(name_zh, field="nameZh")
        return UnitStateDefined(code=code, name_en=english, name_zh=chinese, base=base)

    def rename(self, name_en: str, name_zh: str) -> UnitStateRenamed | None:
        self._insist_on_standing()
        english, chinese = required_text(name_en, field="nameEn"), required_text(name_zh, field="nameZh")
        return None if (english, chinese) == (self.name_en, self.name_zh) else UnitStateRenamed(name_en=english, name_zh=chinese)

    def withdraw(self, reason: str) -> UnitStateWithdrawn:
        self._insist_on_standing()
        return UnitStateWithdrawn(reason=required_text(reason, field="reason"))

    def stands_on(self, _day: date) -> bool:
        return not self.withdrawn

    def _insist_on_standing(self) -> None:
        if self.withdrawn:
            raise UnitStateIsWithdrawn

    @classmethod
    def begin(cls, event: UnitStateDefined) -> UnitState:
        return cls(base=event.base, name_en=event.name_en, name_zh=event.name_zh)

    def apply(self, event: UnitStateChange) -> UnitState:
        match event:
            case UnitStateRenamed(name_en=name_en, name_zh=name_zh):
                return evolve(self, name_en=name_en, name_zh=name_zh)
            case UnitStateWithdrawn():
                return evolve(self, withdrawn=True)
            case _:
                assert_never(event)
