"""Commands on a deployment's own states of units."""

from __future__ import annotations

from application.commands import Command, begin, change, command
from domain.dispatching.events import UnitStatus
from domain.dispatching.unit_state import UnitState
from domain.ids import unit_state_of


@command
def define(code: str, name_en: str, name_zh: str, base: UnitStatus) -> Command:
    """Define a state of units as a kind of a base state. A code is never used again.

    定义对应某基本状态的单位状态；代码不重复使用。
    """
    return begin(UnitState, unit_state_of(code), lambda _: UnitState.define(code, name_en, name_zh, base))


@command
def rename(code: str, name_en: str, name_zh: str) -> Command:
    """Give a state of units other names.

    变更单位状态的名称。
    """
    return change(UnitState, unit_state_of(code), lambda it, _: it.rename(name_en, name_zh))


@command
def withdraw(code: str, reason: str) -> Command:
    """Let no unit take this state from now on.

    停用单位状态。
    """
    return change(UnitState, unit_state_of(code), lambda it, _: it.withdraw(reason))
