"""How far each webhook is, what of it waits, and the secrets that sign."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "webhook_standings",
        sa.Column("webhook", sa.Uuid, primary_key=True),
        sa.Column("begun", sa.BigInteger, nullable=False),
        sa.Column("renewed", sa.BigInteger, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("not_before", sa.BigInteger),
        sa.Column("trouble", sa.Text),
        sa.Column("attempted_at", sa.BigInteger),
        sa.Column("attempt_status", sa.Integer),
        sa.Column("attempt_trouble", sa.Text),
        sa.Column("tested", sa.BigInteger, nullable=False),
        sa.Column("tested_at", sa.BigInteger),
        sa.Column("test_status", sa.Integer),
        sa.Column("test_trouble", sa.Text),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "webhook_waiting",
        sa.Column("webhook", sa.Uuid, primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True),
        sa.Column("thing", sa.Uuid, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("failing_since", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "webhook_secrets",
        sa.Column("command_id", sa.Uuid, primary_key=True),
        sa.Column("webhook", sa.Uuid, nullable=False, index=True),
        sa.Column("wrapping", sa.Text, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
