"""The view of area groups: its periods grow, so each row follows from the row before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, MutableMapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.jurisdiction.views import AreaGroupView
from domain.events import Event, Recorded
from domain.ids import AreaGroupId
from domain.jurisdiction.area_groups import members_of
from domain.jurisdiction.events import AreaGroupAbolished, AreaGroupChanged, AreaGroupEstablished
from infrastructure.projections.changes import Change, Put
from infrastructure.projections.projection import Tables
from infrastructure.projections.tables import table_of

AREA_GROUPS = table_of(AreaGroupView, "area_groups")


class AreaGroupFold:
    events: Collection[type[Event]] = (AreaGroupEstablished, AreaGroupChanged, AreaGroupAbolished)

    def keys(self, record: Recorded[Any]) -> Iterable[UUID]:
        return () if isinstance(record.event, AreaGroupEstablished) else (record.originator_id,)

    def load(self, connection: sa.Connection, tables: Tables, keys: Collection[UUID]) -> dict[UUID, AreaGroupView]:
        table = tables[AREA_GROUPS.name]
        rows = connection.execute(sa.select(table).where(table.c.id.in_(keys))).mappings()
        return {row["id"]: AreaGroupView(**row) for row in rows}

    def step(self, states: MutableMapping[UUID, AreaGroupView], record: Recorded[Any]) -> Iterable[Change]:
        event, id = record.event, record.originator_id
        states[id] = _begun(record) if isinstance(event, AreaGroupEstablished) else _gone_on(states[id], record)
        return (Put(AREA_GROUPS, dict(vars(states[id]))),)


def _begun(record: Recorded[AreaGroupEstablished]) -> AreaGroupView:
    event = record.event
    return AreaGroupView(
        id=AreaGroupId(record.originator_id),
        version=record.version,
        code=event.code,
        name_en=event.name_en,
        name_zh=event.name_zh,
        valid_from=event.valid_from,
        valid_to=None,
        periods=(members_of(event),),
    )


def _gone_on(row: AreaGroupView, record: Recorded[AreaGroupChanged | AreaGroupAbolished]) -> AreaGroupView:
    event = record.event
    if isinstance(event, AreaGroupAbolished):
        return replace(row, version=record.version, valid_to=event.valid_to)
    return replace(row, version=record.version, periods=(*row.periods, members_of(event)))
