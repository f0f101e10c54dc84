"""A log in memory, for tests that need records but no database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from domain.events import Event, Recorded
from domain.ids import OfficerId, OrganisationId

NAMES = UUID("00000000-0000-7000-8000-000000000000")
NOON = time(4, tzinfo=UTC)
"""In Shanghai."""
BEGAN = datetime(2030, 1, 1, tzinfo=UTC)


def named(name: str) -> UUID:
    return uuid5(NAMES, name)


class Pages:
    """Records in order; the log takes each a second after the one before. A stride leaves room for others in between."""

    def __init__(self, stride: int = 1) -> None:
        self.stride = stride
        self.records: list[Recorded[Event]] = []
        self._versions: dict[UUID, int] = {}

    def write(self, thing: UUID, event: Event, when: date | datetime) -> Recorded[Event]:
        effective_at = when if isinstance(when, datetime) else datetime.combine(when, NOON)
        self._versions[thing] = self._versions.get(thing, 0) + 1
        position = (len(self.records) + 1) * self.stride
        record = Recorded(
            position=position,
            originator_id=thing,
            version=self._versions[thing],
            event=event,
            effective_at=effective_at,
            device_at=None,
            recorded_at=BEGAN + timedelta(seconds=len(self.records) + 1),
            by=OfficerId("o-1"),
            organisation=OrganisationId("city"),
            command_id=named(f"command {position}"),
            causation=None,
            correlation=named(f"command {position}"),
        )
        self.records.append(record)
        return record
