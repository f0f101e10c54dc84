"""Who owes an answer to a directive on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from application.oversight.governing import OverdueDirective
from application.oversight.views import ReceiptView
from infrastructure.projections.oversight.directives import DIRECTIVES, RECEIPTS
from infrastructure.statistics.inquiry import Condition, Limits
from infrastructure.statistics.moments import Moment, known_then


def overdue(connection: sa.Connection, moment: Moment, over: datetime, limits: Limits | None) -> Sequence[OverdueDirective]:
    """What was due before the day and not fulfilled when it was over, as far as it was known; `over` is its last moment."""
    receipt, directive, at = RECEIPTS.c, DIRECTIVES.c, moment.position
    acknowledged = ~_later(known_then(receipt.acknowledged_position, receipt.acknowledged_at, at), over)
    open_still = _later(known_then(receipt.fulfilled_position, receipt.fulfilled_at, at), over)
    in_force = _later(known_then(directive.withdrawn_position, directive.withdrawn_at, at), over)
    found = connection.execute(
        sa.select(receipt.directive, receipt.organisation, receipt.due, acknowledged.label("acknowledged"))
        .join(DIRECTIVES, directive.id == receipt.directive)
        .where(receipt.due < moment.day, directive.issued_at <= over, directive.issued_position <= at, open_still, in_force)
        .where(*([] if limits is None else limits.rows(ReceiptView)))
        .order_by(receipt.organisation, receipt.due, receipt.directive)
    )
    return [
        OverdueDirective(
            directive=row.directive,
            organisation=row.organisation,
            due=row.due,
            days_overdue=(moment.day - row.due).days,
            acknowledged=row.acknowledged,
            position=at,
        )
        for row in found
    ]


def _later(column: sa.ColumnElement[datetime], over: datetime) -> Condition:
    """Not by then, or not at all."""
    return column.is_(None) | (column > over)
