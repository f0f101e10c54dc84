"""The library's application on our log, and our log as a library's application."""

from __future__ import annotations

from contextlib import closing
from uuid import uuid4

import pytest
from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import IntegrityError, OperationalError, ProgrammingError, StoredEvent

from infrastructure.log import reading
from infrastructure.log.appender import Appender
from infrastructure.log.codec import UnknownEvent
from infrastructure.log.recorder import Change, Channel, Factory, Log
from infrastructure.log.waking import Bell
from tests.log.submissions import NOON, StoppedClock, renamed


class Dog(Aggregate):
    @event("Registered")
    def __init__(self, name: str) -> None:
        self.name = name

    @event("Renamed")
    def rename(self, name: str) -> None:
        self.name = name


class Kennel(Application):
    """As the library's users write it."""


@pytest.fixture
def channel(database):
    log = Appender(database, StoppedClock(), Bell())
    yield Channel(database, log, Bell(), StoppedClock())
    log.close()


def test_the_library_s_application_runs_on_our_log(database_url):
    environment = {"PERSISTENCE_MODULE": "infrastructure.log.recorder", "TOCSIN_DATABASE": database_url, "TOCSIN_ANY_TYPE": "yes"}
    with Kennel(environment) as kennel:
        dog = Dog("Fido")
        kennel.save(dog)
        dog.rename("Rex")
        recordings = kennel.save(dog)
        assert [each.notification.id for each in recordings] == [2]
        assert kennel.repository.get(dog.id).name == "Rex"
        assert [each.id for each in kennel.notification_log["1,10"].items] == [1, 2]
        with pytest.raises(AggregateNotFoundError):
            kennel.repository.get(uuid4())


def test_a_script_saves_as_every_command_does(channel):
    thing = uuid4()
    with Log(channel) as log:
        log.save(Change(thing, 1, renamed("one")), Change(thing, 2, renamed("two")), by="O-7", organisation="ORG-7")
        assert [each.event for each in log.events.get(thing)] == [renamed("one"), renamed("two")]
        with pytest.raises(IntegrityError):
            log.save(Change(thing, 2, renamed("three")))
    with channel.database.reading() as connection:
        records = reading.history(connection, thing)
    assert [(each.by, each.organisation, each.recorded_at) for each in records] == [("O-7", "ORG-7", NOON)] * 2


def test_a_script_repeats_without_harm(channel):
    command, thing = uuid4(), uuid4()
    with Log(channel) as log:
        for _ in range(2):
            (recording,) = log.save(Change(thing, 1, renamed("one")), command_id=command)
            assert recording.notification.id == 1


def test_a_type_that_the_application_does_not_know_is_refused(channel):
    with closing(Factory(None, channel)) as factory, pytest.raises(UnknownEvent, match="topic1"):
        factory.application_recorder().insert_events([StoredEvent(uuid4(), 1, "topic1", b"{}")])


def test_faults_and_snapshots_are_told_in_the_library_s_words(channel):
    with closing(Factory(None, channel)) as factory:
        with pytest.raises(ProgrammingError, match="no snapshots"):
            factory.aggregate_recorder("snapshots")
        channel.log.close()
        with pytest.raises(OperationalError, match="closing"):
            Log(channel).save(Change(uuid4(), 1, renamed("one")))
