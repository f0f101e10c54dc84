"""The view of service levels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.jurisdiction.views import ServiceLevelState, ServiceLevelView
from domain.events import Recorded
from domain.jurisdiction.events import ServiceLevelActivated, ServiceLevelDrafted, ServiceLevelRevised, ServiceLevelSuperseded
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

SERVICE_LEVELS = table_of(ServiceLevelView, "service_levels")

on_service_level = Handlers()


@on_service_level(ServiceLevelDrafted)
def service_level_drafted(record: Recorded[ServiceLevelDrafted]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "code": event.code,
        "state": ServiceLevelState.DRAFT,
        "limits": event.limits,
        "drafted_by": record.by,
        "drafted_at": record.effective_at,
    }
    return (Insert(SERVICE_LEVELS, values),)


@on_service_level(ServiceLevelRevised)
def service_level_revised(record: Recorded[ServiceLevelRevised]) -> Iterable[Change]:
    return _changed(record, limits=record.event.limits)


@on_service_level(ServiceLevelActivated)
def service_level_activated(record: Recorded[ServiceLevelActivated]) -> Iterable[Change]:
    return _changed(record, state=ServiceLevelState.ACTIVE, active_from=record.event.active_from)


@on_service_level(ServiceLevelSuperseded)
def service_level_superseded(record: Recorded[ServiceLevelSuperseded]) -> Iterable[Change]:
    event = record.event
    return _changed(record, state=ServiceLevelState.SUPERSEDED, active_to=event.active_to, superseded_by=event.superseded_by)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(SERVICE_LEVELS, record.originator_id, {"version": record.version, **values}),)
