"""Directives, and what each addressee has answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from application.oversight.views import DirectiveView, ReceiptView
from domain.events import Recorded
from domain.ids import receipt_of
from domain.oversight.events import DirectiveAcknowledged, DirectiveFulfilled, DirectiveIssued, DirectiveWithdrawn
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.tables import table_of

DIRECTIVES = table_of(
    DirectiveView,
    "directives",
    sa.Column("issued_position", sa.BigInteger, nullable=False),
    sa.Column("withdrawn_position", sa.BigInteger),
)
RECEIPTS = table_of(
    ReceiptView,
    "directive_receipts",
    sa.Column("acknowledged_position", sa.BigInteger),
    sa.Column("fulfilled_position", sa.BigInteger),
    indexes=[("directive",), ("organisation", "due")],
)
"""The positions tell since when it is known."""

on_directive = Handlers()


@on_directive(DirectiveIssued)
def directive_issued(record: Recorded[DirectiveIssued]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "number": event.number,
        "title_en": event.title_en,
        "title_zh": event.title_zh,
        "legal_basis": event.legal_basis,
        "organisation": event.issuer,
        "addressees": event.addressees,
        "issued_by": record.by,
        "issued_at": record.effective_at,
        "issued_position": record.position,
        "due": event.due,
        "withdrawal_reason": "",
    }
    yield Insert(DIRECTIVES, values)
    for addressee in event.addressees:
        receipt = {"id": receipt_of(record.originator_id, addressee), "directive": record.originator_id, "organisation": addressee}
        yield Insert(RECEIPTS, {**receipt, "due": event.due, "report": ""})


@on_directive(DirectiveAcknowledged)
def directive_acknowledged(record: Recorded[DirectiveAcknowledged]) -> Iterable[Change]:
    return _answered(record, acknowledged_at=record.effective_at, acknowledged_position=record.position, acknowledged_by=record.by)


@on_directive(DirectiveFulfilled)
def directive_fulfilled(record: Recorded[DirectiveFulfilled]) -> Iterable[Change]:
    fulfilled = {"fulfilled_at": record.effective_at, "fulfilled_position": record.position, "fulfilled_by": record.by}
    return _answered(record, **fulfilled, report=record.event.report)


@on_directive(DirectiveWithdrawn)
def directive_withdrawn(record: Recorded[DirectiveWithdrawn]) -> Iterable[Change]:
    withdrawn = {"withdrawn_at": record.effective_at, "withdrawn_position": record.position}
    return (_changed(record, **withdrawn, withdrawal_reason=record.event.reason),)


def _answered(record: Recorded[Any], **values: Any) -> Iterable[Change]:
    receipt = receipt_of(record.originator_id, record.event.addressee)
    return (_changed(record), Patch(RECEIPTS, receipt, values))


def _changed(record: Recorded[Any], **values: Any) -> Change:
    return Patch(DIRECTIVES, record.originator_id, {**values, "version": record.version})


PROJECTIONS = (Projection(name="directives", version=2, tables=(DIRECTIVES, RECEIPTS), handlers=on_directive, inline=True),)
