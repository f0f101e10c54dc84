"""What is written in the benchmarks: an alarm with three events, of the size that alarms have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from application.ports import Entry, Submission
from domain.dispatching.events import AlarmClosed, AlarmOpened, AlarmTriaged, IntakeKind
from domain.events import Event
from domain.ids import DivisionCode, OfficerId, OrganisationId, uuid7
from domain.places import Point
from infrastructure.log.codec import CODEC

STATION = OrganisationId("500103-01")
EVENTS: tuple[Event, ...] = (
    AlarmOpened(
        kind=next(iter(IntakeKind)),
        division=DivisionCode("500103"),
        station=STATION,
        alarm_type="BURGLARY",
        place=Point(106.5516, 29.563),
        address="Minzu Road 108, third floor",
        summary="Shutter forced, two persons seen leaving",
    ),
    AlarmTriaged(alarm_type="BURGLARY", priority="1"),
    AlarmClosed(),
)


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def fresh_id() -> UUID:
    return uuid7(datetime.now(UTC))


def encoded() -> list[tuple[str, int, bytes]]:
    return [CODEC.encode(event) for event in EVENTS]


def submission(id: UUID | None = None, events: Sequence[Event] = EVENTS) -> Submission:
    thing, moment = id or fresh_id(), datetime.now(UTC)
    return Submission(
        command_id=fresh_id(),
        name="alarms.benchmark",
        content=b"0123456789abcdef0123456789abcdef",
        by=OfficerId("O-1"),
        organisation=STATION,
        entries=tuple(Entry(thing, version, event, moment) for version, event in enumerate(events, 1)),
    )
