"""The log's tables, as the migrations leave them."""

from __future__ import annotations

import sqlalchemy as sa

from infrastructure.database import Instant

METADATA = sa.MetaData()
Position = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""On SQLite the integer primary key is the row's own place in the file."""

EVENTS = sa.Table(
    "events",
    METADATA,
    sa.Column("position", Position, primary_key=True, autoincrement=False),
    sa.Column("originator_id", sa.Uuid, nullable=False),
    sa.Column("originator_version", sa.BigInteger, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("schema", sa.SmallInteger, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("effective_at", Instant, nullable=False),
    sa.Column("device_at", Instant),
    sa.Column("recorded_at", Instant, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("organisation", sa.Text, nullable=False),
    sa.Column("command_id", sa.Uuid, nullable=False),
    sa.Column("causation", sa.BigInteger),
    sa.Column("correlation", sa.Uuid, nullable=False),
    sa.UniqueConstraint("originator_id", "originator_version", name="events_originator"),
)
"""One row for each event. `position` is gapless from 1, `originator_version` from 1 within its thing."""

COMMANDS = sa.Table(
    "commands",
    METADATA,
    sa.Column("command_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("first", sa.BigInteger, nullable=False),
    sa.Column("last", sa.BigInteger, nullable=False),
    sa.Column("recorded_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each command that was carried out, with its fingerprint and the positions it was answered with."""

KEYS = sa.Table(
    "keys",
    METADATA,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("holder", sa.Uuid, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Names that at most one thing holds."""

TRACKING = sa.Table(
    "tracking",
    METADATA,
    sa.Column("application", sa.Text, primary_key=True),
    sa.Column("position", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""How far readers have come that follow the log through the `eventsourcing` library."""
