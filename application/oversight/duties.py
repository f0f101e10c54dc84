"""What is due in oversight at a time on the clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from application.commands import Command
from application.oversight import exports
from domain.ids import ExportId


@dataclass(frozen=True, slots=True)
class KeptExport:
    """A completed export, and until when it is kept."""

    export: ExportId
    expires_at: datetime


def end_old_exports(now: datetime, kept: Iterable[KeptExport]) -> Sequence[Command]:
    """Exports that have been kept long enough, the oldest first."""
    due = sorted((each for each in kept if each.expires_at <= now), key=lambda each: (each.expires_at, each.export))
    return [exports.expire(each.export) for each in due]
