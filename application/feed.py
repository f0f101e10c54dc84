"""The log as readers see it: what happened to a thing, what happened since, and how far the projections have come."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.views import View
from domain.events import Event, Recorded
from domain.rules import LimitExceeded


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the log. `position` is how far it was read, matching or not: where to read on; `more` says that there is more."""

    records: Sequence[Recorded[Event]]
    position: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionStatus:
    """How far one projection has come; `failure` says why it stands still, without personal data."""

    name: str
    inline: bool
    position: int
    lag: int
    updated_at: datetime | None
    failure: str | None = None


class StaleRead(LimitExceeded):
    """What you want to read has not come that far yet; ask again, or check the position.

    所需数据尚未更新到该位置；请稍后重试或核对位置。
    """

    on = "atLeast"


class Feed(Protocol):
    """Reads the log and watches the projections."""

    async def history(self, id: UUID, after: int, first: int) -> Stretch:
        """The records of one thing after a version; the stretch's `position` is a version here."""
        ...

    async def events(self, after: int, types: Collection[str], first: int) -> Stretch:
        """Records after a position, of these types or of all where none is named."""
        ...

    async def of_thing(self, id: UUID, after: int, first: int) -> Stretch:
        """Records of one thing after a position."""
        ...

    async def grown(self, after: int) -> bool:
        """Wait until the log has a position later than this; False where it was waited long enough and nobody said so."""
        ...

    async def head(self) -> int:
        """The log's last position; 0 where it is empty."""
        ...

    async def reached(self, position: int, view: type[View] | None, timeout: float) -> bool:  # noqa: ASYNC109 - part of the question
        """Wait until what projects this view, or everything where none is named, has read up to a position.

        False where the time ran out first, or where the position lies beyond the log.
        """
        ...

    async def status(self) -> Sequence[ProjectionStatus]: ...
