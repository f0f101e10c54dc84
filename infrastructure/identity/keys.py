"""API keys: made here, looked up with each request so that a revoked one is at once nobody's, their last use noted."""

from __future__ import annotations

import asyncio
import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import compare_digest, token_bytes, token_urlsafe
from typing import Any

import sqlalchemy as sa

from application.identity import Principal, Role
from application.ports import Clock
from domain.ids import ApiKeyId, OfficerId, OrganisationId
from domain.jurisdiction.events import KeyAction
from infrastructure.database import Database, Instant
from infrastructure.log.tables import METADATA
from infrastructure.projections.jurisdiction.api_keys import API_KEYS

SECRET_BYTES = 32
"""256 random bits: a plain digest is enough, for there is nothing to guess."""
PAUSE = 10.0
"""Seconds for which uses are gathered before they are written."""
KEY = re.compile(r"tocsin_([a-z2-7]{12})_([\w-]{43})", re.ASCII)

KEY_USES = sa.Table("key_uses", METADATA, sa.Column("key", sa.Uuid, primary_key=True), sa.Column("used_at", Instant, nullable=False))
"""When each key was last used: worth knowing, but no fact of the city, so it stands beside the log."""
_USED = sa.text(
    "INSERT INTO key_uses (key, used_at) VALUES (:key, :used_at) ON CONFLICT (key) DO UPDATE SET used_at = excluded.used_at"
    " WHERE excluded.used_at > key_uses.used_at"
).bindparams(sa.bindparam("key", type_=sa.Uuid), sa.bindparam("used_at", type_=Instant))


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is handed over, once, and what is recorded of it."""

    text: str
    prefix: str
    digest: str


def new_key() -> NewKey:
    prefix, secret = b32encode(token_bytes(10))[:12].decode().lower(), token_urlsafe(SECRET_BYTES)
    return NewKey(f"tocsin_{prefix}_{secret}", prefix, sha256(secret.encode()).hexdigest())


class ApiKeys:
    """Whose key it is."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._uses: dict[ApiKeyId, datetime] = {}
        self._writing: asyncio.TimerHandle | None = None

    async def principal(self, token: str) -> Principal | None:
        found = KEY.fullmatch(token)
        if found is None:
            return None
        row = await asyncio.to_thread(self._row, API_KEYS.c.prefix == found[1])
        if row is None or not compare_digest(row.digest, sha256(found[2].encode()).hexdigest()):
            return None
        if not self._is_good(row):
            return None
        self._note(row.id, self._clock.now())
        return _principal(row)

    async def holder(self, key: ApiKeyId) -> Principal | None:
        """Whom a key stands for now, for what is done in its name without it; nobody where it is revoked or has expired."""
        row = await asyncio.to_thread(self._row, API_KEYS.c.id == key)
        return None if row is None or not self._is_good(row) else _principal(row)

    def write_uses(self) -> None:
        """Write down what was gathered."""
        uses, self._uses = self._uses, {}
        if uses:
            with self._database.writing() as connection:
                connection.execute(_USED, [{"key": key, "used_at": used_at} for key, used_at in sorted(uses.items())])

    def last_uses(self) -> dict[ApiKeyId, datetime]:
        with self._database.reading() as connection:
            return {row.key: row.used_at for row in connection.execute(sa.select(KEY_USES))}

    def _is_good(self, row: Any) -> bool:
        return not row.revoked and self._clock.now() < row.expires_at

    def _row(self, which: sa.ColumnElement[bool]) -> Any:
        with self._database.reading() as connection:
            return connection.execute(sa.select(API_KEYS).where(which)).one_or_none()

    def _note(self, key: ApiKeyId, now: datetime) -> None:
        self._uses[key] = now
        if self._writing is None:
            loop = asyncio.get_running_loop()
            self._writing = loop.call_later(PAUSE, lambda: loop.run_in_executor(None, self._write_gathered))

    def _write_gathered(self) -> None:
        self._writing = None
        self.write_uses()


def _principal(row: Any) -> Principal:
    return Principal(
        OfficerId(f"key:{row.prefix}"),
        OrganisationId(row.organisations[0]),
        Role.INTEGRATION,
        row.expires_at,
        ApiKeyId(row.id),
        tuple(row.organisations),
        frozenset(map(KeyAction, row.actions)),
    )
