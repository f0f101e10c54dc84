"""What each projection's tables were made by; older ones do not say, and are made anew."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """A new database has no projections yet: they make their own tables."""
    if sa.inspect(op.get_bind()).has_table("projections"):
        op.add_column("projections", sa.Column("digest", sa.Text))
