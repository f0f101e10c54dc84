"""The view of organisations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.jurisdiction.views import OrganisationView
from domain.events import Recorded
from domain.jurisdiction.events import DirectOrdersSet, OrganisationClosed, OrganisationEstablished, OrganisationMoved, OrganisationRenamed
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

ORGANISATIONS = table_of(
    OrganisationView,
    "organisations",
    sa.Column("stream", sa.Uuid, primary_key=True),
    sa.Column("established_position", sa.BigInteger, nullable=False),
    sa.Column("closed_position", sa.BigInteger),
    indexes=[("parent",)],
)
"""Keyed by the organisation's stream, for its later events do not name its code. The positions tell since when its beginning
and its end are known."""

on_organisation = Handlers()


@on_organisation(OrganisationEstablished)
def organisation_established(record: Recorded[OrganisationEstablished]) -> Iterable[Change]:
    event = record.event
    values = {
        "stream": record.originator_id,
        "id": event.organisation,
        "version": record.version,
        "kind": event.kind,
        "name_en": event.name_en,
        "name_zh": event.name_zh,
        "parent": event.parent,
        "division": event.division,
        "valid_from": event.valid_from,
        "successors": (),
        "direct_orders": False,
        "established_position": record.position,
    }
    return (Insert(ORGANISATIONS, values),)


@on_organisation(OrganisationRenamed)
def organisation_renamed(record: Recorded[OrganisationRenamed]) -> Iterable[Change]:
    return _changed(record, name_en=record.event.name_en, name_zh=record.event.name_zh)


@on_organisation(OrganisationMoved)
def organisation_moved(record: Recorded[OrganisationMoved]) -> Iterable[Change]:
    return _changed(record, parent=record.event.parent)


@on_organisation(OrganisationClosed)
def organisation_closed(record: Recorded[OrganisationClosed]) -> Iterable[Change]:
    event = record.event
    return _changed(record, valid_to=event.valid_to, successors=event.successors, closed_position=record.position)


@on_organisation(DirectOrdersSet)
def direct_orders_set(record: Recorded[DirectOrdersSet]) -> Iterable[Change]:
    return _changed(record, direct_orders=record.event.allowed)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(ORGANISATIONS, record.originator_id, values | {"version": record.version}),)
