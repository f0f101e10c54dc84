"""Where units are and were: a stream beside the log. Tracks are ordered by the minute first, so that what is new is written together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "unit_positions",
        sa.Column("unit", sa.Uuid, primary_key=True),
        *_fix(),
        sa.Column("fixed_at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unit_tracks",
        sa.Column("minute", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("unit", sa.Uuid, primary_key=True),
        sa.Column("fixed_at", sa.BigInteger, primary_key=True, autoincrement=False),
        *_fix(),
        sqlite_with_rowid=False,
    )


def _fix() -> list[sa.Column[float]]:
    return [
        sa.Column("longitude", sa.Double, nullable=False),
        sa.Column("latitude", sa.Double, nullable=False),
        sa.Column("accuracy", sa.Double),
        sa.Column("speed", sa.Double),
        sa.Column("heading", sa.Double),
    ]
