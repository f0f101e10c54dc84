"""What the application needs from the world."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from domain.events import Event, Recorded
from domain.ids import OfficerId, OrganisationId


class Clock(Protocol):
    def now(self) -> datetime:
        """The present time, UTC and aware."""
        ...


class Entry(NamedTuple):
    """A new event of a submission, and the version its thing will have with it (1 is the first)."""

    originator_id: UUID
    version: int
    event: Event
    effective_at: datetime


class Key(NamedTuple):
    """A name that at most one thing may hold: an active order's unit, a case number."""

    kind: str
    name: str


class Submission(NamedTuple):
    """The events of one command, to be recorded together or not at all.

    `content` is the command's fingerprint: the same command id with another content is refused. `seen` are
    versions of things that were looked at and must still hold; `claims` are unique keys with their holders,
    and every holder in `releases` gives up all it held.
    """

    command_id: UUID
    name: str
    content: bytes
    by: OfficerId
    organisation: OrganisationId
    entries: tuple[Entry, ...]
    device_at: datetime | None = None
    causation: int | None = None
    correlation: UUID | None = None
    seen: tuple[tuple[UUID, int], ...] = ()
    claims: tuple[tuple[Key, UUID], ...] = ()
    releases: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Appended:
    """The command is in the log. `first` to `last` are its positions; where it recorded nothing new, `last` is the
    log's position when it was answered and `first` is `last + 1`. `repeated` says that an earlier sending did it."""

    first: int
    last: int
    recorded_at: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class VersionMoved:
    originator_id: UUID
    current: int


@dataclass(frozen=True, slots=True)
class KeyTaken:
    key: Key
    holder: UUID


@dataclass(frozen=True, slots=True)
class CommandReused:
    """The command id was used before, with another content."""


class LogUnavailable(Exception):  # noqa: N818 - it reads as the sentence that the operator is shown
    """The log cannot take commands now. The command may have been recorded all the same: send it again, with its id."""


Outcome = Appended | VersionMoved | KeyTaken | CommandReused


class EventLog(Protocol):
    """The only record of what happened."""

    async def append(self, submission: Submission) -> Outcome:
        """Record one command. Returns after the commit; a fault (no disk, no connection) is raised as `LogUnavailable`."""
        ...

    async def append_all(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """Record several commands, in this order and in one commit; each is answered by itself."""
        ...

    async def histories(self, after: Mapping[UUID, int]) -> dict[UUID, list[Event]]:
        """For each thing, its events after the given version, in order; things without any are left out."""
        ...

    async def holders(self, kind: str, prefix: str) -> tuple[UUID, ...]:
        """Who holds the keys of this kind whose names begin so."""
        ...

    async def records(self, positions: Collection[int]) -> dict[int, Recorded[Event]]:
        """What stands at these positions; those without anything are left out."""
        ...

    async def find(self, command_id: UUID) -> tuple[bytes, Appended] | None:
        """The content and result of a command that was recorded before; None where it was not."""
        ...

    async def known(self, command_ids: Collection[UUID]) -> set[UUID]:
        """Which of these commands are in the log: an import that is run again skips them."""
        ...
