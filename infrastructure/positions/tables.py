"""The tables of positions: the latest fix of each unit, and the tracks."""

from __future__ import annotations

import sqlalchemy as sa

from infrastructure.database import Instant
from infrastructure.log.tables import METADATA


def _fix() -> list[sa.Column[float]]:
    return [
        sa.Column("longitude", sa.Double, nullable=False),
        sa.Column("latitude", sa.Double, nullable=False),
        sa.Column("accuracy", sa.Double),
        sa.Column("speed", sa.Double),
        sa.Column("heading", sa.Double),
    ]


POSITIONS = sa.Table(
    "unit_positions",
    METADATA,
    sa.Column("unit", sa.Uuid, primary_key=True),
    *_fix(),
    sa.Column("fixed_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

TRACKS = sa.Table(
    "unit_tracks",
    METADATA,
    sa.Column("minute", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("unit", sa.Uuid, primary_key=True),
    sa.Column("fixed_at", Instant, primary_key=True, autoincrement=False),
    *_fix(),
    sqlite_with_rowid=False,
)
"""`minute` is the fix's, since the epoch. By it what comes in now goes to a few pages, and what is forgotten is taken from one end."""
