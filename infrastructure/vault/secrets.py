"""The secrets that webhooks are signed with, wrapped by the deployment's key: the database alone reveals none."""

from __future__ import annotations

from asyncio import to_thread
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.casework.vault import VaultIsClosed
from application.refusals import IdempotencyConflict
from application.webhooks import WebhookNeedsVault
from domain.ids import CommandId, WebhookId
from infrastructure.database import Database
from infrastructure.log.tables import COMMANDS, EVENTS, METADATA
from infrastructure.vault.keys import Ring
from infrastructure.vault.sealing import place, seal, unseal

BYTES = 32
GRACE = timedelta(days=1)
"""So long a secret goes on signing beside the one that took its place."""
PREFIX = "whsec_"
WEBHOOK_SECRETS = sa.Table(
    "webhook_secrets",
    METADATA,
    sa.Column("command_id", sa.Uuid, primary_key=True),
    sa.Column("webhook", sa.Uuid, nullable=False, index=True),
    sa.Column("wrapping", sa.Text, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each command that asked for a secret; it signs where the log has that command."""
_OWN = WEBHOOK_SECRETS.c
_IN_FORCE = (
    sa.select(WEBHOOK_SECRETS, EVENTS.c.recorded_at)
    .join(EVENTS, sa.and_(EVENTS.c.originator_id == _OWN.webhook, EVENTS.c.command_id == _OWN.command_id))
    .where(EVENTS.c.type.in_(["WebhookRegistered", "WebhookSecretChanged"]))
    .order_by(EVENTS.c.position.desc())
)
_KEPT_ONCE = sa.text(
    "INSERT INTO webhook_secrets (command_id, webhook, wrapping, wrapped) VALUES (:command_id, :webhook, :wrapping, :wrapped)"
    " ON CONFLICT (command_id) DO NOTHING"
).bindparams(*(sa.bindparam(column.name, type_=column.type) for column in WEBHOOK_SECRETS.columns))


class SqlSecrets:
    """`ring` reads the deployment's keys, or says that there are none."""

    def __init__(self, database: Database, ring: Callable[[], Ring]) -> None:
        self._database = database
        self._ring = ring

    async def make(self, command_id: CommandId, webhook: WebhookId) -> str:
        """As the receiver is told it, once."""
        return PREFIX + b64encode(await to_thread(self._make, command_id, webhook)).decode()

    def signing(self, webhook: UUID, now: datetime) -> list[bytes]:
        """Those in force, the newest first; `VaultIsClosed` where they cannot be read."""
        ring = self._ring()
        with self._database.reading() as connection:
            rows = connection.execute(_IN_FORCE.where(_OWN.webhook == webhook)).all()
        if not rows:
            raise VaultIsClosed  # an unsigned delivery is none
        newer = [None, *(row.recorded_at for row in rows)]
        return [_unwrapped(ring, row) for row, since in zip(rows, newer, strict=False) if since is None or now < since + GRACE]

    def destroy(self, webhook: UUID) -> None:
        with self._database.writing() as connection:
            connection.execute(sa.delete(WEBHOOK_SECRETS).where(_OWN.webhook == webhook))

    def _make(self, command_id: CommandId, webhook: WebhookId) -> bytes:
        """The same for the same command: two sendings of one must not end with different secrets."""
        try:
            ring = self._ring()
        except VaultIsClosed:
            raise WebhookNeedsVault from None
        wrapped = _wrapped(ring, command_id, token_bytes(BYTES))
        values = {"command_id": command_id, "webhook": webhook, "wrapping": ring.newest, "wrapped": wrapped}
        with self._database.writing() as connection:
            connection.execute(_KEPT_ONCE, values)
            row = connection.execute(sa.select(WEBHOOK_SECRETS).where(_OWN.command_id == command_id)).one()
        if row.webhook != webhook:
            raise IdempotencyConflict
        return _unwrapped(ring, row)


def take_over(connection: sa.Connection, ring: Ring) -> None:
    """All secrets are wrapped by the newest key; those of commands that never came to be are dropped."""
    connection.execute(sa.delete(WEBHOOK_SECRETS).where(_OWN.command_id.not_in(sa.select(COMMANDS.c.command_id))))
    for row in connection.execute(sa.select(WEBHOOK_SECRETS)).all():
        wrapped = _wrapped(ring, row.command_id, _unwrapped(ring, row))
        renewed = sa.update(WEBHOOK_SECRETS).where(_OWN.command_id == row.command_id)
        connection.execute(renewed.values(wrapping=ring.newest, wrapped=wrapped))


def _wrapped(ring: Ring, command_id: UUID, secret: bytes) -> bytes:
    return seal(ring.keys[ring.newest], secret, place("webhook", command_id, ring.newest))


def _unwrapped(ring: Ring, row: Any) -> bytes:
    if row.wrapping not in ring.keys:
        raise VaultIsClosed
    return unseal(ring.keys[row.wrapping], row.wrapped, place("webhook", row.command_id, row.wrapping))
