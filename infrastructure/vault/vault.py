"""Personal data, sealed: AES-256-GCM under a key for each person, which is wrapped by the deployment's key."""

from __future__ import annotations

import hmac
import logging
from asyncio import to_thread
from pathlib import Path
from secrets import token_bytes
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from application.casework.vault import VaultIsClosed
from application.refusals import IdempotencyConflict
from domain.casework.details import Details, Sought
from domain.casework.events import PersonField
from domain.ids import CommandId, PersonId
from infrastructure.database import Database, SqliteDatabase
from infrastructure.log.tables import COMMANDS, EVENTS, METADATA
from infrastructure.vault import secrets
from infrastructure.vault.keys import BYTES, Ring
from infrastructure.vault.sealing import place, seal, unseal

_LOG = logging.getLogger(__name__)

VAULT_KEYS = sa.Table(
    "vault_keys",
    METADATA,
    sa.Column("person", sa.Uuid, primary_key=True),
    sa.Column("wrapping", sa.Text, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""`wrapping` names the deployment's key that opens `wrapped`."""
VAULT_VALUES = sa.Table(
    "vault_values",
    METADATA,
    sa.Column("command_id", sa.Uuid, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("person", sa.Uuid, nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""One row for each detail that a command gave; it counts where the log has the command."""
VAULT_INDEX = sa.Table(
    "vault_index",
    METADATA,
    sa.Column("digest", sa.LargeBinary, primary_key=True),
    sa.Column("command_id", sa.Uuid, primary_key=True),
    sa.Column("person", sa.Uuid, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""By which values persons are found: under a key of the deployment, so that nobody else can try all numbers."""
INDEXED = frozenset({PersonField.PHONE, PersonField.IDENTITY_NUMBER})
"""Names are left out: where many share one, equal digests would tell who does."""
_BESIDE = (VAULT_VALUES, VAULT_INDEX)
_ERASED = sa.select(EVENTS.c.originator_id).where(EVENTS.c.type == "PersonErased")


class SqlVault:
    """`key` is the file of the deployment's keys; without one the vault is closed. `making` makes it where it is missing."""

    def __init__(self, database: Database, key: Path | None, *, making: bool = False) -> None:
        self._database = database
        self._path = key
        self._making = making

    async def put(self, command_id: CommandId, person: PersonId, details: Details) -> None:
        await to_thread(self._put, command_id, person, details)

    async def discard(self, command_id: CommandId) -> None:
        await to_thread(self._discard, command_id)

    async def details(self, person: PersonId) -> Details:
        return await to_thread(self._details, person)

    async def holders(self, sought: Sought) -> tuple[PersonId, ...]:
        return await to_thread(self._holders, sought)

    async def destroy(self, person: PersonId) -> None:
        await to_thread(self._destroy, person)

    def create(self) -> bool:
        """Make the deployment's first key; a file that is there already is left as it is."""
        path = self._file()
        if path.exists():
            return False
        Ring({}).with_new().write(path)
        _LOG.warning("the vault for personal data has a new key in %s: keep it apart from the database", path.name)
        return True

    def rotate(self) -> int:
        """Wrap the keys of the living and the secrets of webhooks anew, and destroy the deployment's old key: what was erased is gone from
        backups, too.
        """
        old = self.ring()
        both = old.with_new()
        both.write(self._file())
        with self._database.writing() as connection:
            self._sweep(connection)
            rows = connection.execute(sa.select(VAULT_KEYS)).all()
            connection.execute(sa.delete(VAULT_INDEX))
            for row in rows:
                key = self._wrap(connection, both, row.person, _unwrapped(both, row))
                self._index_anew(connection, both, row.person, key)
            secrets.take_over(connection, both)
        self._scrub()
        both.only_newest().write(self._file())
        return len(rows)

    def ring(self) -> Ring:
        """Read each time, so that a rotation holds for every process at once."""
        path = self._file()
        if not path.exists():
            if not self._making:
                raise VaultIsClosed
            self.create()
        return Ring.read(path)

    def _put(self, command_id: CommandId, person: PersonId, details: Details) -> None:
        ring = self.ring()
        with self._database.writing() as connection:
            if _is_recorded(connection, command_id):
                self._insist_same(connection, ring, command_id, details)
                return
            self._forget(connection, command_id)
            key = self._key(connection, ring, person) or self._wrap(connection, ring, person, token_bytes(BYTES))
            for field, value in details.values.items():
                sealed = seal(key, value.encode(), place(person, field, command_id))
                values = {"command_id": command_id, "field": field.value, "person": person, "sealed": sealed}
                connection.execute(sa.insert(VAULT_VALUES).values(values))
                _index(connection, ring, person, command_id, Sought(field, value))

    def _insist_same(self, connection: sa.Connection, ring: Ring, command_id: CommandId, details: Details) -> None:
        """What is erased meanwhile cannot be compared: then the repeat is taken at its word."""
        rows = connection.execute(sa.select(VAULT_VALUES).where(VAULT_VALUES.c.command_id == command_id)).all()
        kept = {PersonField(row.field): _opened(self._key(connection, ring, row.person), row) for row in rows}
        if rows and kept != details.values:
            raise IdempotencyConflict

    def _discard(self, command_id: CommandId) -> None:
        with self._database.writing() as connection:
            if not _is_recorded(connection, command_id):
                self._forget(connection, command_id)
                self._sweep_keys(connection)

    def _details(self, person: PersonId) -> Details:
        ring = self.ring()
        recorded = (
            sa.select(VAULT_VALUES)
            .join(COMMANDS, COMMANDS.c.command_id == VAULT_VALUES.c.command_id)
            .where(VAULT_VALUES.c.person == person, VAULT_VALUES.c.person.not_in(_ERASED))
            .order_by(COMMANDS.c.last)
        )
        with self._database.reading() as connection:
            key = self._key(connection, ring, person)
            rows = connection.execute(recorded).all() if key else []
        return Details({PersonField(row.field): _opened(key, row) for row in rows})

    def _holders(self, sought: Sought) -> tuple[PersonId, ...]:
        """By every key of the ring: a rotation that broke off leaves two."""
        digests = [_digest(key, sought) for key in self.ring().keys.values()]
        found = (
            sa.select(VAULT_INDEX.c.person)
            .join(COMMANDS, COMMANDS.c.command_id == VAULT_INDEX.c.command_id)
            .where(VAULT_INDEX.c.digest.in_(digests), VAULT_INDEX.c.person.not_in(_ERASED))
            .distinct()
            .order_by(VAULT_INDEX.c.person)
        )
        with self._database.reading() as connection:
            return tuple(map(PersonId, connection.execute(found).scalars()))

    def _index_anew(self, connection: sa.Connection, ring: Ring, person: PersonId, key: bytes) -> None:
        rows = connection.execute(sa.select(VAULT_VALUES).where(VAULT_VALUES.c.person == person)).all()
        for row in rows:
            _index(connection, ring, person, row.command_id, Sought(PersonField(row.field), _opened(key, row)))

    def _forget(self, connection: sa.Connection, command_id: CommandId) -> None:
        for table in _BESIDE:
            connection.execute(sa.delete(table).where(table.c.command_id == command_id))

    def _destroy(self, person: PersonId) -> None:
        with self._database.writing() as connection:
            for table in _BESIDE:
                connection.execute(sa.delete(table).where(table.c.person == person))
            connection.execute(sa.delete(VAULT_KEYS).where(VAULT_KEYS.c.person == person))

    def _sweep(self, connection: sa.Connection) -> None:
        """What was interrupted: erasures that only the log knows of, and details of commands that never came to be."""
        for table in _BESIDE:
            connection.execute(sa.delete(table).where(table.c.person.in_(_ERASED)))
            connection.execute(sa.delete(table).where(table.c.command_id.not_in(sa.select(COMMANDS.c.command_id))))
        self._sweep_keys(connection)

    def _sweep_keys(self, connection: sa.Connection) -> None:
        connection.execute(sa.delete(VAULT_KEYS).where(VAULT_KEYS.c.person.not_in(sa.select(VAULT_VALUES.c.person))))

    def _scrub(self) -> None:
        """Deleted rows leave the SQLite file and its WAL. On PostgreSQL only the destroyed key makes them unreadable."""
        if isinstance(self._database, SqliteDatabase):
            self._database.scrub()

    def _key(self, connection: sa.Connection, ring: Ring, person: UUID) -> bytes | None:
        row = connection.execute(sa.select(VAULT_KEYS).where(VAULT_KEYS.c.person == person)).one_or_none()
        return None if row is None else _unwrapped(ring, row)

    def _wrap(self, connection: sa.Connection, ring: Ring, person: UUID, key: bytes) -> bytes:
        wrapped = seal(ring.keys[ring.newest], key, place(person, ring.newest))
        connection.execute(sa.delete(VAULT_KEYS).where(VAULT_KEYS.c.person == person))
        connection.execute(sa.insert(VAULT_KEYS).values(person=person, wrapping=ring.newest, wrapped=wrapped))
        return key

    def _file(self) -> Path:
        if self._path is None:
            raise VaultIsClosed
        return self._path


def _is_recorded(connection: sa.Connection, command_id: CommandId) -> bool:
    return connection.execute(sa.select(COMMANDS.c.command_id).where(COMMANDS.c.command_id == command_id)).first() is not None


def _index(connection: sa.Connection, ring: Ring, person: PersonId, command_id: CommandId, sought: Sought) -> None:
    if sought.field in INDEXED:
        values = {"digest": _digest(ring.keys[ring.newest], sought), "command_id": command_id, "person": person}
        connection.execute(sa.insert(VAULT_INDEX).values(values))


def _digest(key: bytes, sought: Sought) -> bytes:
    """HMAC-SHA-256 under a key that follows from the deployment's (HKDF, RFC 5869), so that the index goes with it."""
    own = HKDF(SHA256(), BYTES, salt=None, info=b"tocsin/vault/index").derive(key)
    return hmac.digest(own, f"{sought.field}/{sought.value}".encode(), "sha256")


def _unwrapped(ring: Ring, row: Any) -> bytes:
    if row.wrapping not in ring.keys:
        raise VaultIsClosed
    return unseal(ring.keys[row.wrapping], row.wrapped, place(row.person, row.wrapping))


def _opened(key: bytes | None, row: Any) -> str:
    if key is None:
        raise VaultIsClosed
    return unseal(key, row.sealed, place(row.person, row.field, row.command_id)).decode()
