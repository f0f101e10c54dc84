"""Who is registered, and who is erased."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.casework.views import PersonView
from domain.casework.events import PersonDetailsRecorded, PersonErased, PersonRead, PersonRegistered, PersonsSought
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

PERSONS = table_of(PersonView, "persons")

on_person = Handlers()


@on_person(PersonRegistered)
def person_registered(record: Recorded[PersonRegistered]) -> Iterable[Change]:
    values = {"id": record.originator_id, "version": record.version, "registered_at": record.recorded_at, "erased": False}
    return (Insert(PERSONS, values),)


@on_person(PersonDetailsRecorded)
def person_details_recorded(record: Recorded[PersonDetailsRecorded]) -> Iterable[Change]:
    return _changed(record)


@on_person(PersonRead)
def person_read(record: Recorded[PersonRead]) -> Iterable[Change]:
    return _changed(record, last_read_at=record.recorded_at)


@on_person(PersonsSought)
def persons_sought(record: Recorded[PersonsSought]) -> Iterable[Change]:
    return [Patch(PERSONS, person, {"last_found_at": record.recorded_at}) for person in record.event.found]


@on_person(PersonErased)
def person_erased(record: Recorded[PersonErased]) -> Iterable[Change]:
    return _changed(record, erased=True, erased_at=record.recorded_at, ground=record.event.ground)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(PERSONS, record.originator_id, values | {"version": record.version}),)
