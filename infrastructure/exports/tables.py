"""The tables of exports, which stand beside the log: how far each has come, and the parts it has read."""

from __future__ import annotations

import sqlalchemy as sa

from infrastructure.database import Instant
from infrastructure.log.tables import METADATA

EXPORT_JOBS = sa.Table(
    "export_jobs",
    METADATA,
    sa.Column("export", sa.Uuid, primary_key=True),
    sa.Column("after", sa.Text),
    sa.Column("parts", sa.BigInteger, nullable=False),
    sa.Column("rows", sa.BigInteger, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("total", sa.BigInteger),
    sa.Column("position", sa.BigInteger),
    sa.Column("digest", sa.Text),
    sa.Column("crc", sa.BigInteger),
    sa.Column("ended_at", Instant),
    sqlite_with_rowid=False,
)
"""One row for each export that goes on or is kept. From `position` on the columns say how it ended, and are empty until then."""

EXPORT_PARTS = sa.Table(
    "export_parts",
    METADATA,
    sa.Column("export", sa.Uuid, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("packed_size", sa.BigInteger, nullable=False),
    sa.Column("secrets", sa.LargeBinary, nullable=False),
    sa.Column("packed", sa.LargeBinary, nullable=False),
)
"""Lines, deflated; `secrets` are the ids of all that is told of in them and could be sealed one day, 16 bytes each."""
