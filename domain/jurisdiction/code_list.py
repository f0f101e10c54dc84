"""The code list: one version of the codes for a matter, from its draft until another takes its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import CodeListId
from domain.jurisdiction.codes import CodesInForce
from domain.jurisdiction.events import (
    CodeEntry,
    CodeListActivated,
    CodeListChange,
    CodeListDrafted,
    CodeListRevised,
    CodeListSuperseded,
    CodeScope,
)
from domain.rules import InvalidTransition, InvalidValue, required_text

_LIST = re.compile(r"[\w.\-]{1,32}")
_ENTRY = re.compile(r"[A-Za-z0-9_.\-]{1,32}")
MOST = 1_000


class CodeListCodeMalformed(InvalidValue):
    """The code of a code list has 1 to 32 letters, digits, dots or hyphens.

    代码表的代码由 1 至 32 个字母、数字、点或连字符组成。
    """

    on = "code"


class CodeListSizeOutOfRange(InvalidValue):
    """A code list has one code at least and 1,000 at most.

    代码表须有 1 至 1000 个代码。
    """

    on = "entries"


class EntryCodeMalformed(InvalidValue):
    """A code on a list has 1 to 32 Latin letters, digits, underscores, dots or hyphens.

    表内代码由 1 至 32 个拉丁字母、数字、下划线、点或连字符组成。
    """

    on = "entries"


class EntryCodeTwice(InvalidValue):
    """Each code stands on a list once.

    同一代码在表内只能出现一次。
    """

    on = "entries"


class CodeListIsNoDraft(InvalidTransition):
    """The code list is active already or was; draft another one.

    该代码表已启用或已被取代；请另拟新版本。
    """


class CodeListNotActive(InvalidTransition):
    """The code list that is to be superseded is not active, or is about something else.

    拟被取代的代码表并非启用状态，或类别不同。
    """

    on = "supersedes"


class CodeListTooEarly(InvalidValue):
    """Codes count from the moment of their activation at the earliest, and after those before them began to count.

    代码最早自启用时起适用，且须晚于原代码表的启用时间。
    """

    on = "activeFrom"


@dataclass(frozen=True)
class CodeList:
    """A code list (代码表)."""

    begins: ClassVar[tuple[type[Event], ...]] = (CodeListDrafted,)

    code: str
    scope: CodeScope
    entries: tuple[CodeEntry, ...]
    active_from: datetime | None = None
    active_to: datetime | None = None
    supersedes: CodeListId | None = None

    @staticmethod
    def draft(code: str, scope: CodeScope, entries: tuple[CodeEntry, ...]) -> CodeListDrafted:
        if not _LIST.fullmatch(code):
            raise CodeListCodeMalformed
        return CodeListDrafted(code=code, scope=scope, entries=_sound(entries))

    def revise(self, entries: tuple[CodeEntry, ...]) -> CodeListRevised | None:
        if self.active_from is not None:
            raise CodeListIsNoDraft
        sound = _sound(entries)
        return None if sound == self.entries else CodeListRevised(entries=sound)

    def activate(self, active_from: datetime, now: datetime, supersedes: CodeListId | None) -> CodeListActivated:
        """Nobody is held to codes that were not known."""
        if self.active_from is not None:
            raise CodeListIsNoDraft
        if active_from < now:
            raise CodeListTooEarly
        return CodeListActivated(scope=self.scope, active_from=active_from, supersedes=supersedes)

    def supersede(self, by: CodeListId, scope: CodeScope, active_to: datetime) -> CodeListSuperseded:
        if self.active_from is None or self.active_to is not None or scope is not self.scope:
            raise CodeListNotActive
        if active_to <= self.active_from:
            raise CodeListTooEarly
        return CodeListSuperseded(active_to=active_to, superseded_by=by)

    def holds(self, moment: datetime) -> bool:
        return self.active_from is not None and self.active_from <= moment and (self.active_to is None or moment < self.active_to)

    @property
    def in_force(self) -> CodesInForce:
        return CodesInForce(self.code, frozenset(each.code for each in self.entries))

    @classmethod
    def begin(cls, event: CodeListDrafted) -> CodeList:
        return cls(code=event.code, scope=event.scope, entries=event.entries)

    def apply(self, event: CodeListChange) -> CodeList:
        match event:
            case CodeListRevised(entries=entries):
                return evolve(self, entries=entries)
            case CodeListActivated(active_from=active_from, supersedes=supersedes):
                return evolve(self, active_from=active_from, supersedes=supersedes)
            case CodeListSuperseded(active_to=active_to):
                return evolve(self, active_to=active_to)
            case _:
                assert_never(event)


def _sound(entries: tuple[CodeEntry, ...]) -> tuple[CodeEntry, ...]:
    """In the order that was given: it is the order in which one chooses."""
    if not 1 <= len(entries) <= MOST:
        raise CodeListSizeOutOfRange
    if not all(_ENTRY.fullmatch(each.code) for each in entries):
        raise EntryCodeMalformed
    if len({each.code for each in entries}) < len(entries):
        raise EntryCodeTwice
    return tuple(CodeEntry(each.code, _name(each.name_en), _name(each.name_zh)) for each in entries)


def _name(text: str) -> str:
    return required_text(text, field="entries")
