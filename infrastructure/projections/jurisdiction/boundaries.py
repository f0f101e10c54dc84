"""The view of boundaries: what is drawn for a day ends what was drawn before, so each row follows from those before it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, MutableMapping
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from application.jurisdiction.bounded import BoundaryView
from domain.areas import box_of
from domain.events import Event, Recorded
from domain.ids import BOUNDARY_MAP, boundary_id
from domain.jurisdiction.boundaries import Stretch, Stretches, drawn, ended, stretch
from domain.jurisdiction.events import BoundaryChange, BoundaryChanged, BoundaryEnded
from infrastructure.projections.changes import Change, Delete, Insert, Patch
from infrastructure.projections.projection import Tables
from infrastructure.projections.tables import table_of

BOUNDARIES = table_of(BoundaryView, "boundaries", sa.Column("bounded", sa.Uuid, nullable=False), indexes=[("bounded",), ("version",)])
"""`bounded` stands for the level and the code; the map's version tells whether anything was drawn since."""


class BoundaryFold:
    events: Collection[type[Event]] = (BoundaryChanged, BoundaryEnded)

    def keys(self, record: Recorded[Any]) -> Iterable[UUID]:
        return (_bounded(record.event),)

    def load(self, connection: sa.Connection, tables: Tables, keys: Collection[UUID]) -> dict[UUID, Stretches]:
        table = tables[BOUNDARIES.name]
        found: dict[UUID, Stretches] = {}
        for row in connection.execute(sa.select(table).where(table.c.bounded.in_(keys)).order_by(table.c.valid_from)):
            known = Stretch(row.valid_from, row.valid_to, row.area, box_of(row.area))
            found[row.bounded] = (*found.get(row.bounded, ()), known)
        return found

    def step(self, states: MutableMapping[UUID, Stretches], record: Recorded[BoundaryChange]) -> Iterable[Change]:
        key, event = _bounded(record.event), record.event
        before = states.get(key, ())
        after = _after(before, event)
        states[key] = after
        return _changes(record, before, after)


def _after(before: Stretches, event: BoundaryChange) -> Stretches:
    if isinstance(event, BoundaryEnded):
        return ended(before, event.valid_to)
    return drawn(before, stretch(before, event.area, event.valid_from, event.valid_to))


def _changes(record: Recorded[BoundaryChange], before: Stretches, after: Stretches) -> Iterable[Change]:
    event = record.event
    old, new = ({each.valid_from: each for each in stretches} for stretches in (before, after))
    for day in old.keys() - new.keys():
        yield Delete(BOUNDARIES, boundary_id(event.level, event.code, day))
    for day, each in new.items():
        id, values = boundary_id(event.level, event.code, day), {"version": record.version, "valid_to": each.valid_to, "area": each.area}
        if day not in old:
            of = {"id": id, "bounded": _bounded(event), "level": event.level, "code": event.code, "valid_from": day}
            yield Insert(BOUNDARIES, of | values)
        elif each != old[day]:
            yield Patch(BOUNDARIES, id, values)


def _bounded(event: BoundaryChange) -> UUID:
    return uuid5(BOUNDARY_MAP, f"{event.level}/{event.code}")
