"""How far each webhook is, and what of it waits: state of the delivering, beside the log."""

from __future__ import annotations

import sqlalchemy as sa

from infrastructure.database import Instant
from infrastructure.log.tables import METADATA

STANDINGS = sa.Table(
    "webhook_standings",
    METADATA,
    sa.Column("webhook", sa.Uuid, primary_key=True),
    sa.Column("begun", sa.BigInteger, nullable=False),
    sa.Column("renewed", sa.BigInteger, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("not_before", Instant),
    sa.Column("trouble", sa.Text),
    sa.Column("attempted_at", Instant),
    sa.Column("attempt_status", sa.Integer),
    sa.Column("attempt_trouble", sa.Text),
    sa.Column("tested", sa.BigInteger, nullable=False),
    sa.Column("tested_at", Instant),
    sa.Column("test_status", sa.Integer),
    sa.Column("test_trouble", sa.Text),
    sqlite_with_rowid=False,
)
"""`position`: the log was looked through up to here. `begun`, `renewed` and `tested` are the events that were taken up."""
WAITING = sa.Table(
    "webhook_waiting",
    METADATA,
    sa.Column("webhook", sa.Uuid, primary_key=True),
    sa.Column("position", sa.BigInteger, primary_key=True),
    sa.Column("thing", sa.Uuid, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due_at", Instant, nullable=False),
    sa.Column("failing_since", Instant),
    sqlite_with_rowid=False,
)
"""Looked at and not delivered yet."""
