"""The recorder test cases that the `eventsourcing` package ships, on both databases.

Nothing of what they assert is overridden. One thing is done to their input: some cases number a thing's events from 0,
while our log takes versions from 1 on, without gaps. `FromOne` shifts the numbers of such things by one on the way in
and back on the way out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.tests.persistence import (
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    InfrastructureFactoryTestCase,
    NonInterleavingNotificationIDsBaseCase,
    ProcessRecorderTestCase,
    TrackingRecorderTestCase,
)
from eventsourcing.utils import Environment

from infrastructure.log.recorder import Factory, LogAggregateRecorder, LogApplicationRecorder, LogProcessRecorder, LogTrackingRecorder


class FromOne:
    """Things whose first event is numbered 0 are kept from 1 on."""

    def __init__(self, channel) -> None:
        super().__init__(channel)
        self._from_zero = set()

    def insert_events(self, stored_events, **more):
        self._from_zero.update(each.originator_id for each in stored_events if each.originator_version == 0)
        return super().insert_events([self._shifted(each, 1) for each in stored_events], **more)

    def select_events(self, *args, **more):
        return [self._shifted(each, -1) for each in super().select_events(*args, **more)]

    def _shifted(self, event: StoredEvent, by: int) -> StoredEvent:
        return replace(event, originator_version=event.originator_version + by) if event.originator_id in self._from_zero else event


class AggregateRecorderFromOne(FromOne, LogAggregateRecorder): ...


class ApplicationRecorderFromOne(FromOne, LogApplicationRecorder): ...


class ProcessRecorderFromOne(FromOne, LogProcessRecorder): ...


class TrackingRecorderSubclass(LogTrackingRecorder): ...


class FactoryCase(InfrastructureFactoryTestCase):
    __test__ = False

    def expected_factory_class(self):
        return Factory

    def expected_aggregate_recorder_class(self):
        return LogAggregateRecorder

    def expected_application_recorder_class(self):
        return LogApplicationRecorder

    def expected_tracking_recorder_class(self):
        return LogTrackingRecorder

    def tracking_recorder_subclass(self):
        return TrackingRecorderSubclass

    def expected_process_recorder_class(self):
        return LogProcessRecorder


RECORDERS = {
    AggregateRecorderTestCase: AggregateRecorderFromOne,
    ApplicationRecorderTestCase: ApplicationRecorderFromOne,
    TrackingRecorderTestCase: LogTrackingRecorder,
    ProcessRecorderTestCase: ProcessRecorderFromOne,
    NonInterleavingNotificationIDsBaseCase: ApplicationRecorderFromOne,
}


def each_test_of(*cases: type) -> Iterator[object]:
    """Each case with each of its tests, the optional ones too."""
    for case in cases:
        for name in dir(case):
            if name.removeprefix("optional_").startswith("test"):
                yield pytest.param(case, name, id=f"{case.__name__}-{name}")


@pytest.mark.parametrize(("case", "name"), list(each_test_of(*RECORDERS)))
def test_recorder(database_url, case, name):
    with closing(Factory(environment(database_url))) as factory:
        made = type(case.__name__, (case,), {"create_recorder": lambda _: RECORDERS[case](factory.channel)})
        made(name).debug()


@pytest.mark.parametrize(("case", "name"), list(each_test_of(FactoryCase)))
def test_factory(database_url, case, name):
    made = case(name)
    made.env = environment(database_url)
    made.env["PERSISTENCE_MODULE"] = "infrastructure.log.recorder"
    made.debug()


def environment(url: str) -> Environment:
    return Environment(env={"TOCSIN_DATABASE": url, "TOCSIN_ANY_TYPE": "yes"})
