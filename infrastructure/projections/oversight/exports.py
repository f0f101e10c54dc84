"""Exports as they can be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from application.oversight.views import ExportView
from domain.events import Recorded
from domain.oversight.events import (
    ExportCancelled,
    ExportCompleted,
    ExportDownloaded,
    ExportExpired,
    ExportFailed,
    ExportRequested,
)
from domain.oversight.export import ExportState
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.tables import table_of

EXPORTS = table_of(ExportView, "exports", indexes=[("state",), ("requested_by", "state")])

on_export = Handlers()


@on_export(ExportRequested)
def export_requested(record: Recorded[ExportRequested]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "state": ExportState.RUNNING,
        "list": event.list,
        "query": event.query,
        "variables": event.variables,
        "document": event.document,
        "purpose": event.purpose,
        "requested_by": record.by,
        "organisation": record.organisation,
        "role": event.role,
        "api_key": event.key,
        "requested_at": record.recorded_at,
        "began": record.position,
    }
    return (Insert(EXPORTS, values),)


@on_export(ExportCompleted)
def export_completed(record: Recorded[ExportCompleted]) -> Iterable[Change]:
    event = record.event
    told = {"rows": event.rows, "bytes": event.bytes, "digest": event.digest, "position": event.position, "expires_at": event.expires_at}
    return _changed(record, state=ExportState.COMPLETED, ended_at=record.recorded_at, **told)


@on_export(ExportFailed)
def export_failed(record: Recorded[ExportFailed]) -> Iterable[Change]:
    return _changed(record, state=ExportState.FAILED, ended_at=record.recorded_at, reason=record.event.reason)


@on_export(ExportCancelled)
def export_cancelled(record: Recorded[ExportCancelled]) -> Iterable[Change]:
    return _changed(record, state=ExportState.CANCELLED, ended_at=record.recorded_at)


@on_export(ExportDownloaded)
def export_downloaded(record: Recorded[ExportDownloaded]) -> Iterable[Change]:
    return _changed(record, downloaded_at=record.recorded_at)


@on_export(ExportExpired)
def export_expired(record: Recorded[ExportExpired]) -> Iterable[Change]:
    return _changed(record, state=ExportState.EXPIRED)


def _changed(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    return (Patch(EXPORTS, record.originator_id, values | {"version": record.version}),)


PROJECTIONS = (Projection(name="exports", version=1, tables=(EXPORTS,), handlers=on_export, inline=True),)
