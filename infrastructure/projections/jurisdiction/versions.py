"""What the views of everything have in common that is drafted, revised, activated and superseded by its next version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from domain.events import Event, Recorded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers


class Course(NamedTuple):
    """The events of a version, in the order in which they come."""

    drafted: type[Event]
    revised: type[Event]
    activated: type[Event]
    superseded: type[Event]


def of_versions(table: sa.Table, states: Any, course: Course, content: str) -> Handlers:
    """`states` has DRAFT, ACTIVE and SUPERSEDED; `content` is the column, and the field of events, that a revision changes."""
    on = Handlers()

    def changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
        return (Patch(table, record.originator_id, {"version": record.version, **values}),)

    @on(course.drafted)
    def drafted(record: Recorded[Any]) -> Iterable[Change]:
        event = record.event
        own = {"code": event.code, "scope": event.scope, content: getattr(event, content), "state": states.DRAFT}
        by = {"drafted_by": record.by, "drafted_at": record.effective_at}
        return (Insert(table, {"id": record.originator_id, "version": record.version, **own, **by}),)

    @on(course.revised)
    def revised(record: Recorded[Any]) -> Iterable[Change]:
        return changed(record, **{content: getattr(record.event, content)})

    @on(course.activated)
    def activated(record: Recorded[Any]) -> Iterable[Change]:
        return changed(record, state=states.ACTIVE, active_from=record.event.active_from)

    @on(course.superseded)
    def superseded(record: Recorded[Any]) -> Iterable[Change]:
        event = record.event
        return changed(record, state=states.SUPERSEDED, active_to=event.active_to, superseded_by=event.superseded_by)

    return on
