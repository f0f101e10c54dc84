"""Submissions to try the log with."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

from application.ports import Entry, Submission
from domain.events import Event
from domain.ids import OfficerId, OrganisationId
from domain.jurisdiction.events import DivisionRenamed

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class StoppedClock:
    """It is the same moment until it is set."""

    def __init__(self, moment: datetime = NOON) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


def renamed(name: str) -> Event:
    return DivisionRenamed(name_en=name, name_zh=name, valid_from=NOON.date())


def submission(*entries: tuple[UUID, int], **more: object) -> Submission:
    values = {
        "command_id": uuid4(),
        "name": "divisions.rename",
        "content": b"content",
        "by": OfficerId("O-1"),
        "organisation": OrganisationId("ORG-1"),
        "entries": tuple(Entry(id, version, renamed(f"name {version}"), NOON) for id, version in entries),
    }
    return Submission(**{**values, **more})
