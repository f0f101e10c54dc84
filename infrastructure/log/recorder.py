"""The log as the `eventsourcing` library knows it: its recorders, its factory and its application, on our tables and our appender."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    IntegrityError,
    Mapper,
    Notification,
    OperationalError,
    ProcessRecorder,
    ProgrammingError,
    StoredEvent,
    Subscription,
    Tracking,
    TrackingRecorder,
)
from eventsourcing.utils import Environment, EnvType, resolve_topic, strtobool

from application.ports import Appended, Clock, Entry, LogUnavailable, Outcome, Submission
from domain.events import Event
from domain.ids import OfficerId, OrganisationId
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.append import append
from infrastructure.log.appender import Appender
from infrastructure.log.codec import CODEC, Encoded
from infrastructure.log.judging import VersionsBroken
from infrastructure.log.tables import EVENTS, TRACKING
from infrastructure.log.waking import POLL, Bell, Listener

PAGE = 500
"""Notifications that a subscription reads at once."""


class UtcClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Channel:
    """What the recorders share: the database, the appender that writes to it and the bell that it rings.

    `any_type` lets in events that the application does not know: then the log belongs to another application.
    """

    database: Database
    log: Appender
    bell: Bell
    clock: Clock
    any_type: bool = False


class LogAggregateRecorder(AggregateRecorder):
    """Events of one thing. Whoever saves may say `by`, `organisation`, `effective_at` and `command_id`."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        self._insert(stored_events, **kwargs)
        return None

    def select_events(
        self, originator_id: UUID | str, *, gt: int | None = None, lte: int | None = None, desc: bool = False, limit: int | None = None
    ) -> Sequence[StoredEvent]:
        version = EVENTS.c.originator_version
        wanted = _stored().where(EVENTS.c.originator_id == _uuid(originator_id)).order_by(version.desc() if desc else version)
        if gt is not None:
            wanted = wanted.where(version > gt)
        if lte is not None:
            wanted = wanted.where(version <= lte)
        return [StoredEvent(*_present(row[:-1])) for row in self._rows(wanted.limit(limit))]

    def _insert(self, stored_events: Sequence[StoredEvent], **more: Any) -> Sequence[int]:
        if not stored_events:
            return []
        submission = self._submission(stored_events, **more)
        with _in_the_librarys_words():
            (outcome,) = self.channel.log.append_now([submission])
        return _positions(outcome)

    def _submission(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        command_id: UUID | None = None,
        by: str = "script",
        organisation: str = "script",
        effective_at: datetime | None = None,
        tracking: Tracking | None = None,
    ) -> Submission:
        if tracking is not None:
            raise ProgrammingError("only a process recorder keeps tracking")
        moment = effective_at or self.channel.clock.now()
        return Submission(
            command_id=command_id or uuid4(),
            name="save",
            content=b"",
            by=OfficerId(by),
            organisation=OrganisationId(organisation),
            entries=tuple(Entry(_uuid(each.originator_id), each.originator_version, self._event(each), moment) for each in stored_events),
        )

    def _event(self, stored: StoredEvent) -> Event:
        return Encoded(type=stored.topic, data=stored.state) if self.channel.any_type else CODEC.read(stored.topic, stored.state)

    def _rows(self, statement: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with self.channel.database.reading() as connection:
            return connection.execute(statement).all()


class LogApplicationRecorder(LogAggregateRecorder, ApplicationRecorder):
    """Events of all things in their one order."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        return self._insert(stored_events, **kwargs)

    def select_notifications(
        self, start: int | None, limit: int, stop: int | None = None, topics: Sequence[str] = (), *, inclusive_of_start: bool = True
    ) -> Sequence[Notification]:
        wanted = _stored().order_by(EVENTS.c.position).limit(limit)
        if start is not None:
            wanted = wanted.where(EVENTS.c.position >= start if inclusive_of_start else EVENTS.c.position > start)
        if stop is not None:
            wanted = wanted.where(EVENTS.c.position <= stop)
        if topics:
            wanted = wanted.where(EVENTS.c.type.in_(topics))
        return [Notification(*_present(row[:-1]), id=row[-1]) for row in self._rows(wanted)]

    def max_notification_id(self) -> int | None:
        with self.channel.database.reading() as connection:
            return reading.head(connection) or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> LogSubscription:
        return LogSubscription(self, gt, topics)


class LogSubscription(Subscription[ApplicationRecorder]):
    """Notifications as they come: woken by the bell on both databases, and looking by itself now and then."""

    def __init__(self, recorder: LogApplicationRecorder, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._bell = recorder.channel.bell
        self._page: Iterator[Notification] = iter(())

    def __next__(self) -> Notification:
        while not self._has_been_stopped:
            for notification in self._page:
                self._last_notification_id = notification.id
                return notification
            known = self._bell.position
            page = self._recorder.select_notifications(self._last_notification_id, PAGE, topics=self._topics, inclusive_of_start=False)
            self._page = iter(page)
            if not page:
                self._bell.wait(known, POLL)
        raise StopIteration


class LogTrackingRecorder(TrackingRecorder):
    """How far the reader of another application's notifications has come."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def insert_tracking(self, tracking: Tracking) -> None:
        with self.channel.database.writing() as connection:
            _track(connection, tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        with self.channel.database.reading() as connection:
            return connection.scalar(sa.select(TRACKING.c.position).where(TRACKING.c.application == application_name))


class LogProcessRecorder(LogTrackingRecorder, LogApplicationRecorder, ProcessRecorder):
    """New events together with the notification that gave rise to them, in one commit."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, tracking: Tracking | None = None, **kwargs: Any
    ) -> Sequence[int] | None:
        if tracking is None:
            return super().insert_events(stored_events, **kwargs)
        submissions = [self._submission(stored_events, **kwargs)] if stored_events else []
        with _in_the_librarys_words(), self.channel.database.writing() as connection:
            positions = [_positions(outcome) for outcome in append(connection, submissions, self.channel.clock.now(), None)]
            _track(connection, tracking)
        return [position for each in positions for position in each]


class Factory(InfrastructureFactory[LogTrackingRecorder]):
    """Reads TOCSIN_DATABASE, and TOCSIN_ANY_TYPE where the log is that of another application."""

    def __init__(self, env: Environment | EnvType | None, channel: Channel | None = None) -> None:
        super().__init__(env)
        self._own = channel is None
        self.channel = channel or self._open()
        self._listener = Listener(self.channel.database, self.channel.bell)
        self._listener.__enter__()

    def _open(self) -> Channel:
        database, clock, bell = Database.open(str(self.env.get("TOCSIN_DATABASE"))), UtcClock(), Bell()
        any_type = strtobool(self.env.get("TOCSIN_ANY_TYPE") or "no")
        return Channel(database, Appender(database, clock, bell), bell, clock, any_type)

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        if purpose != "events":
            raise ProgrammingError(f"the log keeps no {purpose}: states are kept in memory and brought forward")
        return LogAggregateRecorder(self.channel)

    def application_recorder(self) -> ApplicationRecorder:
        return LogApplicationRecorder(self.channel)

    def tracking_recorder(self, tracking_recorder_class: type[LogTrackingRecorder] | None = None) -> LogTrackingRecorder:
        named = self.env.get(self.TRACKING_RECORDER_TOPIC)
        kind: type[LogTrackingRecorder] = tracking_recorder_class or (resolve_topic(named) if named else LogTrackingRecorder)
        return kind(self.channel)

    def process_recorder(self) -> ProcessRecorder:
        return LogProcessRecorder(self.channel)

    def close(self) -> None:
        self._listener.__exit__(None, None, None)
        if self._own:
            self.channel.log.close()
            self.channel.database.close()


@dataclass(frozen=True, slots=True)
class Change:
    """One of our events, as the library hands it around."""

    originator_id: UUID
    originator_version: int
    event: Event


class LogMapper(Mapper[UUID]):
    """Our types under their bare names, decoded by the closed registry."""

    def __init__(self) -> None:
        """Nothing is transcoded, compressed or encrypted here."""

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        assert isinstance(domain_event, Change)  # noqa: S101 - nothing else is given to this application
        type, _, data = CODEC.encode(domain_event.event)
        return StoredEvent(domain_event.originator_id, domain_event.originator_version, type, data)

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[UUID]:
        return Change(
            _uuid(stored_event.originator_id), stored_event.originator_version, CODEC.read(stored_event.topic, stored_event.state)
        )


class Log(Application[UUID]):
    """The log for scripts without an event loop: `save` goes through the same appender as every command."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        super().__init__()

    def construct_factory(self, env: Environment) -> InfrastructureFactory:
        return Factory(env, self._channel)  # type: ignore[return-value]  # the library leaves its factory's parameter open

    def construct_mapper(self) -> Mapper[UUID]:
        return LogMapper()


def _stored() -> sa.Select[Any]:
    return sa.select(EVENTS.c.originator_id, EVENTS.c.originator_version, EVENTS.c.type, EVENTS.c.data, EVENTS.c.schema, EVENTS.c.position)


def _present(row: Sequence[Any]) -> tuple[UUID, int, str, bytes]:
    """An event of an older schema is brought up to the present one, for the library has no place for schemas."""
    id, version, type, data, schema = row
    return id, version, type, CODEC.present(type, schema, bytes(data))


def _positions(outcome: Outcome) -> Sequence[int]:
    if not isinstance(outcome, Appended):
        raise IntegrityError(str(outcome))
    return list(range(outcome.first, outcome.last + 1))


@contextmanager
def _in_the_librarys_words() -> Iterator[None]:
    try:
        yield
    except VersionsBroken as error:
        raise IntegrityError(str(error)) from error
    except LogUnavailable as error:
        raise OperationalError(str(error)) from error


def _track(connection: sa.Connection, tracking: Tracking) -> None:
    """Positions only go forward: two readers that do the same work cannot both count it."""
    name, position = tracking.application_name, tracking.notification_id
    moved = sa.update(TRACKING).where(TRACKING.c.application == name, TRACKING.c.position < position).values(position=position)
    if connection.execute(moved).rowcount:
        return
    try:
        connection.execute(sa.insert(TRACKING).values(application=name, position=position))
    except sa.exc.IntegrityError:
        raise IntegrityError(f"notification {position} of {name} was tracked before") from None


def _uuid(id: UUID | str) -> UUID:
    return id if isinstance(id, UUID) else UUID(id)
