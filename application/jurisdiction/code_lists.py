"""Commands on code lists."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command
from domain.aggregates import Act, Decision
from domain.ids import CodeListId
from domain.jurisdiction.code_list import CodeList
from domain.jurisdiction.events import CodeEntry, CodeScope


@command
def draft(code_list: CodeListId, code: str, scope: CodeScope, entries: tuple[CodeEntry, ...]) -> Command:
    """Draft a version of the codes for types of alarms, or for priorities.

    拟定一版代码表：警情类别或警情级别。
    """
    return begin(CodeList, code_list, lambda _: CodeList.draft(code, scope, entries))


@command
def revise(code_list: CodeListId, entries: tuple[CodeEntry, ...]) -> Command:
    """Give a draft other codes: these and no others.

    修改草案的代码：仅以所列为准。
    """
    return change(CodeList, code_list, lambda it, _: it.revise(entries))


@command
def activate(code_list: CodeListId, active_from: datetime, supersedes: CodeListId | None = None) -> Command:
    """Hold what happens from a time on to these codes, in place of the list that is active.

    自某时起启用该代码表，取代现行版本。
    """
    activated = change(CodeList, code_list, lambda it, act: it.activate(active_from, act.effective_at, supersedes))
    if supersedes is None:
        return activated

    def gives_way(it: CodeList, act: Act) -> Decision:
        return it.supersede(code_list, act.look(CodeList, code_list).scope, active_from)

    return activated & change(CodeList, supersedes, gives_way)
