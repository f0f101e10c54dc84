"""Who owes an answer to a directive on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from application.oversight.governing import OverdueDirective
from application.oversight.views import ReceiptView
from infrastructure.projections.oversight.directives import DIRECTIVES, RECEIPTS
from infrastructure.statistics.inquiry import Condition, Limits


def overdue(connection: sa.Connection, on: date, over: datetime, limits: Limits | None) -> Sequence[OverdueDirective]:
    """What was due before the day and not fulfilled when it was over; `over` is its last moment."""
    receipt, directive = RECEIPTS.c, DIRECTIVES.c
    acknowledged = ~_later(receipt.acknowledged_at, over)
    found = connection.execute(
        sa.select(receipt.directive, receipt.organisation, receipt.due, acknowledged.label("acknowledged"))
        .join(DIRECTIVES, directive.id == receipt.directive)
        .where(receipt.due < on, directive.issued_at <= over, _later(receipt.fulfilled_at, over), _later(directive.withdrawn_at, over))
        .where(*([] if limits is None else limits.rows(ReceiptView)))
        .order_by(receipt.organisation, receipt.due, receipt.directive)
    )
    return [
        OverdueDirective(
            directive=row.directive,
            organisation=row.organisation,
            due=row.due,
            days_overdue=(on - row.due).days,
            acknowledged=row.acknowledged,
        )
        for row in found
    ]


def _later(column: sa.ColumnElement[datetime], over: datetime) -> Condition:
    """Not by then, or not at all."""
    return column.is_(None) | (column > over)
