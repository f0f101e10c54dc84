"""Which versions of limits and of codes a command is measured by: the active ones, and those before as far back as it asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from application.commands import Command
from application.limits import beyond
from application.memory import Memory
from application.ports import EventLog, Key, Submission
from application.stage import Stage
from application.uniqueness import ACTIVE_CODE_LIST, ACTIVE_LIMIT_SET, ACTIVE_SERVICE_LEVEL
from domain.aggregates import Aggregate
from domain.jurisdiction.code_list import CodeList
from domain.jurisdiction.events import CodeScope
from domain.jurisdiction.limit_set import LimitSet
from domain.jurisdiction.service_level import ServiceLevel

KINDS: dict[str, type[Aggregate]] = {ACTIVE_SERVICE_LEVEL: ServiceLevel, ACTIVE_LIMIT_SET: LimitSet, ACTIVE_CODE_LIST: CodeList}
"""What holds a key of each of these kinds is active."""


class Versions:
    """Remembers which are active until a command of this process activates another; where others write too, it asks each time."""

    def __init__(self, log: EventLog, memory: Memory, *, shared: bool) -> None:
        self._log = log
        self._memory = memory
        self._shared = shared
        self._active: dict[Key, tuple[UUID, ...]] = {}

    async def bring(self, stage: Stage, asked: Iterable[tuple[Command, datetime]]) -> None:
        """What these commands are measured by, each at its time."""
        for key, earliest in _earliest(asked).items():
            further = set(await self._holders(key))
            while further:
                await self._bring(stage, KINDS[key.kind], further)
                further = beyond(stage, further, earliest)

    def heed(self, submissions: Sequence[Submission]) -> None:
        """After these were handed to the log, whatever became of them."""
        if any(key.kind in KINDS for submission in submissions for key, _ in submission.claims):
            self._active = {}  # what is being asked for just now goes into the dictionary of before

    async def _holders(self, key: Key) -> tuple[UUID, ...]:
        active = self._active
        if self._shared or key not in active:
            active[key] = await self._log.holders(key.kind, key.name)
        return active[key]

    async def _bring(self, stage: Stage, kind: type[Aggregate], ids: Collection[UUID]) -> None:
        stage.recall(self._memory.recall(ids))
        await stage.catch_up(self._log, dict.fromkeys(ids, kind), fresh=self._shared)


def _earliest(asked: Iterable[tuple[Command, datetime]]) -> dict[Key, datetime]:
    earliest: dict[Key, datetime] = {}
    for command, moment in asked:
        for key in _keys(command):
            earliest[key] = min(moment, earliest.get(key, moment))
    return earliest


def _keys(command: Command) -> Iterator[Key]:
    if command.limits:
        yield Key(ACTIVE_SERVICE_LEVEL, "")
    for scope in command.scopes:
        yield Key(ACTIVE_CODE_LIST if isinstance(scope, CodeScope) else ACTIVE_LIMIT_SET, scope)
