"""Priority places, and since when it is known that each is one, and is none."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from application.surveillance.views import PriorityPlaceView
from domain.events import Recorded
from domain.surveillance.events import PriorityPlaceDesignated, PriorityPlaceEnded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

PRIORITY_PLACES = table_of(
    PriorityPlaceView,
    "priority_places",
    *(sa.Column(name, sa.Double, nullable=False) for name in ("latitude", "longitude")),
    sa.Column("established_position", sa.BigInteger, nullable=False),
    sa.Column("closed_position", sa.BigInteger),
    indexes=[("station",)],
)

on_priority_place = Handlers()


@on_priority_place(PriorityPlaceDesignated)
def priority_place_designated(record: Recorded[PriorityPlaceDesignated]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "name_en": event.name_en,
        "name_zh": event.name_zh,
        "kind": event.kind,
        "place": event.place,
        "division": event.division,
        "station": event.station,
        "valid_from": event.valid_from,
        "latitude": event.place.latitude,
        "longitude": event.place.longitude,
        "established_position": record.position,
    }
    return (Insert(PRIORITY_PLACES, values),)


@on_priority_place(PriorityPlaceEnded)
def priority_place_ended(record: Recorded[PriorityPlaceEnded]) -> Iterable[Change]:
    values = {"version": record.version, "valid_to": record.event.valid_to, "closed_position": record.position}
    return (Patch(PRIORITY_PLACES, record.originator_id, values),)
