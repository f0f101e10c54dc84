"""What the desk is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from application.commands import Command
from domain.ids import CommandId, OfficerId, OrganisationId


class Request(NamedTuple):
    """A command with who asks for it. Without `effective_at` it happens now."""

    command: Command
    command_id: CommandId
    by: OfficerId
    organisation: OrganisationId
    effective_at: datetime | None = None
    device_at: datetime | None = None
    expected_version: int | None = None
    causation: int | None = None
    correlation: UUID | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What was asked for is in the log, now or since an earlier sending; `position` is where a reader must be to see it."""

    position: int
    recorded_at: datetime
    repeated: bool


def content_of(request: Request) -> bytes:
    """The command's fingerprint with the effective time that was asked for: another time is another command."""
    moment = request.effective_at.isoformat() if request.effective_at else ""
    return request.command.content + moment.encode()
