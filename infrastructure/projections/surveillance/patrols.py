"""Patrols, and what was seen on them one by one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.surveillance.patrol_views import PatrolObservationView, PatrolTaskView
from domain.events import Recorded
from domain.ids import observation_of
from domain.surveillance.events import PatrolCancelled, PatrolEnded, PatrolObserved, PatrolPlanned, PatrolStarted
from domain.surveillance.patrol_task import PatrolState
from infrastructure.projections.changes import Change, Insert, More, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

PATROLS = table_of(
    PatrolTaskView,
    "patrol_tasks",
    sa.Column("started_position", sa.BigInteger),
    sa.Column("ended_position", sa.BigInteger),
    indexes=[("station",), ("started_at",)],
)
OBSERVATIONS = table_of(
    PatrolObservationView,
    "patrol_observations",
    sa.Column("position", sa.BigInteger, nullable=False),
    indexes=[("patrol", "at")],
)
"""The positions tell since when it is known."""

on_patrol = Handlers()


@on_patrol(PatrolPlanned)
def patrol_planned(record: Recorded[PatrolPlanned]) -> Iterable[Change]:
    event = record.event
    planned = ("mode", "task", "station", "officers", "unit", "post", "route", "starts_at", "ends_at")
    values: dict[str, Any] = {name: getattr(event, name) for name in planned}
    values |= {"id": record.originator_id, "version": record.version, "state": PatrolState.PLANNED, "observations": 0, "remarks": ""}
    return (Insert(PATROLS, values),)


@on_patrol(PatrolStarted)
def patrol_started(record: Recorded[PatrolStarted]) -> Iterable[Change]:
    return (_patrol(record, state=PatrolState.UNDER_WAY, started_at=record.effective_at, started_position=record.position),)


@on_patrol(PatrolObserved)
def patrol_observed(record: Recorded[PatrolObserved]) -> Iterable[Change]:
    event = record.event
    values = {name: getattr(event, name) for name in ("mode", "station", "summary", "place", "camera", "alarm")} | {
        "id": observation_of(record.originator_id, record.version),
        "version": record.version,
        "patrol": record.originator_id,
        "at": record.effective_at,
        "by": record.by,
        "position": record.position,
    }
    return (_patrol(record, observations=More(1)), Insert(OBSERVATIONS, values))


@on_patrol(PatrolEnded)
def patrol_ended(record: Recorded[PatrolEnded]) -> Iterable[Change]:
    ended = {"ended_at": record.effective_at, "ended_position": record.position}
    return (_patrol(record, state=PatrolState.ENDED, **ended, remarks=record.event.remarks),)


@on_patrol(PatrolCancelled)
def patrol_cancelled(record: Recorded[PatrolCancelled]) -> Iterable[Change]:
    return (_patrol(record, state=PatrolState.CANCELLED, remarks=record.event.reason),)


def _patrol(record: Recorded[Any], **values: Any) -> Change:
    values["version"] = record.version
    return Patch(PATROLS, record.originator_id, values)
