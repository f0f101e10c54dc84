"""The case list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.casework.views import CaseState, CaseView
from domain.casework.events import (
    ApprovalRejected,
    ApprovalRequested,
    ArrestRecorded,
    CaseAbsorbed,
    CaseAccepted,
    CaseCleared,
    CaseConcluded,
    CaseFact,
    CaseFactCorrected,
    CaseFiled,
    CaseLinked,
    CaseMerged,
    CaseReclassified,
    CaseRefiled,
    CaseReleased,
    CaseReopened,
    CaseSealed,
    CaseSplit,
    CaseSuspended,
    CaseUnlinked,
    CaseUnmerged,
    CaseUnsealed,
    CaseWithdrawn,
    ClearanceRevoked,
    FilingRefused,
    JurisdictionTransferred,
    PersonInvolved,
    PersonRole,
    ProsecutionTransferred,
    ReportRegistered,
    RetroFiled,
    ReviewExtended,
    SupervisionSet,
    SuspectIdentified,
)
from domain.events import Recorded
from infrastructure.projections.changes import Change, Insert, More, Patch, Was
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

CASES = table_of(
    CaseView,
    "cases",
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("reopens_to", sa.Text, nullable=False),
    sa.Column("clearance_outcome", sa.Text),
    indexes=[("station", "reported_at"), ("division", "reported_at"), ("alarm",), ("series",)],
    computed={
        "state": """CASE WHEN merged_into IS NOT NULL THEN 'MERGED'
        WHEN stage = 'FILED' AND clearance IS NOT NULL THEN 'CLEARED' ELSE stage END"""
    },
)

sa.Index("cases_sealed", CASES.c.id, sqlite_where=sa.text("sealed = 1"), postgresql_where=CASES.c.sealed)
"""SQLite uses it only where the question has its very words."""
"""Few are, and every question asks which."""

on_case = Handlers()


@on_case(ReportRegistered)
def report_registered(record: Recorded[ReportRegistered]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "number": event.number,
        "stage": CaseState.REPORTED.value,
        "reopens_to": CaseState.REPORTED.value,
        "division": event.division,
        "station": event.station,
        "offences": event.offences,
        "alarm": event.alarm,
        "occurred_from": event.occurred_from,
        "occurred_to": event.occurred_to,
        "place": event.place,
        "address": event.address,
        "summary": event.summary,
        "external_id": event.external_id,
        "reported_at": record.effective_at,
        "clearance_dated": False,
        "offences_cleared": 0,
        "refiled_from": event.refiled_from,
        "split_from": event.split_from,
        "suspects": 0,
        "arrests": 0,
        "warrants": 0,
        "victims": 0,
        "reopened": 0,
        "sealed": False,
    }
    return (Insert(CASES, values),)


@on_case(CaseAccepted)
def case_accepted(record: Recorded[CaseAccepted]) -> Iterable[Change]:
    return _stage(record, CaseState.ACCEPTED, accepted_at=record.effective_at, review_until=record.event.review_until)


@on_case(ReviewExtended)
def review_extended(record: Recorded[ReviewExtended]) -> Iterable[Change]:
    return _stage(record, CaseState.UNDER_REVIEW, review_until=record.event.until)


@on_case(CaseFiled, RetroFiled)
def case_filed(record: Recorded[Any]) -> Iterable[Change]:
    return _stage(record, CaseState.FILED, offences=record.event.offences, filed_at=record.effective_at)


@on_case(FilingRefused)
def filing_refused(record: Recorded[FilingRefused]) -> Iterable[Change]:
    return _stage(record, CaseState.NOT_FILED, reopens_to=CaseState.ACCEPTED.value)


@on_case(CaseReclassified)
def case_reclassified(record: Recorded[CaseReclassified]) -> Iterable[Change]:
    return _case(record, offences=record.event.after)


@on_case(PersonInvolved)
def person_involved(record: Recorded[PersonInvolved]) -> Iterable[Change]:
    return _case(record, victims=More(1)) if record.event.role is PersonRole.VICTIM else _case(record)


@on_case(SuspectIdentified)
def suspect_identified(record: Recorded[SuspectIdentified]) -> Iterable[Change]:
    return _case(record, suspects=More(int(not record.event.known)), warrants=More(int(record.event.warrant)))


@on_case(ArrestRecorded)
def arrest_recorded(record: Recorded[ArrestRecorded]) -> Iterable[Change]:
    return _case(record, arrests=More(1))


@on_case(CaseCleared)
def case_cleared(record: Recorded[CaseCleared]) -> Iterable[Change]:
    """Where the source does not say when, no day is made up."""
    event = record.event
    return _case(
        record,
        cleared_at=record.effective_at if event.dated else None,
        clearance=event.kind,
        clearance_dated=event.dated,
        offences_cleared=event.offences,
        outcome=event.outcome,
        clearance_outcome=event.outcome,
    )


@on_case(ClearanceRevoked)
def clearance_revoked(record: Recorded[ClearanceRevoked]) -> Iterable[Change]:
    return _case(record, cleared_at=None, clearance=None, clearance_dated=False, offences_cleared=0, outcome=None, clearance_outcome=None)


@on_case(CaseWithdrawn)
def case_withdrawn(record: Recorded[CaseWithdrawn]) -> Iterable[Change]:
    return _left(record, CaseState.WITHDRAWN, withdrawn_at=record.effective_at, withdrawal=record.event.reason)


@on_case(CaseRefiled)
def case_refiled(record: Recorded[CaseRefiled]) -> Iterable[Change]:
    return _case(record, refiled_as=record.event.as_case)


@on_case(CaseConcluded)
def case_concluded(record: Recorded[CaseConcluded]) -> Iterable[Change]:
    return _left(record, CaseState.CONCLUDED, concluded_at=record.effective_at, outcome=record.event.outcome)


@on_case(ProsecutionTransferred)
def prosecution_transferred(record: Recorded[ProsecutionTransferred]) -> Iterable[Change]:
    return _left(record, CaseState.TRANSFERRED)


@on_case(CaseSuspended)
def case_suspended(record: Recorded[CaseSuspended]) -> Iterable[Change]:
    return _left(record, CaseState.SUSPENDED)


@on_case(CaseReopened)
def case_reopened(record: Recorded[CaseReopened]) -> Iterable[Change]:
    """A standing clearance stays, and so does the outcome it came with."""
    return _case(
        record,
        stage=Was("reopens_to"),
        outcome=Was("clearance_outcome"),
        withdrawn_at=None,
        withdrawal=None,
        concluded_at=None,
        reopened=More(1),
    )


@on_case(CaseLinked)
def case_linked(record: Recorded[CaseLinked]) -> Iterable[Change]:
    return _case(record, series=record.event.series)


@on_case(CaseUnlinked)
def case_unlinked(record: Recorded[CaseUnlinked]) -> Iterable[Change]:
    return _case(record, series=None)


@on_case(CaseMerged)
def case_merged(record: Recorded[CaseMerged]) -> Iterable[Change]:
    return _case(record, merged_into=record.event.into)


@on_case(CaseUnmerged)
def case_unmerged(record: Recorded[CaseUnmerged]) -> Iterable[Change]:
    return _case(record, merged_into=None)


@on_case(CaseSplit)
def case_split(record: Recorded[CaseSplit]) -> Iterable[Change]:
    return _case(record, offences=record.event.remaining)


@on_case(JurisdictionTransferred)
def jurisdiction_transferred(record: Recorded[JurisdictionTransferred]) -> Iterable[Change]:
    return _case(record, station=record.event.to_station, division=record.event.to_division)


@on_case(CaseSealed, CaseUnsealed)
def case_sealed(record: Recorded[Any]) -> Iterable[Change]:
    return _case(record, sealed=isinstance(record.event, CaseSealed))


@on_case(SupervisionSet)
def supervision_set(record: Recorded[SupervisionSet]) -> Iterable[Change]:
    return _case(record, supervision=record.event.level)


@on_case(CaseFactCorrected)
def case_fact_corrected(record: Recorded[CaseFactCorrected]) -> Iterable[Change]:
    event = record.event
    match event.fact:
        case CaseFact.OCCURRED_AT:
            return _case(record, occurred_from=event.instant)
        case CaseFact.FILED_AT:
            return _case(record, filed_at=event.instant)
        case CaseFact.CLEARED_AT:
            return _case(record, cleared_at=event.instant, clearance_dated=True)
        case CaseFact.OFFENCE_TYPE:
            return _case(record, offences=event.offences)
        case CaseFact.PLACE:
            moved = {"place": event.place, "division": event.division, "station": event.station}
            return _case(record, **{name: value for name, value in moved.items() if value is not None})


@on_case(CaseAbsorbed, CaseReleased, ApprovalRequested, ApprovalRejected)
def case_moved_on(record: Recorded[Any]) -> Iterable[Change]:
    return _case(record)


def _left(record: Recorded[Any], stage: CaseState, **values: Any) -> Iterable[Change]:
    """Out of the filed stage, to which a reopening leads back."""
    return _stage(record, stage, reopens_to=CaseState.FILED.value, **values)


def _stage(record: Recorded[Any], stage: CaseState, **values: Any) -> Iterable[Change]:
    return _case(record, stage=stage.value, **values)


def _case(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    values["version"] = record.version
    return (Patch(CASES, record.originator_id, values),)
