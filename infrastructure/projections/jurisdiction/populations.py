"""The view of populations: every count stays beside the latest one, so each row follows from the row before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, MutableMapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.jurisdiction.populated import PopulationView
from domain.events import Event, Recorded
from domain.ids import PopulationId
from domain.jurisdiction.events import PopulationCount, PopulationRecorded
from infrastructure.projections.changes import Change, Put
from infrastructure.projections.projection import Tables
from infrastructure.projections.tables import table_of

POPULATIONS = table_of(PopulationView, "populations", indexes=[("division", "year", "kind")])


class PopulationFold:
    events: Collection[type[Event]] = (PopulationRecorded,)

    def keys(self, record: Recorded[Any]) -> Iterable[UUID]:
        return (record.originator_id,)

    def load(self, connection: sa.Connection, tables: Tables, keys: Collection[UUID]) -> dict[UUID, tuple[PopulationCount, ...]]:
        table = tables[POPULATIONS.name]
        rows = connection.execute(sa.select(table.c.id, table.c.counts).where(table.c.id.in_(keys)))
        return {row.id: row.counts for row in rows}

    def step(self, states: MutableMapping[UUID, tuple[PopulationCount, ...]], record: Recorded[PopulationRecorded]) -> Iterable[Change]:
        event, id = record.event, record.originator_id
        counts = (*states.get(id, ()), PopulationCount(event.people, event.source, record.position, record.recorded_at))
        states[id] = counts
        row = PopulationView(
            id=PopulationId(id),
            version=record.version,
            division=event.division,
            year=event.year,
            kind=event.kind,
            people=event.people,
            source=event.source,
            recorded_at=record.recorded_at,
            counts=counts,
        )
        return (Put(POPULATIONS, dict(vars(row))),)
