"""By which details persons are found; `tocsin vault rotate` fills it for those who were there before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "vault_index",
        sa.Column("digest", sa.LargeBinary, primary_key=True),
        sa.Column("command_id", sa.Uuid, primary_key=True),
        sa.Column("person", sa.Uuid, nullable=False, index=True),
        sqlite_with_rowid=False,
    )
