"""What a thing's events have said of it up to each of them: where an alarm was, whose an order was."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from application.feed import Feed
from domain.events import Event, Recorded

SIZE = 10_000
PAGE = 500
Said = Mapping[str, Any]


class Courses:
    """Remembers things' courses, the last used ones. A record is judged by what held then, so that a replay finds the same."""

    def __init__(self, feed: Feed, *facts: str) -> None:
        self._feed = feed
        self._facts = facts
        self._known: OrderedDict[UUID, list[Said]] = OrderedDict()

    async def around(self, record: Recorded[Event]) -> tuple[Said, Said]:
        """What held just before a record, and since."""
        course = await self._course(record)
        return course[record.version - 1], course[record.version]

    async def _course(self, record: Recorded[Event]) -> list[Said]:
        """By version, from 0 on; the record itself and nothing but the record is often all that is new."""
        course = self._known.setdefault(record.originator_id, [{}])
        self._known.move_to_end(record.originator_id)
        if len(self._known) > SIZE:
            self._known.popitem(last=False)
        while len(course) < record.version:
            stretch = await self._feed.history(record.originator_id, len(course) - 1, PAGE)
            if not stretch.records:
                raise LookupError(f"what led to position {record.position} is not in the log")
            for each in stretch.records:
                self._add(course, each)
        self._add(course, record)
        return course

    def _add(self, course: list[Said], record: Recorded[Event]) -> None:
        if record.version == len(course):
            said = {fact: getattr(record.event, fact) for fact in self._facts if getattr(record.event, fact, None) is not None}
            course.append({**course[-1], **said} if said else course[-1])
